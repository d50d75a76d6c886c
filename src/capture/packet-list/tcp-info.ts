/** The control bits by which a packet list is understood (RFC 9293 §3.1). */
export const ControlBit = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32, ECE: 64, CWR: 128 } as const

/** An option as Wireshark's Info column shows it, in the order of the wire. */
export interface ListedOption {
  readonly kind: 'mss' | 'window-scale' | 'sack-permitted' | 'timestamps' | 'sack'
  readonly values: readonly number[]
}

/** A TCP segment as Wireshark's Info column shows it, or tcpdump. */
export interface ListedSegment {
  readonly printedBy: 'wireshark' | 'tcpdump'
  /** As printed: a number, a service's name, or what masks it. */
  readonly sourcePort: string
  readonly destinationPort: string
  /** The header's control bits. */
  readonly flags: number
  /** Null where tcpdump left it out. */
  readonly seq: number | null
  readonly ack: number
  /** As printed: scaled where Wireshark knew the scale; tcpdump scales none. */
  readonly window: number
  readonly payloadLength: number
  readonly urgent: number
  readonly options: readonly ListedOption[]
  /** Wireshark saw that the ports were used again, with another initial sequence number. */
  readonly portsReused: boolean
}

/** The Length column and the Info column of one line. */
export interface ListedInfo {
  /** Null where the list has no such column. */
  readonly length: number | null
  readonly segment: ListedSegment
}

// The arrow as exported, as typed, as HTML, and as it looks after a detour through code pages 850 and 1252.
const ARROW = String.raw`(?:→|->|=>|>|&gt;|ÔåÆ|â†’|\u2192)`
const LINE = new RegExp(
  String.raw`^(?:(?<length>\d+)\s+)?(?<notes>(?:\[[^\]]*\]\s*)*)(?<source>[^\s[\]]+?)\s*${ARROW}\s*(?<destination>[^\s[\]]+)\s+(?<more>(?:\[TCP[^\]]*\]\s*)*)\[(?<flags>[A-Za-z<>, ]*)\](?<fields>.*)$`,
)
const FIELD = /\b([A-Za-z_]+)=(\d+)|\bSACK_PERM\b/g
const NAMED_PORT = /^[^()]+\((\d+)\)$/
const NAMED_BITS: Readonly<Record<string, number>> = {
  FIN: ControlBit.FIN,
  SYN: ControlBit.SYN,
  RST: ControlBit.RST,
  PSH: ControlBit.PSH,
  ACK: ControlBit.ACK,
  URG: ControlBit.URG,
  ECE: ControlBit.ECE,
  ECN: ControlBit.ECE,
  CWR: ControlBit.CWR,
}
const LARGEST_PORT = 65_535
const SHORTEST_HEADERS = 40
const LONGEST_LINK_HEADER = 22

/** Reads what follows the Protocol column; null where it is no TCP segment. */
export function readTcpInfo(text: string): ListedInfo | null {
  const groups = LINE.exec(text)?.groups
  if (groups === undefined) return null
  const flags = flagsOf(groups['flags']!)
  if (flags === null) return null
  const fields = fieldsOf(groups['fields']!)
  const payloadLength = fields.first['Len'] ?? 0
  const split = splitGlued(groups['length'], groups['source']!, payloadLength)
  const segment: ListedSegment = {
    printedBy: 'wireshark',
    sourcePort: portOf(split.port),
    destinationPort: portOf(groups['destination']!),
    flags,
    seq: fields.first['Seq'] ?? 0,
    ack: fields.first['Ack'] ?? 0,
    window: fields.first['Win'] ?? 0,
    payloadLength,
    urgent: fields.first['Urg'] ?? 0,
    options: fields.options,
    portsReused: groups['notes']!.includes('Port numbers reused'),
  }
  return { length: split.length, segment }
}

function flagsOf(text: string): number | null {
  let flags = 0
  for (const name of text.split(',')) {
    const bit = NAMED_BITS[name.trim()]
    // AE and NS have no bit in the header's 14th byte.
    if (bit === undefined && !/^(?:AE|NS|Reserved|<None>|)$/.test(name.trim())) return null
    flags |= bit ?? 0
  }
  return flags
}

function portOf(text: string): string {
  return NAMED_PORT.exec(text)?.[1] ?? text
}

/** Lists lose the blank between Length and Info when they are pasted: `40xx`, `5261169`. */
function splitGlued(
  length: string | undefined,
  port: string,
  payload: number,
): { length: number | null; port: string } {
  if (length !== undefined) return { length: Number(length), port }
  const beforeLabel = /^(\d+)([A-Za-z*?].*)$/.exec(port)
  if (beforeLabel) return { length: Number(beforeLabel[1]), port: beforeLabel[2]! }
  if (!/^\d+$/.test(port) || Number(port) <= LARGEST_PORT) return { length: null, port }
  for (let at = 2; at < port.length; at++) {
    const headers = Number(port.slice(0, at)) - payload
    const rest = port.slice(at)
    const possible = headers >= SHORTEST_HEADERS && headers <= SHORTEST_HEADERS + 60 + LONGEST_LINK_HEADER
    if (possible && !rest.startsWith('0') && Number(rest) <= LARGEST_PORT)
      return { length: Number(port.slice(0, at)), port: rest }
  }
  return { length: null, port }
}

interface Fields {
  readonly first: Readonly<Record<string, number | undefined>>
  readonly options: ListedOption[]
}

function fieldsOf(text: string): Fields {
  const first: Record<string, number | undefined> = Object.create(null)
  const options: ListedOption[] = []
  const edges: number[] = []
  for (const [, name, digits] of text.matchAll(FIELD)) {
    const value = Number(digits)
    if (name === undefined || name === 'SACK_PERM') options.push({ kind: 'sack-permitted', values: [] })
    else if (name === 'MSS') options.push({ kind: 'mss', values: [value] })
    else if (name === 'WS') options.push({ kind: 'window-scale', values: [value] })
    else if (name === 'TSecr') options.push({ kind: 'timestamps', values: [first['TSval'] ?? 0, value] })
    else if (name === 'SLE' && edges.length === 0) options.push({ kind: 'sack', values: edges })
    if (name === 'SLE' || name === 'SRE') edges.push(value)
    if (name !== undefined) first[name] ??= value
  }
  return { first, options }
}
