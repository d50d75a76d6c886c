import { greatest, least } from '../../extremes.ts'
import type { Silence } from '../../log/event.ts'
import { wasHushed } from '../accepts/hearing.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { countBefore, ofProcess } from '../neighbours.ts'
import type { Scene } from '../scene.ts'
import type { LoggedProcess } from './logged-process.ts'

/** A time in which a process served nothing that it had in hand. Nanoseconds on the run's clock. */
export interface Standstill {
  readonly process: LoggedProcess
  /** When it last sent payload, and the first push after that which it left unanswered. */
  readonly lastServed: number
  readonly since: number
  /** When it went on; null where it never did. */
  readonly until: number | null
  /** Connections that it had answered before and then no longer. */
  readonly stalled: readonly ConnectionFacts[]
  /** Line after which the log is silent for as long, where it had been writing; null else. */
  readonly silentAfter: Pick<Silence, 'log' | 'line'> | null
}

/** A shorter wait is a slow answer. */
const LEAST_WAIT = 1e9
/** So many connections made before are looked at: more would not make it surer. */
const NEIGHBOURS = 200

/**
 * A process stands still where every connection that it has accepted and that is open stays unanswered from one time on
 * (it had answered them before), and so does the accept queue. One connection alone may have its own reason.
 */
export function standstillAt(scene: Scene, facts: ConnectionFacts): Standstill | null {
  const made = known.get(facts)
  if (made !== undefined) return made
  const found = findStandstill(scene, facts)
  known.set(facts, found)
  return found
}

/** Rules, verdicts and the chain ask anew. */
const known = new WeakMap<ConnectionFacts, Standstill | null>()

function findStandstill(scene: Scene, facts: ConnectionFacts): Standstill | null {
  const process = facts.process
  const at = facts.wire.established?.time
  if (!process || at === undefined) return null
  const own = ofProcess(scene, process)
  const count = countBefore(own, at)
  const earlier = own.slice(Math.max(0, count - NEIGHBOURS), count)
  const open = earlier.filter((other) => other !== facts && isAccepted(other) && isOpenAt(other, at))
  const stalled = open.filter((other) => stalledAt(other, at) !== null)
  if (stalled.length === 0 || stalled.length < open.length) return null
  const waits = stalled.map((other) => stalledAt(other, at)!)
  const since = least(waits.map((wait) => wait.since))
  const resumed = waits.flatMap((wait) => wait.until ?? [])
  const until = resumed.length === waits.length ? least(resumed) : null
  return {
    process,
    lastServed: greatest(waits.map((wait) => wait.lastServed)),
    since,
    until,
    stalled,
    silentAfter: silenceDuring(process, since, until ?? scene.capture.to),
  }
}

/** The same from one connection alone: it falls silent, and the log, which had been writing, with it. */
export function standstillOf(scene: Scene, facts: ConnectionFacts): Standstill | null {
  const { process } = facts
  const last = facts.wire.lastServerPush
  const wait = process && facts.accepted && last ? stalledAt(facts, last.time) : null
  if (!process || !wait) return null
  const silentAfter = silenceDuring(process, wait.since, wait.until ?? scene.capture.to)
  return silentAfter === null ? null : { ...wait, process, stalled: [facts], silentAfter }
}

const isAccepted = (facts: ConnectionFacts): boolean => facts.accepted !== null || facts.wire.serverPushes.length > 0

function isOpenAt(facts: ConnectionFacts, time: number): boolean {
  const { clientCloses, serverCloses, established, start } = facts.wire
  if ((established?.time ?? start) >= time) return false
  return clientCloses.every((close) => close.time > time) && serverCloses.every((close) => close.time > time)
}

/** The unanswered wait of a connection that `time` falls into: from its first unanswered push until the next answer. */
export function stalledAt(
  facts: ConnectionFacts,
  time: number,
): { readonly lastServed: number; readonly since: number; readonly until: number | null } | null {
  const before = facts.wire.serverPushes.filter((push) => push.time <= time).at(-1)
  const next = facts.wire.serverPushes.find((push) => push.time > time)
  if (!before) return null
  const unanswered = facts.wire.clientPushes.filter(
    (push) => push.time > before.time && push.time < (next?.time ?? Number.POSITIVE_INFINITY),
  )
  const first = unanswered[0]
  if (!first) return null
  const until = next?.time ?? null
  const waited = (until ?? facts.wire.end) - first.time
  return waited >= LEAST_WAIT && unanswered.length > 1 ? { lastServed: before.time, since: first.time, until } : null
}

/** A log that writes at random is silent for ten of its mean gaps once in 20,000 (e^-10). */
const SILENT_GAPS = 10

const lastLine = ({ file, log }: LoggedProcess): Pick<Silence, 'log' | 'line'> => {
  const last = file.events.at(-1)
  const before = last?.log === log ? last.order - last.line : 0
  return { log, line: file.lines - before }
}

/** The line after which a log that had been writing falls silent while the process stands still. */
export function silenceDuring(
  process: LoggedProcess,
  since: number,
  until: number,
): (Pick<Silence, 'log' | 'line'> & { readonly from: number }) | null {
  const { clock, file } = process
  // Silences are as long as the clock says, which one that was set does not.
  if (!clock || clock.steps.length > 0 || file.stamped < 4 || file.firstTime === null) return null
  const silences = [
    ...file.silences.map((silence) => ({
      from: clock.from + silence.from - file.firstTime!,
      to: clock.from + silence.to - file.firstTime!,
      line: silence.line,
      log: silence.log,
    })),
    { from: clock.to, to: Number.POSITIVE_INFINITY, ...lastLine(process) },
  ]
  const covering = silences.find((silence) => silence.from <= since && silence.to >= until - clock.uncertainty)
  if (!covering || wasHushed(process, covering.from)) return null
  const writing = covering.from - clock.from
  const meanGap = writing / Math.max(1, file.stamped - 1)
  return writing > 0 && until - covering.from >= meanGap * SILENT_GAPS ? covering : null
}
