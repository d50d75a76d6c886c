import type { FlowView } from '../../flow/flow-view.ts'
import { ReplyShape } from '../../flow/reply-shape.ts'
import { CAPS, Signal, type SignalView } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'

/** One ticket may be any word of the application's; a second record of just its length is none. */
const LEAST_TICKETS = 2
/** A record that holds an alert: header, level and description, the type of what it holds, and the tag (RFC 8446 §5.2, §6). */
const ALERT = 24
/** What ends a client's handshake: a record that says ChangeCipherSpec, and a Finished of SHA-384 (RFC 8446 §4.4.4, §5.2). */
const FINISHED = 80
/**
 * The longest record of TLS that asks for nothing by itself: one frame of HTTP/2 that controls (17 bytes at most), with what the ciphers
 * add that HTTP/2 may use (RFC 9113 §9.2.2): header, number and tag.
 */
export const CONTROL_RECORD = 46

/** Tickets that are sent one by one leave in one go; answers in segments of one size come as they are asked for. */
const ONE_GO = 100e6
/** What ends the client's handshake, and one request: more requests may have had an answer each, of one length. */
const ONE_REQUEST = 2

/** What a library says by itself when a handshake of TLS 1.3 is over; frames are ids, times nanoseconds. */
export interface Tickets {
  readonly frames: readonly number[]
  readonly count: number
  /** Of each record, its header included. */
  readonly bytes: number
  readonly time: number
}

/**
 * The session tickets of a server that has said nothing else since the handshake, to a client that asked for something; null where it
 * did. Tickets are of one length (RFC 8446 §4.6.1 has a server send as many as it likes, and libraries send two or more), answers are not.
 */
export function ticketsAlone(flow: FlowView): Tickets | null {
  if (!isTls(flow) || !hasAskedInTls(flow)) return null
  const said = flow.signals(Signal.REPLY).filter(({ value }, index) => index > 0 && value >= 0)
  const last = said.at(-1)
  // With its fill of these a flow may have been told more than is kept.
  if (last === undefined || flow.signalCount(Signal.REPLY) >= CAPS[Signal.REPLY]!) return null
  const tickets = said.length > 1 && isAlert(last) ? said.slice(0, -1) : said
  const bytes = lengthOf(tickets[0]!)
  const count = tickets.reduce((sum, { value }) => sum + recordsOf(value), 0)
  if (count < LEAST_TICKETS || !tickets.every((segment) => lengthOf(segment) === bytes)) return null
  if (tickets.length > 1 && !isOneGo(flow, tickets)) return null
  return { frames: tickets.map(({ frame }) => frame), count, bytes, time: tickets.at(-1)!.time }
}

const isTls = (flow: FlowView): boolean =>
  flow.speech(flow.client) === Speech.TLS && flow.speech(flow.server) === Speech.TLS

/** The segments came together, to a client that had asked for one thing. */
const isOneGo = (flow: FlowView, segments: readonly SignalView[]): boolean =>
  segments.at(-1)!.time - segments[0]!.time < ONE_GO && saidSinceHello(flow) <= ONE_REQUEST

/** The client said more than what ends its handshake, and an alert: in one segment with that, or in another. */
function hasAskedInTls(flow: FlowView): boolean {
  const last = newestSize(flow)
  if (saidSinceHello(flow) < ONE_REQUEST) return last > FINISHED + CONTROL_RECORD
  return last === ALERT || last > CONTROL_RECORD
}

/** Segments of the client behind its first words, but for an alert that came last. */
const saidSinceHello = (flow: FlowView): number =>
  flow.segments(flow.client) - flow.firstRun - (newestSize(flow) === ALERT ? 1 : 0)

const newestSize = (flow: FlowView): number => flow.newestBeat?.size ?? 0

const recordsOf = (value: number): number => value >>> ReplyShape.RECORDS

/** Bytes of each record of a segment whose records are all alike; NaN for others. */
const lengthOf = ({ value }: SignalView): number => {
  const records = recordsOf(value)
  return records === 0 ? Number.NaN : (value & ReplyShape.BYTES) / records
}

const isAlert = (segment: SignalView): boolean => lengthOf(segment) === ALERT && recordsOf(segment.value) === 1
