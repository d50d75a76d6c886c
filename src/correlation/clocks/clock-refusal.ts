import type { BeatClock } from './beat-clock.ts'
import type { DatedLog } from './dated-log.ts'
import { SECOND } from './nominal-time.ts'
import { NEAR_EQUAL } from './zone-offsets.ts'

/** Why no offset puts a log on the capture's clock, in words. */
export function refusalReason(log: DatedLog): string {
  const { file, anchors } = log
  const turned = anchors.find(
    ({ event, bound }) => event.kind === 'listening' && bound !== null && bound.to < 0 && -bound.to < NEAR_EQUAL,
  )
  if (turned && file.dated)
    return `line ${turned.event.line} says that it listens ${spanOf(-turned.bound!.to / SECOND)} after port ${turned.event.port} had answered: another process had the port then, or the log’s clock is ahead`
  const pairs =
    anchors.length === 0
      ? 'no line of it can be matched with a packet'
      : 'no one offset puts its lines on the packets that they would speak of'
  return `${whereItLies(log)}, and ${pairs}`
}

function whereItLies({ file, times, capture }: DatedLog): string {
  const before = (capture.from - times.to) / SECOND
  const after = (times.from - capture.to) / SECOND
  if (file.dated && capture.dated && before > 0) return `it ends ${spanOf(before)} before the capture begins`
  if (file.dated && capture.dated && after > 0) return `it begins ${spanOf(after)} after the capture ends`
  if (file.sinceStart) return 'its times count from a start that it does not tell'
  return 'no time zone puts its lines into the time of the capture'
}

/** Why beats that both show say nothing. */
export function ambiguity(beat: Exclude<BeatClock, { pairs: number }> | null): string {
  if (beat === null) return ''
  if (beat.fits === 1) return '; its beats fit the packets’, no better than those of another run would'
  return `; its beats fit the packets’ at ${beat.fits} offsets, ${spanOf(beat.period / SECOND)} apart, none better than chance makes the others`
}

function spanOf(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(2))} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
