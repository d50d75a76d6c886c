import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MAX_SKIPPED_BLOCK_BYTES } from '../../src/capture/bounds.ts'
import type { CaptureReader } from '../../src/capture/capture-reader.ts'
import { Epoch } from '../../src/capture/epoch.ts'
import { Frame } from '../../src/capture/frame.ts'
import { FrameTable } from '../../src/capture/frame-table.ts'
import { openCapture } from '../../src/capture/open.ts'
import { startEngine } from '../../src/engine/start-engine.ts'
import { Failure } from '../../src/failure.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const captures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.pcap(ng)?$/.test(name),
)

const PCAPNG = 'comments-and-drops.pcapng'

const copyOf = (frame: Frame) => ({
  ...frame,
  start: 0,
  end: 0,
  bytes: Buffer.from(frame.bytes.buffer, frame.bytes.byteOffset + frame.start, frame.end - frame.start).toString('hex'),
})

function* filled(reader: CaptureReader, frame: Frame) {
  const table = reader.frames!
  for (let count = reader.fill(); count > 0; count = reader.fill())
    for (let index = 0; index < count; index++) {
      table.get(index, frame)
      yield copyOf(frame)
    }
}

function* singly(reader: CaptureReader, frame: Frame) {
  while (reader.next(frame)) yield copyOf(frame)
}

/** All frames, and what the summary says of them. The run's zero is known, as it is after another capture. */
async function read(path: string, frames: FrameTable | undefined, windowBytes: number | undefined) {
  const epoch = new Epoch()
  epoch.since(1_600_000_000, 0)
  const options = { ...(frames ? { frames } : {}), ...(windowBytes ? { windowBytes } : {}) }
  const reader = await openCapture(path, 3, epoch, options)
  const found = []
  do found.push(...(reader.frames === null ? singly : filled)(reader, new Frame()))
  while (await reader.more())
  await reader.close()
  // Where a capture ends before its file does, reading ahead had gone a little further.
  return { found, summary: { ...reader.summary, storedBytes: null } }
}

describe('frames read many at a time', () => {
  it.each([3 << 20, MAX_SKIPPED_BLOCK_BYTES])(
    'are those that are read one by one, also behind a block of %i bytes that is passed over',
    async (size) => {
      const capture = readFileSync(`${FIXTURES}capture/${PCAPNG}`)
      // Any type that is not looked into, in the byte order of the file.
      const passedOver = Buffer.alloc(size)
      const little = capture.readUInt32LE(8) === 0x1a2b3c4d
      const write = (value: number, at: number) =>
        little ? passedOver.writeUInt32LE(value, at) : passedOver.writeUInt32BE(value, at)
      write(0x0bad, 0)
      for (const at of [4, passedOver.length - 4]) write(passedOver.length, at)
      const path = join(mkdtempSync(join(tmpdir(), 'noaccept-')), 'large.pcapng')
      writeFileSync(path, Buffer.concat([capture, passedOver, capture]))
      const many = await read(path, new FrameTable(startEngine()), undefined)
      rmSync(dirname(path), { recursive: true })
      const { found } = await read(`${FIXTURES}capture/${PCAPNG}`, undefined, undefined)
      const bytesOf = (frames: readonly { bytes: string }[]) => frames.map(({ bytes }) => bytes)
      expect(found.length).toBeGreaterThan(0)
      expect(bytesOf(many.found)).toEqual([...bytesOf(found), ...bytesOf(found)])
    },
  )

  it.each(captures)('are those that are read one by one: %s', async (name) => {
    const frames = new FrameTable(startEngine())
    for (const windowBytes of [undefined, 64, 1000]) {
      const single = read(`${FIXTURES}${name}`, undefined, windowBytes).catch((error) => error)
      const expected = await single
      const many = await read(`${FIXTURES}${name}`, frames, windowBytes).catch((error) => error)
      if (expected instanceof Failure) expect(many).toBeInstanceOf(Failure)
      else expect(many).toEqual(expected)
    }
  })
})
