import { greatest, least } from '../../extremes.ts'
import type { EventKind, LogEvent } from '../../log/event.ts'
import { countBelow } from '../ascending.ts'
import type { LoggedProcess } from '../processes/logged-process.ts'
import { isListing } from './listed-table.ts'
import { BURST, SlotOwners, stampOf } from './slot-owners.ts'
import { isListener, type SlotWrite, type SocketLife } from './socket-life.ts'

/** Sockets that were stored over one another in one slot of a process's table. */
export interface SlotRace {
  readonly process: LoggedProcess
  readonly slot: number
  /** The store that was overwritten first, and every store over an owner that was neither closed nor detached. */
  readonly writes: readonly SlotWrite[]
  readonly threads: readonly string[]
  /** Nanoseconds from the first to the last of the first burst; null without stamps. */
  readonly spread: number | null
  /** The listening socket among the overwritten, its own store where a line tells it, and the store that took its place. */
  readonly listener: {
    readonly life: SocketLife
    readonly stored: SlotWrite | null
    readonly overwrittenBy: SlotWrite
    /** Nanoseconds between these two; null without stamps, or where they are further apart than a burst is long. */
    readonly apart: number | null
  } | null
}

/** Kinds of lines that tell of an owner's end. A log without any of them cannot tell a slot used again from one taken twice. */
const ENDS: readonly EventKind[] = ['detach', 'close', 'idle-close', 'peer-close']

/** Every slot that a log shows written over a living owner. */
export function slotRaces(process: LoggedProcess): readonly SlotRace[] {
  const known = racesByProcess.get(process)
  if (known !== undefined) return known
  const races = findRaces(process)
  racesByProcess.set(process, races)
  return races
}

/** Rules, causes and the chain ask anew. */
const racesByProcess = new WeakMap<LoggedProcess, readonly SlotRace[]>()

function findRaces(process: LoggedProcess): SlotRace[] {
  const bySlot = new Map<string, SlotWrite[]>()
  for (const write of process.table.writes) {
    const key = `${write.event.process ?? ''}/${write.slot}`
    const ofSlot = bySlot.get(key)
    if (ofSlot === undefined) bySlot.set(key, [write])
    else ofSlot.push(write)
  }
  const owners = new SlotOwners(process)
  return [...bySlot.values()].flatMap((writes) => raceIn(process, writes, owners) ?? [])
}

function raceIn(process: LoggedProcess, all: readonly SlotWrite[], owners: SlotOwners): SlotRace | null {
  const before = storesBefore(all)
  const over = all.filter(
    (write) =>
      write.over !== null &&
      !write.excusable &&
      !isMeant(write) &&
      !isOfTwoProcesses(process, before.get(write), write) &&
      !isFreed(process, write) &&
      !isStoredElsewhere(process, write) &&
      isShown(process, before.get(write), write) &&
      !owners.isFoundAgain(write),
  )
  const first = over[0]
  if (!first) return null
  const stored = before.get(first)
  const writes = [...(stored ? [stored] : []), ...over.filter((write) => isInBurst(process, first, write))]
  return {
    process,
    slot: first.slot,
    writes,
    threads: [...new Set(writes.flatMap((write) => write.event.thread ?? []))],
    spread: spreadOf(process, writes),
    listener: listenerIn(process, all, over),
  }
}

/** For each write over another socket, the write that had last stored that socket. */
function storesBefore(all: readonly SlotWrite[]): Map<SlotWrite, SlotWrite> {
  const last = new Map<SocketLife, SlotWrite>()
  const before = new Map<SlotWrite, SlotWrite>()
  for (const write of all) {
    const stored = write.over === null ? undefined : last.get(write.over)
    if (stored !== undefined) before.set(write, stored)
    if (write.life !== null) last.set(write.life, write)
  }
  return before
}

/** True where the owner's end would be in the log, where the owner is heard of later, or both were stored at one time. */
function isShown(process: LoggedProcess, stored: SlotWrite | undefined, { over, event }: SlotWrite): boolean {
  if (ENDS.some((kind) => process.file.kinds.has(kind)) || isListing(event)) return true
  const { listening, readable, notMatched, received, sent } = over!
  const last = [listening, readable.at(-1), notMatched.at(-1), received.at(-1), sent.at(-1)]
  if (last.some((line) => isAfter(line ?? undefined, event))) return true
  // A line that says itself what it replaces may tell of a connection that had ended; a listening socket had not.
  if (stored === undefined) return isListener(over!)
  const [from, to] = [stampOf(process, stored.event), stampOf(process, event)]
  return from === null || to === null || to - from <= BURST
}

