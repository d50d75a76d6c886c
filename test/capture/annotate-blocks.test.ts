import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { convertCapture } from '../../src/capture/convert.ts'
import { Epoch } from '../../src/capture/epoch.ts'
import { openCapture } from '../../src/capture/open.ts'
import { type Annotations, BlockAnnotator } from '../../src/capture/pcapng/annotate-blocks.ts'
import { readBytes } from '../support/read-frames.ts'

const INCIDENT = new URL('../../fixtures/incident/listing-1.pcap', import.meta.url).pathname
const noTshark = spawnSync('tshark', ['--version']).status === 0 ? null : 'no tshark'
const folder = mkdtempSync(join(tmpdir(), 'noaccept-annotate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SAY: Annotations = {
  section: 'who and what',
  frames: new Map([
    [2, ['the handshake']],
    [5, ['first ACK', 'naïve — ünïcode ✓']],
  ]),
  keep: null,
}

async function annotated(
  bytes: Uint8Array,
  annotations: Annotations,
  pieceBytes = bytes.length,
): Promise<{ out: Buffer; annotator: BlockAnnotator }> {
  const annotator = new BlockAnnotator(annotations)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes)
  }
  const parts: Uint8Array[] = []
  for await (const part of annotator.annotate(pieces())) parts.push(Uint8Array.from(part))
  return { out: Buffer.concat(parts), annotator }
}

/** The incident as a pcapng in the byte order asked for. */
async function incident(byteOrder: 'big' | 'little'): Promise<Uint8Array> {
  const epoch = new Epoch()
  const reader = await openCapture(INCIDENT, 0, epoch)
  const parts: Uint8Array[] = []
  for await (const part of convertCapture(reader, epoch, { format: 'pcapng', byteOrder })) parts.push(part)
  await reader.close()
  return Buffer.concat(parts)
}

/** A block by hand, little-endian, its body padded. */
function block(type: number, body: Uint8Array): Uint8Array {
  const padded = (body.length + 3) & ~3
  const bytes = new Uint8Array(12 + padded)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, bytes.length, true)
  view.setUint32(8 + padded, bytes.length, true)
  bytes.set(body, 8)
  return bytes
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex')

/** A section of 9999 bytes that it says it has, one interface, an unknown block, one packet in each of the three kinds. */
const oddities = (): Uint8Array =>
  Buffer.concat([
    block(0x0a0d0d0a, bytesOf('4d3c2b1a 0100 0000 0f27000000000000 0300 0300 414243 00 00000000')),
    block(1, bytesOf('6500 0000 00000400')),
    block(0x40000bad, bytesOf('01020304 05')),
    block(6, bytesOf('00000000 00000000 01000000 02000000 02000000 4500 0000 0200 0400 01000000 00000000')),
    block(2, bytesOf('0000 ffff 00000000 02000000 02000000 02000000 4500 0000')),
    block(3, bytesOf('02000000 4500 0000')),
  ])

describe('annotating a pcapng', () => {
  it.each(['little', 'big'] as const)(
    'says its comments in %s-endian blocks and keeps every frame as it was',
    async (order) => {
      const given = await incident(order)
      const { out, annotator } = await annotated(given, SAY)
      const before = await readBytes(given)
      const after = await readBytes(out)
      const plain = ({ frames }: typeof after) => frames.map(({ offset: _, ...rest }) => rest)
      expect(plain(after)).toEqual(plain(before))
      expect(after.summary.comments).toEqual([
        { frame: null, text: 'who and what' },
        { frame: 2, text: 'the handshake' },
        { frame: 5, text: 'first ACK' },
        { frame: 5, text: 'naïve — ünïcode ✓' },
      ])
      expect([annotator.commented, annotator.packets]).toEqual([2, 17])
    },
  )

  it('gives the same bytes wherever the pieces are cut', async () => {
    const given = await incident('little')
    const { out } = await annotated(given, SAY)
    for (const piece of [1, 7, 64, 333]) expect((await annotated(given, SAY, piece)).out.equals(out)).toBe(true)
  })

  it('carries unknown blocks and options through, and keeps the obsolete and the simple packet', async () => {
    const say = {
      ...SAY,
      frames: new Map([
        [2, ['one']],
        [3, ['two']],
        [4, ['three']],
      ]),
    }
    const { out, annotator } = await annotated(oddities(), say)
    expect(out.includes(bytesOf('ad0b0040 14000000 01020304 05000000 14000000'))).toBe(true)
    expect(out.includes(bytesOf('0300 0300 41424300 0100 0c00'))).toBe(true)
    expect(out.includes(bytesOf('0200 0400 01000000 0100 0300 6f6e6500 00000000'))).toBe(true)
    // The custom block is the first frame, as in Wireshark.
    expect(annotator.unplaced).toEqual([4])
    const { summary } = await readBytes(out)
    expect(summary.comments.map((comment) => comment.text)).toEqual(['who and what', 'one', 'two'])
    expect(new DataView(out.buffer, out.byteOffset).getBigInt64(16, true)).toBe(-1n)
  })

  it('keeps the frames of one flow alone, numbered anew', async () => {
    const { out } = await annotated(await incident('little'), { ...SAY, keep: new Set([1, 5, 17]) })
    const { frames, summary } = await readBytes(out)
    expect(frames).toHaveLength(3)
    expect(summary.comments.at(-1)).toEqual({ frame: 2, text: 'naïve — ünïcode ✓' })
  })

  it('cuts a comment that no option can hold at a whole character', async () => {
    const { out } = await annotated(await incident('little'), {
      ...SAY,
      frames: new Map([[1, [`x${'✓'.repeat(40_000)}`]]]),
    })
    const { summary } = await readBytes(out)
    expect(summary.damage).toBeNull()
    expect(summary.comments.at(-1)!.text).toMatch(/^x✓+$/)
  })

  it.skipIf(noTshark !== null)(`is read by tshark with every comment ${noTshark ?? ''}`, async () => {
    const path = join(folder, 'annotated.pcapng')
    writeFileSync(path, (await annotated(await incident('big'), SAY)).out)
    const { stdout, stderr } = spawnSync(
      'tshark',
      ['-r', path, '-T', 'fields', '-e', 'frame.number', '-e', 'frame.comment', '-e', 'frame.time_epoch'],
      { encoding: 'utf8' },
    )
    expect(stderr).not.toMatch(/damaged|corrupt/)
    const rows = stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(17)
    expect(rows[1]).toContain('the handshake')
    expect(rows[4]).toContain('first ACK,naïve — ünïcode ✓')
    const original = spawnSync('tshark', ['-r', INCIDENT, '-T', 'fields', '-e', 'frame.time_epoch'], {
      encoding: 'utf8',
    })
    expect(rows.map((row) => row.split('\t').at(-1))).toEqual(original.stdout.trimEnd().split('\n'))
  })
})
