import type { TimelineRow } from '../../details.ts'
import type { Ref } from '../model.ts'

/** A packet, or several alike, as a ladder draws it. */
export interface LadderPacket {
  /** Nanoseconds since the run's epoch. */
  readonly time: number
  /** 0 from the client, 1 from the server; null for a line that stands for packets of both. */
  readonly side: 0 | 1 | null
  readonly frame: number
  readonly ref: Ref
  readonly caption: string
  /** The caption where there is little room. */
  readonly short: string
  /** What it decides; stands below its arrow. */
  readonly note: string | null
  readonly look: readonly ('deciding' | 'again' | 'reset')[]
  /** The whole packet in words. */
  readonly description: string
}

/** One step of a ladder: a packet or a log line, from top to bottom in the order of time. */
export interface Rung {
  readonly time: number
  readonly y: number
  /** Nanoseconds since the rung before; 0 for the first. */
  readonly gap: number
  readonly packet: LadderPacket | null
  readonly line: TimelineRow | null
}

const STEP = 30
/** Room for a note below an arrow. */
const NOTE = 10
/** A pause gets more room the longer it lasts, but never much: by orders of magnitude above a millisecond. */
const pauseHeight = (gap: number): number => (gap < 1e6 ? 0 : Math.min(26, 7 * Math.log10(gap / 1e5)))

/** Packets and log lines merged by time; at equal times packets first, each in the order of its file. */
export function layRungs(packets: readonly LadderPacket[], lines: readonly TimelineRow[], top: number): Rung[] {
  const merged: Pick<Rung, 'time' | 'packet' | 'line'>[] = packets.map((packet) => ({
    time: packet.time,
    packet,
    line: null,
  }))
  for (const line of lines) merged.push({ time: line.time!, packet: null, line })
  merged.sort((a, b) => a.time - b.time)
  let y = top
  return merged.map((one, index) => {
    const before = merged[index - 1]
    const gap = before === undefined ? 0 : one.time - before.time
    if (before !== undefined) y += STEP + pauseHeight(gap) + (before.packet?.note ? NOTE : 0)
    return { ...one, y, gap }
  })
}

/** Where a time falls on the ladder's clock: between its neighbours in proportion, clamped to the ends. */
export function heightOf(rungs: readonly Rung[], time: number): number {
  const first = rungs[0]!
  if (time <= first.time) return first.y
  for (let index = 1; index < rungs.length; index++) {
    const above = rungs[index - 1]!
    const below = rungs[index]!
    if (time > below.time) continue
    const share = below.time === above.time ? 1 : (time - above.time) / (below.time - above.time)
    return above.y + share * (below.y - above.y)
  }
  return rungs.at(-1)!.y
}
