import type { ListedPacket, StampedLine } from './packet-list-line.ts'
import type { ListTime } from './packet-list-time.ts'
import { ControlBit, type ListedOption, type ListedSegment } from './tcp-info.ts'

/** With `-v` the first line of a segment's two: it has the stamp. */
export interface TcpdumpHead {
  readonly head: ListTime
}

const FLAGS = ': Flags ['
const ARROW = ' > '
const SPACE = 32
const LETTERS: Readonly<Record<string, number>> = {
  F: ControlBit.FIN,
  S: ControlBit.SYN,
  R: ControlBit.RST,
  P: ControlBit.PSH,
  '.': ControlBit.ACK,
  U: ControlBit.URG,
  E: ControlBit.ECE,
  W: ControlBit.CWR,
}
const NO_FLAGS = 'none'
const SEQ = /, seq (\d+)/
const ACK = /, ack (\d+)/
const WINDOW = /, win (\d+)/
const URGENT = /, urg (\d+)/
const LENGTH = /, length (\d+)/
const OPTIONS = ', options ['
const OPTION = /mss (\d+)|wscale (\d+)|(sackOK)|TS val (\d+) ecr (\d+)|sack \d+ ((?:\{\d+:\d+\})+)/g
const EDGE = /\d+/g
/** With `-i any` the interface and the direction stand before the protocol, with `-e` the link header. */
const PACKET =
  /^(?:\S+\s+(?:In|Out|B|M|P)\s+)?(?:IP6? \(|IP6? \S+ > |ARP, |ifindex \d|ethertype |[\da-f]{2}(?::[\da-f]{2}){5}(?: \(oui [^)]*\))? > )/
const TCP_FOLLOWS = /\bproto TCP \(6\)/
const IPV6 = /\bIP6 |\bethertype IPv6 /

/** Reads a line; `head` is the stamp of the line before, if that was a head. Null where it is no packet. */
export function readTcpdumpLine(line: StampedLine, head: ListTime | null): ListedPacket | TcpdumpHead | null {
  const { text, number, stamp } = line
  const time = stamp?.time ?? head
  if (time === null) return null
  const at = text.indexOf(FLAGS)
  if (at >= 0) return segmentLine(text, at, number, time)
  if (stamp === null || !PACKET.test(text.slice(stamp.end).trimStart())) return null
  if (TCP_FOLLOWS.test(text)) return { head: stamp.time }
  return { number, time, source: '', destination: '', protocol: '', isIpv6: false, length: null, segment: null }
}

function segmentLine(line: string, at: number, number: number | null, time: ListTime): ListedPacket | null {
  const arrow = lastArrow(line, at)
  const flagsEnd = line.indexOf(']', at)
  if (arrow < 0 || flagsEnd < 0) return null
  const source = endOf(line.slice(startOfWord(line, arrow), arrow))
  const destination = endOf(line.slice(arrow + ARROW.length, at))
  const flags = flagsOf(line.slice(at + FLAGS.length, flagsEnd))
  if (source === null || destination === null || flags === null) return null
  const fields = line.slice(flagsEnd + 1)
  const seq = SEQ.exec(fields)?.[1]
  const segment: ListedSegment = {
    printedBy: 'tcpdump',
    sourcePort: source.port,
    destinationPort: destination.port,
    flags,
    seq: seq === undefined ? null : Number(seq),
    ack: numberIn(fields, ACK),
    window: numberIn(fields, WINDOW),
    payloadLength: numberIn(fields, LENGTH),
    urgent: numberIn(fields, URGENT),
    options: optionsOf(fields),
    portsReused: false,
  }
  return {
    number,
    time,
    source: source.host,
    destination: destination.host,
    protocol: 'TCP',
    isIpv6: IPV6.test(line.slice(0, arrow)) || source.host.includes(':'),
    length: null,
    segment,
  }
}

/** Before `end`: with `-e` there is one between the link addresses, too. */
function lastArrow(line: string, end: number): number {
  let last = -1
  for (let at = line.indexOf(ARROW); at >= 0 && at < end; at = line.indexOf(ARROW, at + 1)) last = at
  return last
}

function startOfWord(line: string, end: number): number {
  let at = end
  while (at > 0 && line.charCodeAt(at - 1) !== SPACE) at--
  return at
}

/** An address or a name, and behind its last dot the port. */
function endOf(text: string): { host: string; port: string } | null {
  const dot = text.lastIndexOf('.')
  if (dot <= 0 || dot === text.length - 1 || text.includes(' ')) return null
  return { host: text.slice(0, dot), port: text.slice(dot + 1) }
}

function flagsOf(letters: string): number | null {
  if (letters === NO_FLAGS) return 0
  let flags = 0
  for (const letter of letters) {
    const bit = LETTERS[letter]
    if (bit === undefined) return null
    flags |= bit
  }
  return flags
}

const numberIn = (fields: string, field: RegExp): number => Number(field.exec(fields)?.[1] ?? 0)

function optionsOf(fields: string): ListedOption[] {
  const start = fields.indexOf(OPTIONS)
  if (start < 0) return []
  const options: ListedOption[] = []
  for (const [, mss, shift, sackOk, value, echo, edges] of fields.slice(start).matchAll(OPTION)) {
    if (mss !== undefined) options.push({ kind: 'mss', values: [Number(mss)] })
    else if (shift !== undefined) options.push({ kind: 'window-scale', values: [2 ** Number(shift)] })
    else if (sackOk !== undefined) options.push({ kind: 'sack-permitted', values: [] })
    else if (value !== undefined) options.push({ kind: 'timestamps', values: [Number(value), Number(echo)] })
    else if (edges !== undefined) options.push({ kind: 'sack', values: (edges.match(EDGE) ?? []).map(Number) })
  }
  return options
}
