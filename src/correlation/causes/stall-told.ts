import type { LogEvent } from '../../log/event.ts'
import { LONG } from '../../log/patterns/stalls.ts'
import type { Focus } from '../chain-step.ts'
import { acceptsAfter, type LoggedProcess, quotedLine, timeOf } from '../processes/logged-process.ts'
import type { CauseRule } from './cause.ts'

const UNACCEPTED: ReadonlySet<string> = new Set(['never-accepted', 'accept-stopped'])
const WAITED: ReadonlySet<string> = new Set([...UNACCEPTED, 'delayed-accept', 'peer-stalled'])
/** A pause that takes less of the time that the client waited leaves the rest of it without a reason. */
const LEAST_SHARE = 0.5
const PATTERNS: ReadonlySet<string> = new Set(['long-pause', 'loop-blocked'])
/** What a loop that is not blocked any more writes of. */
const GOES_ON: ReadonlySet<string> = new Set(['accept', 'recv', 'send', 'readable'])
const LENGTH = new RegExp(LONG, 'i')

/** Nanoseconds on the run's clock. */
interface Span {
  readonly from: number
  readonly to: number
}

/** A line says that the process, or the loop that serves, did nothing for the time in which the client waited. */
export const stallTold: CauseRule = (focus) => {
  const { facts, judgement } = focus
  const { process } = facts
  const wait = WAITED.has(judgement.verdict) ? waitOf(focus) : null
  if (!process?.clock || wait === null) return null
  const isUnaccepted = UNACCEPTED.has(judgement.verdict)
  const said = process.file.events.find(
    (event) =>
      PATTERNS.has(event.pattern) &&
      share(wait, spanOf(process, event), process) >= LEAST_SHARE &&
      // What waits on while others are accepted has another reason.
      !(isUnaccepted && acceptsAfter(process, event)),
  )
  if (!said) return null
  return {
    verdict: 'process-stood-still',
    claim: `The process stood still while the client waited, as its log says (${quotedLine(process, said)}).`,
    confidence: said.pattern === 'long-pause' ? 'likely' : 'suspected',
  }
}

/** From the handshake until the accept or the first answer; of one that had been answered, from the push that no longer was. */
function waitOf({ facts, judgement, scene }: Focus): Span | null {
  const { wire, accepted, process } = facts
  const end = Math.min(wire.end, scene.capture.to)
  if (judgement.verdict === 'peer-stalled') {
    const last = wire.serverPushes.at(-1)?.time ?? 0
    const from = wire.clientPushes.find(({ time }) => time > last)?.time
    return from === undefined ? null : { from, to: end }
  }
  if (wire.established === null) return null
  const acceptedAt = process === null ? null : timeOf(process, accepted?.accepted ?? null)
  return { from: wire.established.time, to: acceptedAt ?? wire.serverPushes[0]?.time ?? end }
}

/** A pause is told when it is over; a loop that is blocked, while it is, and until the process goes on. */
function spanOf(process: LoggedProcess, event: LogEvent): Span {
  const at = timeOf(process, event) ?? Number.POSITIVE_INFINITY
  const span = { from: at - lengthOf(event.text), to: at }
  if (event.pattern === 'long-pause') return span
  const next = process.file.events.find(({ order, kind }) => order > event.order && GOES_ON.has(kind))
  return { ...span, to: (next && timeOf(process, next)) ?? Number.POSITIVE_INFINITY }
}

/** How much of the wait the span takes. */
function share(wait: Span, span: Span, process: LoggedProcess): number {
  const slack = process.clock!.uncertainty
  const common = Math.min(wait.to, span.to + slack) - Math.max(wait.from, span.from - slack)
  return wait.to > wait.from ? common / (wait.to - wait.from) : 0
}

/** In nanoseconds; 0 where the line tells no length. */
function lengthOf(text: string): number {
  const told = LENGTH.exec(text)?.[0].replace(',', '.')
  if (told === undefined) return 0
  const both = /^(\d+)s(\d+)ms$/.exec(told)
  if (both) return Number(both[1]) * 1e9 + Number(both[2]) * 1e6
  return Number.parseFloat(told) * (/m/i.test(told) ? 1e6 : 1e9)
}
