import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/annotate.ts'
import { ExitCode, Failure } from '../../src/failure.ts'
import { type RecordedIo, recordedIo } from '../support/io.ts'
import { readBytes, readFrames } from '../support/read-frames.ts'

const incident = (name: string): string => new URL(`../../fixtures/incident/${name}`, import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'noaccept-annotate-'))
const out = join(folder, 'out.pcapng')
beforeEach(() => rmSync(out, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

async function annotate(...words: string[]): Promise<RecordedIo> {
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride().configureOutput({ writeErr: () => {} })
  command.declare(program, io)
  for (const one of program.commands) one.exitOverride()
  await program.parseAsync(['annotate', ...words], { from: 'user' })
  return io
}

const failure = (...words: string[]): Promise<unknown> =>
  annotate(...words).then(
    () => null,
    (error: unknown) => error,
  )

describe('noaccept annotate', () => {
  it('copies every packet with its time and length, and says the finding on the deciding ones', async () => {
    const io = await annotate(incident('listing-1.pcap'), out)
    const copied = await readFrames(out)
    const original = await readFrames(incident('listing-1.pcap'))
    expect(copied.frames.map(({ time, bytes }) => [time, bytes])).toEqual(
      original.frames.map(({ time, bytes }) => [time, bytes]),
    )
    expect(copied.summary.comments.map(({ text }) => text).join('\n')).toContain('[no-accept-signature]')
    expect(copied.summary.comments[0]!.frame).toBeNull()
    expect(io.exitCode).toBeNull()
    expect(io.stderr).toContain('17 packets')
  })

  it('does not write over a log, whatever it is called, nor over what tells how logs are read', async () => {
    const [log, config] = [join(folder, 'server.log'), join(folder, 'formats.yaml')]
    copyFileSync(incident('log-2-readable.txt'), log)
    writeFileSync(config, 'events: []\n')
    const capture = incident('listing-2.pcap')
    for (const over of [log, config])
      expect(await failure(capture, over, '--log', log, '--log-config', config)).toMatchObject({
        message: expect.stringContaining('is not written over'),
      })
    expect(readFileSync(log)).toEqual(readFileSync(incident('log-2-readable.txt')))
    expect(readFileSync(config, 'utf8')).toBe('events: []\n')
  })

  it('ends with 4 where no packet is of the port, and says why no comment is in the copy', async () => {
    const io = await annotate(incident('listing-1.pcap'), out, '--port', '4711')
    expect(io.exitCode).toBe(ExitCode.NOTHING)
    expect(io.stderr).toContain('nothing to annotate: none of the 17 TCP packets matches the port or filter')
    expect((await readFrames(out)).frames).toHaveLength(17)
  })

  it('puts comments of a packet list, whose frames have numbers of their own, on the packets that it becomes', async () => {
    await annotate(incident('listing-1.txt'), out)
    const { summary, frames } = await readFrames(out)
    expect(frames).toHaveLength(17)
    expect(summary.comments.filter(({ frame }) => frame === 1).length).toBeGreaterThan(0)
  })

  it('says the matched log lines on the packets that they belong to', async () => {
    const story = new URL('../../fixtures/stories/slot-race/', import.meta.url).pathname
    await annotate(`${story}slot-race.pcap`, out, '--log', `${story}network.log`)
    const { summary } = await readFrames(out)
    const texts = summary.comments.map(({ text }) => text)
    expect(
      texts.find((text) =>
        /log line .*network\.log:\d+ \(\+?-?[\d.]+ ms, ±[\d.]+ ms\): readable socket list/.test(text),
      ),
    ).toBeDefined()
    expect(texts[0]).toContain('[slot-race]')
  })

  it('keeps the connection of one finding alone', async () => {
    await annotate(incident('listing-2.pcap'), out, '--only-finding', '1')
    const { frames, summary } = await readFrames(out)
    expect(frames).toHaveLength(11)
    expect(summary.comments[0]!.text).toContain('Only the packets of this finding')
  })

  it('tells which findings there are where the number is wrong', async () => {
    const error = (await failure(incident('listing-2.pcap'), out, '--only-finding', '9')) as Failure
    expect(error).toBeInstanceOf(Failure)
    expect(error.hint).toMatch(/^1: .+\n +2: /)
    expect(existsSync(out)).toBe(false)
  })

  it('never writes over its input, by whatever name, nor a format without comments, nor from a pipe', async () => {
    const copy = join(folder, 'in.pcapng')
    copyFileSync(incident('listing-1.pcap'), copy)
    const before = readFileSync(copy)
    expect(await failure(copy, join(folder, '.', 'in.pcapng'))).toBeInstanceOf(Failure)
    expect(readFileSync(copy).equals(before)).toBe(true)
    expect(await failure(incident('listing-1.pcap'), join(folder, 'x.pcap'))).toBeInstanceOf(Failure)
    expect(await failure('-', out)).toBeInstanceOf(Failure)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('copies what stands before damage, and says so', async () => {
    const damaged = join(folder, 'damaged.pcap')
    const bytes = readFileSync(incident('listing-1.pcap'))
    const { frames } = await readBytes(bytes)
    bytes.fill(0xff, frames[9]!.offset + 8, frames[9]!.offset + 12)
    writeFileSync(damaged, bytes)
    const io = await annotate(damaged, out)
    expect(io.exitCode).toBe(ExitCode.INCOMPLETE)
    expect(io.stderr).toContain('frame 10')
    expect((await readFrames(out)).frames).toHaveLength(9)
    expect(statSync(damaged).size).toBe(bytes.length)
  })
})
