import { Column, Flag, PACKET, PacketField, State } from './layout'
import { column } from './memory'
import {
  ack as ackOf,
  fingerprint,
  flags as flagsOf,
  headerLengthOf,
  ports as portsOf,
  seq as seqOf,
  ttl as ttlOf,
  window as windowOf,
} from './plain-segment'

/** The TCP packet that is being followed, in whichever way its fields were read. */

/** Nanoseconds since the run's epoch. */
export let time: f64 = 0
/** Length of its frame on the wire. */
export let original: u32 = 0
export let frameId: i32 = 0
/** `State.IPV6`, or 0. */
export let version: i32 = 0
/** Addresses as rows have them: IPv4 words, or numbers of the program's table. */
export let from: i32 = 0
export let to: i32 = 0
/** Source port in the upper half, destination port in the lower. */
export let ports: i32 = 0
export let seq: i32 = 0
export let ack: i32 = 0
/** Control bits: see `Flag`. */
export let flags: i32 = 0
export let window: i32 = 0
/** As the IP header promises it. */
export let payloadLength: i32 = 0
/** IP identification in the upper half, TCP checksum in the lower: equal where the capture recorded a packet twice. */
export let print: i32 = 0
export let ttl: i32 = 0
/** Where what was captured of its options and of its payload starts and ends. */
export let optionsAt: usize = 0
export let optionsEnd: usize = 0
export let payloadAt: usize = 0
export let payloadEnd: usize = 0

/** IP identification; 0 for IPv6, and where a system leaves it out. */
export function ipId(): i32 {
  return print >>> 16
}

/** The number of its first byte of payload: a SYN takes one before it (Fast Open, RFC 7413). */
export function payloadSeq(): i32 {
  return (flags & Flag.SYN) !== 0 ? seq + 1 : seq
}

/** Reads the plain segment of a frame of the batch. */
export function readSegment(index: i32, id: i32): void {
  const segment: usize = column(Column.SEGMENT, index)
  payloadLength = column(Column.PAYLOAD, index)
  payloadAt = segment + headerLengthOf(segment)
  const end = min(<usize>column(Column.END, index), payloadAt + payloadLength)
  time = load<f64>(Column.TIME + (index << 3))
  original = column(Column.ORIGINAL, index)
  frameId = id
  version = column(Column.VERSION, index)
  from = column(Column.FROM, index)
  to = column(Column.TO, index)
  ports = portsOf(segment)
  seq = seqOf(segment)
  ack = ackOf(segment)
  flags = flagsOf(segment)
  window = windowOf(segment)
  print = fingerprint(index, segment)
  ttl = ttlOf(index, segment)
  payloadEnd = max(end, payloadAt)
  optionsAt = segment + 20
  optionsEnd = min(end, payloadAt)
}

/** Reads the packet that the program has decoded. */
export function readDecoded(): void {
  time = load<f64>(PACKET + PacketField.TIME)
  original = field(PacketField.ORIGINAL)
  frameId = field(PacketField.FRAME_ID)
  version = field(PacketField.IS_IPV6) !== 0 ? State.IPV6 : 0
  from = field(PacketField.FROM)
  to = field(PacketField.TO)
  ports = field(PacketField.PORTS)
  seq = field(PacketField.SEQ)
  ack = field(PacketField.ACK)
  flags = field(PacketField.FLAGS)
  window = field(PacketField.WINDOW)
  payloadLength = field(PacketField.PAYLOAD_LENGTH)
  print = field(PacketField.FINGERPRINT)
  ttl = field(PacketField.TTL)
  optionsAt = PACKET + PacketField.OPTIONS
  optionsEnd = optionsAt + field(PacketField.OPTIONS_LENGTH)
  payloadAt = PACKET + PacketField.PAYLOAD
  payloadEnd = payloadAt + field(PacketField.CAPTURED_LENGTH)
}

function field(place: i32): i32 {
  return load<i32>(PACKET + place)
}