/** Formats that number the process where others name the thread. */
const NUMBERED_BY_PROCESS: ReadonlySet<string> = new Set(['syslog', 'syslog-5424', 'syslog-iso', 'short-full'])

/** Processes of one program share a log, and no table. */
const isOfTwoProcesses = ({ file }: LoggedProcess, stored: SlotWrite | undefined, { event }: SlotWrite): boolean =>
  NUMBERED_BY_PROCESS.has(file.format) && stored !== undefined && stored.event.thread !== event.thread

/** A client that comes again takes the place of its older connection, as it should. */
const COMES_AGAIN =
  /log-?(?:in|on)\b|re-?connect|re-?join|take-?over|takes over|same (?:client|user|device|peer|id)|resum/i
/** Descriptors of files have tables, too, and tests overwrite what they like. */
const OF_NO_SOCKET = /\b(?:files?|disk|page cache|self-?test\w*|unit test\w*|mock\w*|dry[ -]?run)\b/i
/** The pattern of a list that grew. */
const LIST_GROWN = 'list-grown'

/**
 * True where no free place for a socket was looked for: the line says why it replaces a connection, or is of something else; or
 * it tells of a list's length, and each thread may keep a list of its own connections; or it lists the table, and the connection
 * may have ended since the last time. What listens is in none of those.
 */
const isMeant = ({ over, event }: SlotWrite): boolean =>
  !isListener(over!) &&
  (event.pattern === LIST_GROWN || isListing(event) || COMES_AGAIN.test(event.text) || OF_NO_SOCKET.test(event.text))

/** What a line that moves an entry says of the one before it in the place. */
const SAYS_REMOVED = /remov|eras|delet|clos|freed/i

/**
 * True where an entry moves into a place that was freed: its line says so, its former owner's end is told at once, or it is a
 * connection that is never heard of again. A table that fills gaps with its last entry tells of the move first.
 */
function isFreed(process: LoggedProcess, { moves, over, event }: SlotWrite): boolean {
  if (!moves) return false
  const { listening, readable, notMatched, received, sent, ended, detached } = over!
  if (SAYS_REMOVED.test(event.text)) return true
  if ([ended?.event, detached].some((end) => end && isPromptly(process, event, end))) return true
  return listening === null && ![readable, notMatched, received, sent].some((lines) => isAfter(lines.at(-1), event))
}

/** How many of its stores are looked through for the one that gives an owner another place: each table has its own. */
const TABLES = 8

/** True where the owner is at once given another place in the same table: it is found there. */
function isStoredElsewhere(process: LoggedProcess, { over, event, slot }: SlotWrite): boolean {
  const { attachments } = over!
  const next = countBelow(attachments, event.order + 1, (place) => place.event.order)
  return attachments
    .slice(next, next + TABLES)
    .some(
      (place) =>
        place.slot !== null &&
        place.slot !== slot &&
        place.event.name === event.name &&
        isPromptly(process, event, place.event),
    )
}

const isAfter = (line: LogEvent | undefined, event: LogEvent): boolean => (line?.order ?? 0) > event.order

/** True for a line that follows another within a burst. */
function isPromptly(process: LoggedProcess, event: LogEvent, line: LogEvent): boolean {
  const [from, to] = [stampOf(process, event), stampOf(process, line)]
  return line.order > event.order && (from === null || to === null || to - from <= BURST)
}

function isInBurst(process: LoggedProcess, first: SlotWrite, write: SlotWrite): boolean {
  const from = stampOf(process, first.event)
  const time = stampOf(process, write.event)
  return from === null || time === null || time - from <= BURST
}

function spreadOf(process: LoggedProcess, writes: readonly SlotWrite[]): number | null {
  const times = writes.flatMap((write) => stampOf(process, write.event) ?? [])
  return times.length < 2 ? null : greatest(times) - least(times)
}

function listenerIn(
  process: LoggedProcess,
  all: readonly SlotWrite[],
  over: readonly SlotWrite[],
): SlotRace['listener'] {
  for (const write of over) {
    if (write.over === null || !isListener(write.over)) continue
    const stored = all.find((each) => each.life === write.over) ?? null
    const apart = stored === null ? null : spreadOf(process, [stored, write])
    return { life: write.over, stored, overwrittenBy: write, apart: apart !== null && apart <= BURST ? apart : null }
  }
  return null
}
