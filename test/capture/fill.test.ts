import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
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
  return { found, summary: reader.summary }
}

describe('frames read many at a time', () => {
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
