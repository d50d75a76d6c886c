import type { EventKind, LogEvent } from '../log/event.ts'
import { type LoggedProcess, timeOf } from './logged-process.ts'
import { listeningPort, type SlotWrite, type SocketLife } from './socket-life.ts'

/** Sockets that were stored over one another in one slot of a process's table. */
export interface SlotRace {
  readonly process: LoggedProcess
  readonly slot: number
  /** The store that was overwritten first, and every store over an owner that was neither closed nor detached. */
  readonly writes: readonly SlotWrite[]
  readonly threads: readonly string[]
  /** Nanoseconds from the first to the last of the first burst; null without stamps. */
  readonly spread: number | null
  /** The listening socket among the overwritten, and the store that took its place. */
  readonly listener: { readonly life: SocketLife; readonly stored: SlotWrite; readonly overwrittenBy: SlotWrite } | null
}

/** Stores further apart than this are two incidents, not one check-then-act race: 1 s is far above any scheduling delay. */
const BURST = 1e9

/** Kinds of lines that tell of an owner's end. A log without any of them cannot tell a slot used again from one taken twice. */
const ENDS: readonly EventKind[] = ['detach', 'close', 'idle-close', 'peer-close']

/** Every slot that a log shows written over a living owner. */
export function slotRaces(process: LoggedProcess): SlotRace[] {
  const bySlot = new Map<string, SlotWrite[]>()
  for (const write of process.table.writes) {
    const key = `${write.event.process ?? ''}/${write.slot}`
    bySlot.set(key, [...(bySlot.get(key) ?? []), write])
  }
  return [...bySlot.values()].flatMap((writes) => raceIn(process, writes) ?? [])
}

function raceIn(process: LoggedProcess, all: readonly SlotWrite[]): SlotRace | null {
  const over = all.filter((write) => write.over !== null && !write.excusable && isLost(process, all, write))
  const first = over[0]
  if (!first) return null
  const stored = all.filter((write) => write.life === first.over && write.event.order < first.event.order).at(-1)
  const writes = [...(stored ? [stored] : []), ...over.filter((write) => isInBurst(process, first, write))]
  return {
    process,
    slot: first.slot,
    writes,
    threads: [...new Set(writes.flatMap((write) => write.event.thread ?? []))],
    spread: spreadOf(process, writes),
    listener: listenerIn(all, over),
  }
}

/** The owner was alive when its place was taken, and the process did not find it again. */
const isLost = (process: LoggedProcess, all: readonly SlotWrite[], write: SlotWrite): boolean =>
  isShown(process, all, write) && !isFoundAgain(process, write)

/** What may be under way when a place is taken, where no times tell. */
const UNDER_WAY = 1

/**
 * It is read from, or accepts, well after that: then the two slots of one number belong to two tables, as each thread, each
 * direction or each worker may have its own. What was under way when its place was taken is over within a burst.
 */
function isFoundAgain(process: LoggedProcess, { over, event }: SlotWrite): boolean {
  const taken = stampOf(process, event)
  const after = [...over!.received, ...acceptsOf(process, over!)].filter(({ order }) => order > event.order)
  const pauses = after.map((each) => (stampOf(process, each) ?? Number.NaN) - (taken ?? Number.NaN))
  return pauses.some((pause) => pause > BURST) || pauses.filter(Number.isNaN).length > UNDER_WAY
}

/** The accepts of a listening socket; those that do not tell whose they are, where the process has no other. */
function acceptsOf({ table }: LoggedProcess, listener: SocketLife): LogEvent[] {
  if (listener.listening === null) return []
  const isOnly = table.listeners.length === 1
  const port = listeningPort(listener)
  return table.lives.flatMap(({ accepted }) => {
    if (accepted === null) return []
    if (accepted.listener !== null) return accepted.listener === listener.handle ? [accepted] : []
    return isOnly || (accepted.port !== null && accepted.port === port) ? [accepted] : []
  })
}

/** True where the owner's end would be in the log, where the owner is heard of later, or both were stored at one time. */
function isShown(process: LoggedProcess, all: readonly SlotWrite[], { over, event }: SlotWrite): boolean {
  if (ENDS.some((kind) => process.file.kinds.has(kind))) return true
  const { listening, readable, notMatched, received, sent } = over!
  const heard = [...(listening ? [listening] : []), ...readable, ...notMatched, ...received, ...sent]
  if (heard.some(({ order }) => order > event.order)) return true
  const stored = all.findLast((each) => each.life === over && each.event.order < event.order)
  const [from, to] = [stored && stampOf(process, stored.event), stampOf(process, event)]
  return from === null || from === undefined || to === null || to - from <= BURST
}

const stampOf = (process: LoggedProcess, event: LogEvent): number | null => timeOf(process, event) ?? event.time

function isInBurst(process: LoggedProcess, first: SlotWrite, write: SlotWrite): boolean {
  const from = stampOf(process, first.event)
  const time = stampOf(process, write.event)
  return from === null || time === null || time - from <= BURST
}

function spreadOf(process: LoggedProcess, writes: readonly SlotWrite[]): number | null {
  const times = writes.flatMap((write) => stampOf(process, write.event) ?? [])
  return times.length < 2 ? null : Math.max(...times) - Math.min(...times)
}

function listenerIn(all: readonly SlotWrite[], over: readonly SlotWrite[]): SlotRace['listener'] {
  for (const write of over) {
    if (!write.over?.listening) continue
    const stored = all.find((each) => each.life === write.over)
    if (stored) return { life: write.over, stored, overwrittenBy: write }
  }
  return null
}
