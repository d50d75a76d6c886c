import { FlowStory } from '../../src/compare/flow-story.ts'
import type { Side } from '../../src/compare/step.ts'
import { type Story, storyOf } from '../../src/compare/story.ts'
import { Segments, scene, type Told } from '../support/segments.ts'

export const HANDSHAKE = `
  > S  seq 100 at 0
  < SA seq 700 ack 101 at 1
  > A  seq 101 ack 701 at 2`

const endsAt = (port: number) => ({
  client: { address: '127.0.0.1', port: 50000 },
  server: { address: '127.0.0.1', port },
})

/** The story of the segments of one connection, of a capture that ends with them. */
export function told(segments: readonly Told[], port = 9000): Story {
  const source = new Segments()
  const flow = new FlowStory(0, 1)
  for (const segment of segments) {
    const { packet, frame, side } = source.next(segment)
    flow.observe(packet, side as Side, frame.number, frame.time)
  }
  flow.finish()
  return storyOf(0, endsAt(port), flow, flow.end)
}

/** What one end says, and after how many milliseconds; 0 bytes are an acknowledgment alone. */
export type Said = readonly [way: '>' | '<', bytes: number, after?: number]

/** The story of a handshake and of what the two ends say after it. */
export function conversation(said: readonly Said[], port?: number): Story {
  const next = { '>': 101, '<': 701 }
  let at = 2
  const segments = said.map(([way, length, after = 10]): Told => {
    at += after
    const segment = {
      way,
      flags: length > 0 ? 'PA' : 'A',
      seq: next[way],
      ack: next[way === '>' ? '<' : '>'],
      length,
      at,
    }
    next[way] += length
    return segment
  })
  return told([...scene(HANDSHAKE), ...segments], port)
}
