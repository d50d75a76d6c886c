import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandModule } from '../../src/cli/command.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { AddressMap } from '../../src/redaction/address-map.ts'
import { recordedIo } from '../support/io.ts'
import { readFrames } from '../support/read-frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-redact-'))
const capture = join(folder, 'alice.pcap')
const log = join(folder, 'alice.log')
const copy = join(folder, 'copy.pcapng')
const CLIENT = '203.0.113.7'
/** Where the logged process listens. */
const OWN = '198.51.100.9'
const KEY = 'for this case'
const MAPPED = new AddressMap(KEY).of(CLIENT)

async function run(name: string, ...words: string[]) {
  const { command }: { command: CommandModule } = await COMMANDS.find((one) => one.name === name)!.load()
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride()
  command.declare(program, io)
  await program.parseAsync([name, ...words], { from: 'user' })
  return io
}

/** The incident's first capture, as if its client had been another host, with something to say. */
function otherHost(bytes: Buffer): Buffer {
  const made = Buffer.from(bytes)
  for (let at = 24; at < made.length; at += 16 + made.readUInt32BE(at + 8)) {
    const fromClient = made.readUInt16BE(at + 16 + 22) === 9000
    made.set(CLIENT.split('.').map(Number), at + 16 + (fromClient ? 12 : 16))
    const length = made.readUInt32BE(at + 8)
    if (length > 40 && fromClient) made.write('PASSWORD', at + 16 + 40)
  }
  return made
}

beforeAll(() => {
  writeFileSync(capture, otherHost(readFileSync('fixtures/incident/listing-1.pcap')))
  writeFileSync(
    log,
    [
      `10:00:00.000 listening on ${OWN}:9000`,
      `10:00:00.000 accepted fd=7 from ${CLIENT}:61169 user=alice`,
      '10:00:01.000 greeting "hello alice"',
      '10:00:02.000 mail for alice@example.org queued',
      '',
    ].join('\n'),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('what may be shared', () => {
  it.each([
    ['packets', [capture]],
    ['packets', [capture, '--format', 'ndjson']],
    ['flows', [capture]],
    ['flows', [capture, '--format', 'json']],
    ['logs', [log, '--format', 'ndjson']],
    ['logs', [log, '--format', 'json']],
    ['logs', [log]],
    ['timeline', [capture, '--log', log]],
    ['timeline', [capture, '--log', log, '--format', 'json']],
    ['analyze', [capture, '--format', 'json']],
    ['compare', [capture, capture, '--format', 'json']],
  ])('%s %j names no client, no user and no folder, and the same address everywhere', async (name, words) => {
    const io = await run(name, ...words, '--redact-key', KEY)
    const text = io.stdout
    for (const secret of [CLIENT, OWN, 'hello', 'example.org', folder]) expect(text).not.toContain(secret)
    expect(text.replaceAll(/alice\.(pcap|log)/g, '')).not.toContain('alice')
    const namesEnds = name !== 'logs' || words.includes('ndjson')
    if (namesEnds) expect(io.stdout).toContain(MAPPED)
    expect((await run(name, ...words)).stdout).not.toContain(MAPPED)
  })

  it('is not made with an empty key, as an unset variable gives one', async () => {
    const { command }: { command: CommandModule } = await COMMANDS.find((one) => one.name === 'flows')!.load()
    const program = new Command('noaccept').exitOverride()
    command.declare(program, recordedIo())
    for (const one of program.commands) one.exitOverride().configureOutput({ writeErr: () => {} })
    const given = ['flows', capture, '--redact-key', '']
    await expect(program.parseAsync(given, { from: 'user' })).rejects.toThrow('the key is empty')
  })

  it('is a copy of the capture with the findings, in which no payload and no address is left', async () => {
    const io = await run('annotate', capture, copy, '--log', log, '--redact-key', KEY)
    const bytes = readFileSync(copy)
    for (const secret of [
      'PASSWORD',
      CLIENT,
      'alice-',
      folder,
      Buffer.from(CLIENT.split('.').map(Number)).toString('latin1'),
    ])
      expect(bytes.toString('latin1')).not.toContain(secret)
    expect(io.stderr).toContain('payload is zero in the copy')
    const { frames, summary } = await readFrames(copy)
    const original = await readFrames(capture)
    expect(frames.map(({ time, originalLength }) => [time, originalLength])).toEqual(
      original.frames.map(({ time, originalLength }) => [time, originalLength]),
    )
    const texts = summary.comments.map(({ text }) => text).join('\n')
    expect(texts).toContain('[no-accept-signature]')
    const listed = await run('packets', copy)
    expect(listed.stdout).toContain(MAPPED)
    expect((await run('packets', capture, '--redact-key', KEY)).stdout.split('\n')).toEqual(listed.stdout.split('\n'))
  })

  it('leaves out of the copy what a pcapng says around its packets', async () => {
    await run('annotate', 'fixtures/capture/comments-and-drops.pcapng', copy, '--redact')
    const bytes = readFileSync(copy).toString('latin1')
    expect(bytes).not.toContain('from the laboratory')
    expect((await readFrames(copy)).summary.interfaces[0]!.name).toBeNull()
  })
})
