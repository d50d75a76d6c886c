import { hasClosed, isPath, written } from './history-path.ts'
import { type HistoryRecords, Letter, letterText } from './history-records.ts'
import type { Region } from './region.ts'
import { ROW_WORDS, Row } from './row.ts'

/** What Zeek says of one end of a connection. */
export const End = {
  INACTIVE: 0,
  SYN_SENT: 1,
  SYN_ACK_SENT: 2,
  PARTIAL: 3,
  ESTABLISHED: 4,
  CLOSED: 5,
  RESET: 6,
} as const
type End = (typeof End)[keyof typeof End]

/** `Row.HISTORY` is a flow's slot. 0: nothing was seen yet. */
export const Slot = {
  /** Slots of flows that are nothing but SYNs, or SYNs and their refusal: scans consist of them. */
  ONLY_SYN: 1,
  ONLY_REFUSED: 2,
  /** Bits, in all other slots, that say which side's plain ACK and payload are in the history already: side 1's is one to the left. */
  ACK_NOTED: 1,
  DATA_NOTED: 4,
  /** Above them stands the record's number, or the path. */
  RECORD_SHIFT: 4,
  /** Where a path, and what stands for one, has room for who the originator is. */
  ORIGINATOR_SHIFT: 30,
} as const
const NOTED = (1 << Slot.RECORD_SHIFT) - 1

/**
 * Zeek's connection state and history of every flow, as the engine keeps them. Bad checksums (`c`) are not looked for,
 * because offloading makes them; nor does a connection become partial (`x`).
 */
export class ConnStates {
  readonly #rows: Region
  readonly #records: HistoryRecords
  /** What is told of each path, by path and originator: many flows take the same one. */
  readonly #paths = new Map<number, Told>()

  constructor(rows: Region, records: HistoryRecords) {
    this.#rows = rows
    this.#records = records
  }

  /** Letters as Zeek writes them: in capitals what the originator sent, `^` first where it did not send first. */
  history(flow: number, originator: number): string {
    const slot = this.#slot(flow)
    if (isPath(slot)) return this.#path(slot, originator).history
    if (slot >> Slot.RECORD_SHIFT !== 0) return this.#records.text(slot >> Slot.RECORD_SHIFT, originator)
    const text = slot === Slot.ONLY_REFUSED ? 'Sr' : slot === Slot.ONLY_SYN ? 'S' : ''
    if (originator === 0) return text
    return text === 'Sr' ? '^sR' : text === 'S' ? '^s' : ''
  }

  /** Zeek's conn_state. `silent` says that no payload was sent. */
  state(flow: number, originator: number, silent: boolean): string {
    const slot = this.#slot(flow)
    if (isPath(slot)) return this.#path(slot, originator).state
    const record = slot >> Slot.RECORD_SHIFT
    if (record === 0) return slot === Slot.ONLY_SYN ? 'S0' : slot === Slot.ONLY_REFUSED ? 'REJ' : 'OTH'
    const from = this.#records.end(record, originator) as End
    const to = this.#records.end(record, 1 - originator) as End
    return connState(from, to, silent, () => this.#records.text(record, originator))
  }

  /** Equal for flows of which state and history say the same; null where a flow has a record of its own. */
  likeness(flow: number, originator: number): number | null {
    const slot = this.#slot(flow)
    if (slot >> Slot.RECORD_SHIFT > 0) return null
    return (isPath(slot) ? slot & ~NOTED : slot) | (originator << Slot.ORIGINATOR_SHIFT)
  }

  #path(slot: number, originator: number): Told {
    const key = (slot & ~NOTED) | originator
    let told = this.#paths.get(key)
    if (told === undefined) {
      told = toldOfPath(slot, originator)
      this.#paths.set(key, told)
    }
    return told
  }

  #slot(flow: number): number {
    return this.#rows.words[flow * ROW_WORDS + Row.HISTORY]!
  }
}

/** Zeek's conn_state and history of a flow. */
interface Told {
  readonly state: string
  readonly history: string
}

function toldOfPath(path: number, originator: number): Told {
  const history = pathText(path, originator)
  const end = (side: number) => (hasClosed(path, side) ? End.CLOSED : End.ESTABLISHED)
  // Neither end was reset: whether payload was sent does not matter.
  return { state: connState(end(originator), end(1 - originator), false, () => history), history }
}

/** Zeek's letters of a path. */
function pathText(path: number, originator: number): string {
  let text = `${originator === 0 ? '' : '^'}${letterText(Letter.S, originator === 0)}${letterText(Letter.H, originator === 1)}`
  for (const [letter, side] of written(path)) text += letterText(letter, side === originator)
  return text
}

/** Zeek's table (base/protocols/conn), `from` the originator's end. */
function connState(from: End, to: End, silent: boolean, history: () => string): string {
  const fromInactive = from === End.INACTIVE || from === End.PARTIAL
  const toInactive = to === End.INACTIVE || to === End.PARTIAL
  if (to === End.RESET) {
    if (from === End.SYN_SENT || from === End.SYN_ACK_SENT || (from === End.RESET && silent)) return 'REJ'
    return fromInactive ? 'RSTRH' : 'RSTR'
  }
  if (from === End.RESET) {
    if (!toInactive) return 'RSTO'
    return /^\^?S[^HAFGIQ]*R/.test(history()) ? 'RSTOS0' : 'OTH'
  }
  if (from === End.CLOSED && to === End.CLOSED) return 'SF'
  if (from === End.CLOSED) return toInactive ? 'SH' : 'S2'
  if (to === End.CLOSED) return fromInactive ? 'SHR' : 'S3'
  if (from === End.SYN_SENT && to === End.INACTIVE) return 'S0'
  return from === End.ESTABLISHED && to === End.ESTABLISHED ? 'S1' : 'OTH'
}
