import { describe, expect, it } from 'vitest'
import { correlated } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const line = (seconds: number, words: string): string =>
  `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z INFO ${words}\n`
const BEGIN = line(0, 'listening addr=127.0.0.1:9000')
const END = line(19, 'tick')
const accept = (seconds: number, port: number) => line(seconds, `accepted connection peer=127.0.0.1:${port}`)

const served = (clientPort: number, open: number, serverPort = 9000): Told => ({
  clientPort,
  serverPort,
  open,
  pushes: [[open + 0.1, 44]],
  replies: [[open + 0.2, 4]],
  verdict: 'healthy',
})
const MUTE: Told = { clientPort: 50_009, open: 6, pushes: beats(6.5, 1, 8) }

const verdictOfMute = async (logs: readonly string[], told: readonly Told[]) =>
  (await correlated([MUTE, ...told], logs, 20)).overrides.get(0)?.verdict

describe('a log that shows accepts, and none of a connection that waits', () => {
  const both = [served(50_001, 1), served(50_002, 3)]
  const whole = BEGIN + accept(1.001, 50_001) + accept(3.001, 50_002) + END

  it('proves that it was not accepted where it shows those of all that are answered', async () => {
    expect(await verdictOfMute([whole], both)).toBe('accept-stopped')
  })

  it('proves nothing where it lacks the accept of one that is answered: another process takes them, too', async () => {
    expect(await verdictOfMute([BEGIN + accept(1.001, 50_001) + END], both)).toBeUndefined()
  })

  it('proves it where the log of the other process shows that one', async () => {
    const other = line(0.1, 'listening addr=127.0.0.1:9000') + accept(3.001, 50_002) + line(18, 'tick')
    expect(await verdictOfMute([BEGIN + accept(1.001, 50_001) + END, other], both)).toBe('accept-stopped')
  })

  it('proves it where it lacks those of another port', async () => {
    expect(await verdictOfMute([whole], [...both, served(50_003, 4, 9100)])).toBe('accept-stopped')
  })

  it('proves nothing where one that came later is answered: a queue is first in, first out', async () => {
    const raised = line(15, 'log level set to WARN')
    expect(await verdictOfMute([whole.replace(END, raised) + END], [...both, served(50_003, 16)])).toBeUndefined()
    expect(await verdictOfMute([whole + accept(16.001, 50_003) + END], [...both, served(50_003, 16)])).toBeUndefined()
  })

  it('proves nothing where a later one to another address was accepted: one socket listens on all of them', async () => {
    const any = whole.replace('127.0.0.1:9000', '0.0.0.0:9000')
    const later = { ...served(50_003, 16), server: '10.0.0.7' }
    expect(await verdictOfMute([any], both)).toBe('accept-stopped')
    expect(await verdictOfMute([any + accept(16.001, 50_003) + END], [...both, later])).toBeUndefined()
  })

  it('proves it where a later one came out of the queue of another worker', async () => {
    const first = line(0, '[T1] listening addr=127.0.0.1:9000') + line(0.001, '[T2] listening addr=127.0.0.1:9000')
    const rest = accept(1.001, 50_001) + accept(3.001, 50_002) + accept(16.001, 50_003) + END
    expect(await verdictOfMute([first + rest], [...both, served(50_003, 16)])).toBe('never-accepted')
  })

  it('proves it where a later one came out of the queue of a listener that came after', async () => {
    const again = line(15, 'listening addr=127.0.0.1:9000') + accept(16.001, 50_003)
    expect(await verdictOfMute([whole + again + END], [...both, served(50_003, 16)])).toBe('accept-stopped')
  })

  it('proves it where that one was answered before the log begins', async () => {
    expect(await verdictOfMute([accept(3.001, 50_002) + END], both)).toBe('accept-stopped')
  })
})
