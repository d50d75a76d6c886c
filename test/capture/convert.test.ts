import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/convert.ts'
import { type RecordedIo, recordedIo } from '../support/io.ts'
import { readFrames } from '../support/read-frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-convert-'))
afterAll(() => rmSync(folder, { recursive: true }))
const out = (name: string) => join(folder, name)

const convert = (...args: string[]) => convertBy(recordedIo(), ...args)

async function convertBy(io: RecordedIo, ...args: string[]) {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  command.declare(program, io)
  for (const each of program.commands) each.exitOverride()
  await program.parseAsync(['convert', ...args], { from: 'user' })
  return io
}

const CAPTURES = [
  'little-endian.pcap',
  'nanoseconds-big-endian.pcap',
  'snap-length.pcap',
  'two-sections.pcapng',
  'obsolete-packets.pcapng',
  'comments-and-drops.pcapng',
]
const essence = async (path: string) =>
  (await readFrames(path)).frames.map(({ number, time, linkType, interfaceId, originalLength, bytes }) => ({
    number,
    time,
    linkType,
    // Frames of formats without interfaces are the first one's in a format with them.
    interfaceId: Math.max(interfaceId, 0),
    originalLength,
    bytes,
  }))

describe('converting a capture', () => {
  it.each(CAPTURES)('keeps times, lengths, link types and interfaces of %s in a pcapng', async (name) => {
    for (const order of ['big', 'little']) {
      await convert(`fixtures/capture/${name}`, out('out.pcapng'), '--byte-order', order)
      expect(await essence(out('out.pcapng'))).toEqual(await essence(`fixtures/capture/${name}`))
    }
  })

  it.each(CAPTURES.filter((name) => !name.startsWith('two-')))(
    'keeps times and lengths of %s in a pcap',
    async (name) => {
      await convert(`fixtures/capture/${name}`, out('out.pcap.gz'))
      expect(await essence(out('out.pcap.gz'))).toEqual(await essence(`fixtures/capture/${name}`))
      expect((await readFrames(out('out.pcap.gz'))).summary.compression).toBe('gzip')
    },
  )

  it('copies a pcapng block by block, with comments and unknown blocks', async () => {
    for (const name of ['unknown-blocks.pcapng', 'comments-and-drops.pcapng', 'two-sections.pcapng']) {
      await convert(`fixtures/capture/${name}`, out('copy.pcapng'))
      expect(readFileSync(out('copy.pcapng')).equals(readFileSync(`fixtures/capture/${name}`))).toBe(true)
    }
  })

  it('writes a header also where there is no packet', async () => {
    await convert('fixtures/capture/header-only.pcap', out('none.pcap'))
    expect(await essence(out('none.pcap'))).toEqual([])
  })

  it('keeps what was readable of a damaged one, and ends with 3', async () => {
    const io = await convert('fixtures/capture/absurd-length.pcap', out('rest.pcap'))
    expect(await essence(out('rest.pcap'))).toHaveLength(3)
    expect(io.exitCode).toBe(3)
    expect(io.stderr).toContain('damaged at frame 4, byte 243')
  })

  it('refuses two link types in a pcap, the input as output, and a name without a format', async () => {
    await expect(convert('fixtures/capture/two-sections.pcapng', out('two.pcap'))).rejects.toThrow(
      'frame 2 has link type ETHERNET',
    )
    expect(() => readFileSync(out('two.pcap'))).toThrow()
    writeFileSync(out('same.pcap'), readFileSync('fixtures/capture/little-endian.pcap'))
    await expect(convert(out('same.pcap'), out('same.pcap'))).rejects.toThrow('is an input of this run')
    await expect(convert(out('same.pcap'), out('same'))).rejects.toThrow('does not tell which format')
  })
})

describe('a capture for standard output', () => {
  it('is what a file would hold, and is told of as such', async () => {
    await convert('fixtures/incident/listing-1.txt', out('file.pcap'))
    const io = await convert('fixtures/incident/listing-1.txt', '-', '--to', 'pcap')
    expect(io.stdout).toBe(readFileSync(out('file.pcap')).toString())
    expect(io.stderr).toContain('wrote 17 packets to standard output (pcap)')
    expect(existsSync('-')).toBe(false)
  })

  it('is not written to a terminal', async () => {
    const io = recordedIo({ stdoutIsTerminal: true })
    await expect(convertBy(io, 'fixtures/incident/listing-1.txt', '-', '--to', 'pcap')).rejects.toThrow('terminal')
    expect(io.stdout).toBe('')
  })

  it('needs a format, which no extension tells', async () => {
    await expect(convert('fixtures/incident/listing-1.txt', '-')).rejects.toThrow('standard output has no name')
  })
})

const NO_TSHARK = spawnSync('tshark', ['--version']).error !== undefined
const PORTS = ['--port', 'xx=9000']
// Frame number and time are the list's own; SACK_PERM has had no value since Wireshark 3.6.
const columns = (list: string) =>
  list
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/ +/g, ' ')
        .replace(/^\S+ \S+ /, '')
        .replace('SACK_PERM=1', 'SACK_PERM')
        .replace(/(\d)xx /, '$1 xx ')
        .replaceAll('xx', '9000')
        .replace(/ (?:→|>) /g, ' ')
        .replace(/(127\.0\.0\.1) 127/, '$1 127'),
    )
const tshark = (path: string) =>
  execFileSync('tshark', ['-r', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

describe.skipIf(NO_TSHARK)('a converted packet list', () => {
  it.each(['listing-1', 'listing-2'])('%s is read back by tshark to the same list', async (name) => {
    for (const format of ['pcap', 'pcapng']) {
      await convert(`fixtures/incident/${name}.txt`, out(`list.${format}`), ...PORTS)
      const back = columns(tshark(out(`list.${format}`))).map((line) => line.replace('[TCP Retransmission] ', ''))
      expect(back).toEqual(columns(readFileSync(`fixtures/incident/${name}.txt`, 'utf8')))
    }
  })

  it.each(['listing-1.pcap', 'listing-2.pcap', 'listing-2-new-isn.pcap'])(
    'printed by tshark from %s too',
    async (name) => {
      const list = tshark(`fixtures/incident/${name}`)
      writeFileSync(out('printed.txt'), list)
      await convert(out('printed.txt'), out('printed.pcap'))
      expect(tshark(out('printed.pcap'))).toBe(list)
    },
  )
})
