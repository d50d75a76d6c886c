import { Flag } from '../packet/packet.ts'
import type { Current } from './current.ts'
import { hasClosed, isPath, lengthened, OPENED, written } from './history-path.ts'
import { HistoryRecords, Letter, letterText, sideWord } from './history-records.ts'
import type { Region } from './region.ts'
import { ROW_WORDS, Row } from './row.ts'

/** What Zeek says of one end of a connection. */
const End = { INACTIVE: 0, SYN_SENT: 1, SYN_ACK_SENT: 2, PARTIAL: 3, ESTABLISHED: 4, CLOSED: 5, RESET: 6 } as const
type End = (typeof End)[keyof typeof End]

const CONTROL = Flag.SYN | Flag.FIN | Flag.RST
const OPENING = Flag.SYN | Flag.ACK

/** Bits of a slot: which side's plain ACK and payload are in the history already; its record or path stands above them. */
export const Noted = { ACK_NOTED: 1, DATA_NOTED: 4, RECORD_SHIFT: 4 } as const
const { ACK_NOTED, DATA_NOTED, RECORD_SHIFT } = Noted
const NOTED = 15

/** Slots of flows that are nothing but SYNs, or SYNs and their refusal: scans consist of them. */
const ONLY_SYN = 1
const ONLY_REFUSED = 2

/** Knows the sequence numbers of a side's SYN and FIN, where each was seen. */
interface ControlNumbers {
  baseSequence(flow: number, side: number): number
  finSequence(flow: number, side: number): number
}

/**
 * Zeek's connection state and history of every flow. What a packet adds is found by one word per flow: only SYN, FIN,
 * RST, closed windows and the first ACK and payload of a side go further.
 * Bad checksums (`c`) are not looked for, because offloading makes them; nor does a connection become partial (`x`).
 */
export class ConnStates {
  /**
   * The flows' rows. `Row.HISTORY` is a flow's slot: record number or path, and noted bits; below `1 << RECORD_SHIFT`
   * one of the slots of attempts; 0 not seen.
   */
  readonly #rows: Region
  readonly #records = new HistoryRecords()
  /** What is told of each path, by path and originator: many flows take the same one. */
  readonly #paths = new Map<number, Told>()
  readonly #numbers: ControlNumbers

  constructor(rows: Region, numbers: ControlNumbers) {
    this.#rows = rows
    this.#numbers = numbers
  }

  /** Bytes in use, beside the flows' rows. */
  get bytesUsed(): number {
    return this.#records.bytesUsed
  }

  /** Takes a TCP packet whose flow and side are known. */
  observe(current: Current): void {
    const { packet, flow, side } = current
    const slot = this.#slot(flow)
    if (isNoted(slot, side, packet.payloadLength) && packet.window !== 0 && (packet.flags & CONTROL) === 0) return
    this.#note(current, slot)
  }

  /** A segment whose payload was sent before. */
  retransmitted(flow: number, side: number): void {
    this.#records.count(this.#record(flow), side, Letter.T)
  }

  /** Bytes of the side that the capture does not hold, and that the other one acknowledged. */
  gap(flow: number, side: number): void {
    this.#records.count(this.#record(flow), side, Letter.G)
  }

  /** Letters as Zeek writes them: in capitals what the originator sent, `^` first where it did not send first. */
  history(flow: number, originator: number): string {
    const slot = this.#slot(flow)
    if (isPath(slot)) return this.#path(slot, originator).history
    if (slot >> RECORD_SHIFT !== 0) return this.#records.text(slot >> RECORD_SHIFT, originator)
    const text = slot === ONLY_REFUSED ? 'Sr' : slot === ONLY_SYN ? 'S' : ''
    if (originator === 0) return text
    return text === 'Sr' ? '^sR' : text === 'S' ? '^s' : ''
  }

