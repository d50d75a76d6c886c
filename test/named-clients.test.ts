import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { correlateFiles } from '../src/correlate.ts'
import { Conversation } from './support/scene-capture.ts'

const LISTENING = '10:00:00.000 [main] INFO listening on 10.0.0.2:9000\n'
const SERVED = '10:00:01.001 [main] INFO accepted connection from 10.0.0.1:50001\n'
const ALIVE = '10:00:09.900 [main] INFO 3 workers idle\n'

/** Two clients: one is answered, the other, on port 50002, never is. */
const CAPTURE = (() => {
  const served = new Conversation(50_001)
  const mute = new Conversation(50_002)
  return [
    served.opened(1),
    served.push(1.1),
    served.reply(1.2),
    mute.opened(2),
    ...[3, 4, 5, 6, 7].flatMap((at) => [mute.push(at), mute.acked(at + 0.04)]),
    served.push(8),
    served.reply(8.1),
  ].join('\n')
})()

const verdictWith = async (said: string, before = ''): Promise<string | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-named-'))
  const capture = join(folder, 'capture.txt')
  const log = join(folder, 'gate.log')
  const lines = CAPTURE.split('\n').map((line, index) => `${index + 1} ${line}`)
  writeFileSync(capture, `${lines.join('\n')}\n`)
  writeFileSync(log, before + LISTENING + SERVED + said + ALIVE)
  const { correlation } = await correlateFiles([capture], [log])
  return correlation.overrides.get(1)?.verdict
}

describe('a connection of which the log tells no accept', () => {
  it('was not accepted where no line names its client', async () => {
    expect(await verdictWith('')).toBe('accept-stopped')
  })

  it.each([
    '10:00:02.001 [main] INFO hello 10.0.0.1:50002, you are number 2\n',
    '10:00:02.001 [main] INFO peer {10,0,0,1} on 50002 is ours\n',
    '10:00:02.001 [main] INFO lease for 10.0.0.1 (50002) granted\n',
  ])('was accepted where a line names its client in words of its own: %s', async (said) => {
    expect(await verdictWith(said)).toBeUndefined()
  })

  it.each([
    'ESTAB  44  0  10.0.0.2:9000  10.0.0.1:50002 users:(("gated",pid=512,fd=9))\n',
    'tcp  44  0 10.0.0.2:9000  10.0.0.1:50002  ESTABLISHED 512/gated\n',
    'gated 512 root 9u  IPv4 12399  0t0  TCP 10.0.0.2:9000->10.0.0.1:50002 (ESTABLISHED)\n',
  ])('was accepted, and not answered, where the system lists a process that has it open: %s', async (said) => {
    expect(await verdictWith(said)).toMatch(/^accepted-(?:never-read|no-reply)$/)
  })

  it.each([
    '10:00:02.001 [main] INFO hello 10.0.0.11:50002, you are number 2\n',
    '10:00:02.001 [main] INFO hello 10.0.0.1:500021, you are number 2\n',
    'ESTAB  44  0  10.0.0.2:9000  10.0.0.1:50002\n',
    '10:00:02.001 [monitor] INFO 10.0.0.1:50002 sits in the accept queue\n',
    'tcp  44  0 10.0.0.2:9000  10.0.0.1:50002  ESTABLISHED -\n',
    'client 700 root 9u  IPv4 12399  0t0  TCP 10.0.0.1:50002->10.0.0.2:9000 (ESTABLISHED)\n',
    '10:00:02.001 [kernel] INFO [gate] IN=eth0 SRC=10.0.0.1 DST=10.0.0.2 SPT=50002 DPT=9000\n',
  ])('was not accepted where a line names another client, or is the system’s: %s', async (said) => {
    expect(await verdictWith(said)).toBe('accept-stopped')
  })

  it('was not accepted where its port was named long before it was made', async () => {
    const early = '09:12:00.000 [main] INFO hello 10.0.0.1:50002, you are number 1\n'
    expect(await verdictWith('', early)).toBe('accept-stopped')
  })
})