  /** Zeek's conn_state. `silent` says that no payload was sent. */
  state(flow: number, originator: number, silent: boolean): string {
    const slot = this.#slot(flow)
    if (isPath(slot)) return this.#path(slot, originator).state
    const record = slot >> RECORD_SHIFT
    if (record === 0) return slot === ONLY_SYN ? 'S0' : slot === ONLY_REFUSED ? 'REJ' : 'OTH'
    const from = this.#records.end(record, originator) as End
    const to = this.#records.end(record, 1 - originator) as End
    return connState(from, to, silent, () => this.#records.text(record, originator))
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

  #note(current: Current, slot: number): void {
    const { packet, flow, side } = current
    if (isPath(slot) ? this.#staysOnPath(current, slot) : this.#isAttempt(current, slot)) return
    const record = this.#record(flow)
    const records = this.#records
    const at = sideWord(record, side)
    if ((packet.flags & CONTROL) === 0) {
      const noted = packet.payloadLength > 0 ? DATA_NOTED : (packet.flags & Flag.ACK) !== 0 ? ACK_NOTED : 0
      if (noted !== 0) {
        this.#setSlot(flow, this.#slot(flow) | (noted << side))
        records.once(record, side, noted === DATA_NOTED ? Letter.D : Letter.A)
      }
    } else this.#noteControl(current, record)
    const settled = records.endAt(at) === End.RESET || records.end(record, 1 - side) === End.CLOSED
    if (packet.window === 0 && (packet.flags & Flag.RST) === 0 && !settled) records.count(record, side, Letter.W)
    this.#advance(current, record)
  }

  /** True where the flow still is a SYN of its first sender, or that and its refusal or acceptance. */
  #isAttempt(current: Current, slot: number): boolean {
    const { packet, flow, side } = current
    const control = packet.flags & (CONTROL | Flag.ACK)
    if (slot > ONLY_REFUSED || packet.payloadLength > 0) return false
    if (packet.window === 0 && (control & Flag.RST) === 0) return false
    if (slot === ONLY_SYN && side === 1 && control === OPENING) {
      this.#setSlot(flow, OPENED)
      return true
    }
    if (side === 0 && control === Flag.SYN) {
      if (slot === 0) this.#setSlot(flow, ONLY_SYN)
      return true
    }
    if (side === 0 || slot === 0 || (control & CONTROL) !== Flag.RST) return false
    this.#setSlot(flow, ONLY_REFUSED)
    return true
  }

  /** True where the packet adds the first ACK, payload or FIN of its side to the path, and nothing else. */
  #staysOnPath(current: Current, path: number): boolean {
    const { packet, flow, side } = current
    const control = packet.flags & CONTROL
    const speaks = packet.payloadLength > 0
    if (packet.window === 0 || (control & ~Flag.FIN) !== 0) return false
    if (control === 0 && !speaks && (packet.flags & Flag.ACK) === 0) return false
    const next = lengthened(path, side, control !== 0 ? Letter.F : speaks ? Letter.D : Letter.A)
    if (next === 0) return false
    this.#setSlot(flow, control !== 0 ? next : next | ((speaks ? DATA_NOTED : ACK_NOTED) << side))
    return true
  }

  #noteControl(current: Current, record: number): void {
    const { packet, side } = current
    const { flags, seq, payloadLength } = packet
    const records = this.#records
    switch (flags & CONTROL) {
      case Flag.SYN:
        records.again(record, side, (flags & Flag.ACK) === 0 ? Letter.S : Letter.H, seq)
        break
      case Flag.FIN:
        records.again(record, side, Letter.F, (seq + payloadLength) | 0)
        break
      case Flag.RST:
        records.again(record, side, Letter.R, seq)
        break
      default:
        records.once(record, side, (flags & (Flag.FIN | Flag.RST)) === (Flag.FIN | Flag.RST) ? Letter.I : Letter.Q)
    }
  }

  /** Zeek's endpoint automaton; a SYN recorded after its SYN-ACK establishes as the right order does. */
  #advance(current: Current, record: number): void {
    const { packet, side } = current
    const { flags } = packet
    const records = this.#records
    const own = records.end(record, side) as End
    const peer = records.end(record, 1 - side) as End
    if (own === End.INACTIVE) {
      this.#awake(current, record, peer)
      return
    }
    if ((flags & CONTROL) === 0 || own === End.RESET) return
    if (own === End.CLOSED) {
      if ((flags & Flag.RST) !== 0 && peer !== End.CLOSED) records.setEnd(record, side, End.RESET)
      return
    }
    if (own === End.PARTIAL && peer === End.INACTIVE && (flags & OPENING) === Flag.SYN)
      records.setEnd(record, side, End.SYN_SENT)
    if ((flags & Flag.RST) !== 0) records.setEnd(record, side, End.RESET)
    else if ((flags & Flag.FIN) !== 0) {
      records.setEnd(record, side, End.CLOSED)
      // FIN and then RST from a peer that was to close anyway is a normal end.
      if (peer === End.RESET && records.endBefore(record, 1 - side) === End.CLOSED)
        records.setEnd(record, 1 - side, End.CLOSED)
    }
  }

  /** The first packet of a side. */
  #awake(current: Current, record: number, peer: End): void {
    const { packet, side } = current
    const { flags } = packet
    const records = this.#records
    if ((flags & Flag.RST) !== 0) records.setEnd(record, side, End.RESET)
    else if ((flags & Flag.FIN) !== 0) records.setEnd(record, side, End.CLOSED)
    else if ((flags & Flag.SYN) !== 0) {
      const answered = peer === End.SYN_SENT || peer === End.SYN_ACK_SENT
      if (answered) records.setEnd(record, 1 - side, End.ESTABLISHED)
      const alone = (flags & Flag.ACK) === 0 ? End.SYN_SENT : End.SYN_ACK_SENT
      records.setEnd(record, side, answered || peer === End.ESTABLISHED ? End.ESTABLISHED : alone)
    } else if (packet.payloadLength === 0 && peer === End.SYN_SENT) {
      // Some stacks acknowledge a SYN before they answer it.
    } else if ((flags & Flag.ACK) !== 0 && (peer === End.ESTABLISHED || peer === End.SYN_ACK_SENT)) {
      // Its SYN is missing in the capture, and the SYN-ACK is not.
      records.setEnd(record, 1 - side, End.ESTABLISHED)
      records.setEnd(record, side, End.ESTABLISHED)
    } else records.setEnd(record, side, End.PARTIAL)
  }

  /** The flow's record; what a slot without one stood for is written into it. */
  #record(flow: number): number {
    const slot = this.#slot(flow)
    if (slot >> RECORD_SHIFT > 0) return slot >> RECORD_SHIFT
    const record = this.#records.open()
    this.#setSlot(flow, (record << RECORD_SHIFT) | (isPath(slot) ? slot & NOTED : 0))
    if (slot === 0) return record
    if (isPath(slot)) {
      this.#writePath(flow, record, slot)
      return record
    }
    this.#records.withoutNumber(record, 0, Letter.S)
    this.#records.setEnd(record, 0, End.SYN_SENT)
    if (slot !== ONLY_REFUSED) return record
    this.#records.withoutNumber(record, 1, Letter.R)
    this.#records.setEnd(record, 1, End.RESET)
    return record
  }

  #writePath(flow: number, record: number, path: number): void {
    const records = this.#records
    records.again(record, 0, Letter.S, this.#numbers.baseSequence(flow, 0))
    records.again(record, 1, Letter.H, this.#numbers.baseSequence(flow, 1))
    for (const side of [0, 1]) records.setEnd(record, side, End.ESTABLISHED)
    for (const [letter, side] of written(path)) {
      if (letter !== Letter.F) records.once(record, side, letter)
      else {
        records.again(record, side, letter, this.#numbers.finSequence(flow, side))
        records.setEnd(record, side, End.CLOSED)
      }
    }
  }

  #slot(flow: number): number {
    return this.#rows.words[flow * ROW_WORDS + Row.HISTORY]!
  }

  #setSlot(flow: number, slot: number): void {
    this.#rows.words[flow * ROW_WORDS + Row.HISTORY] = slot
  }
}

/** True where the history already has that the side acknowledges, or sends payload: a segment without more adds nothing. */
export const isNoted = (slot: number, side: number, payloadLength: number): boolean =>
  slot >> RECORD_SHIFT !== 0 && (slot & ((payloadLength > 0 ? DATA_NOTED : ACK_NOTED) << side)) !== 0

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
