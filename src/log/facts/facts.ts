import type { EventKind, LogEvent } from '../event.ts'
import { wording, words } from '../wording.ts'
import { type Endpoint, endpointsIn, portIn } from './endpoint.ts'
import { errorNameOf } from './errors.ts'

/** What a message says besides what happened. */
export type Facts = Pick<
  LogEvent,
  | 'handle'
  | 'listener'
  | 'handles'
  | 'slot'
  | 'name'
  | 'address'
  | 'port'
  | 'peerAddress'
  | 'peerPort'
  | 'bytes'
  | 'errno'
  | 'errorName'
  | 'value'
>

type Groups = Readonly<Record<string, string | undefined>>

// Windows prints handles in hexadecimal with and without 0x: `000003A4`.
// No gap stands beside another one: a line of blanks would be divided among them in every way.
const NUMBER = words`(0x[0-9a-f]{1,16}|\d[0-9a-f]{0,19}|(?=[a-f]{0,15}\d)[0-9a-f]{6,16})`
/** Words for a socket's number, then the number: `fd=6`, `Socket 932`, `sock[7]`, `descriptor: 12`, `handle 0x3a4`. */
const HANDLE = wording`
  (?<![a-z_])(?:
    fd|fd_isset|fd_clr|fd_set\(|ident|recv\(|read\(|send\(|write\(|listen\(|bind\(|shutdown\(|close\(|sockfd|sock_fd|client_fd|conn_fd
    |socket|sock|sd|fileno|handle|hsock|hsocket|closesocket|wsasocket|descriptor
    |descripteur|deskriptor|сокет|дескриптор|gniazdo|soket|套接字|描述符|句柄|ソケット|ハンドル|소켓|핸들
  )(?: *(?:id|returned|no\.?|number|handle|fd|descriptor))? *
    (?:[=:#([] *|(?<=(?:fd|descriptor|handle) )is (?=\w{1,18} *(?:[,;)]|$)))?${NUMBER}(?!\w|[.:]\d)
`
const LISTENER = wording`
  (?<![a-z])(?:
    listen(?:er|ing)?(?:[ _-]?(?:fd|socket|sock|handle))?|server[ _-]?(?:fd|socket)|lfd
  ) *(?:[=:#([] *)?${NUMBER}(?!\w|[.:]\d)
`
const BYTES = wording`
  (?<![\w.])(\d{1,15}) *(?:bytes?|octets?|B)\b(?!=)
  |\b(?:bytes|len|length|size|nbytes|count|n|written)(?: (?:received|read|sent|written))? *[=:] *(\d{1,15})
    (?![\w.])
  |\((?:\d{0,9})\) *(?:=|returned|->) *(\d{1,15})\b
`
const ERRNO = wording`
  (?:
    \berrno|\berror(?:[ _-]?(?:code|no|number))?|\bos error|\brc|\bWSAGetLastError(?:\(\))?|\bWinError
    |\bfailed *[:=(]|\bSocketException *\(
  ) *(?:[=:(#] *)?(-?\d{1,5})(?![\w.])
  |^\((\d{1,5})\)
`
const SLOT = wording`
  (?:\b|_)(?:slots?|index|idx|i|entry|position|pos|cell|element|token|key) *[=:#[(] *(\d{1,9})(?!\w)
  |\b(?:slot|index|idx|entry|position|pos|cell|element|token|key) (\d{1,9})\b
`
/** A connection's number, where it stands for its place in a table of them. */
const CONNECTION_NUMBER = wording`
  \b(?:conn(?:ection)?|client|session|link)[ \t_-]?(?:id|no|nr|number|#) *(?:[=:#(] *)?(\d{1,9})(?!\w)
`
/** Which table a line is about, where a process has several: `client table`, `uplinkPool`; not what is done to the only one. */
const TABLE = wording`
  \b(?!(?:the|its|our|this|in|into|from|of|to|at|by|compact\w{1,3}|rebuil\w{1,4}|updat\w{1,3})\b)(\w{2,30}?)[ \t_-]?
    (?:table|list|map|pool|registry|vector)\b
`
/** Why a connection was closed, as its line says: `reason=x`, `closed (x)`, `closed: x`. */
const REASON = wording`
  \breason *[=:] *(?:"([^"]{1,80})"|([^\s,;]{1,80}))
  |\bclosed? *\((?!\d{1,9}\))([^)]{1,80})\)|\bclosed: *(.{1,80})
`
const PEER_PORT = wording`
  \b(?:(?:remote|peer|client|r)[_. -]?port *[=:]|(?:from|remote|peer|client|source) port) *(\d{1,5})(?!\w)
`
/** The listening socket's port in a line about a client. */
const ON_PORT = /\bon[ \t]+(?:tcp[ \t]+|local[ \t]+|listen\w{0,4}[ \t]+)?port[ \t]*[=:#]?[ \t]*(\d{1,5})(?!\w)/i
const LOCAL_PORT = /\blocal[_. -]?port[ \t]*[=:][ \t]*(\d{1,5})(?!\w)/i
const PEER_WORD = wording`
  (?<![a-z])(?:
    from
    |(?:peer|client|remote)(?:[_.-]?(?:addr(?:ess)?|ip|host))?
    |raddr|rhost|src|source|by|to|with|upstream|host
  ) *(?:[=:] *)?["'(/[]{0,3}$
`
const LOCAL_WORD = wording`
  (?<![a-z])(?:on|at|addr|address|local|laddr|listen|listening|listener|bind|interface|server|via) *
    (?:[=:] *)?["'(/[]{0,3}$
`

/** Go names both ends: `read tcp LOCAL->REMOTE`. */
const GO_LOCAL = /\b(?:read|write|dial|accept|close)[ \t]+tcp[46]?[ \t]+$/
/** Netty names its own end so: `[id: 0x1a2b, L:/10.1.2.9:9000 - R:/10.1.2.3:50022]`. */
const NETTY_LOCAL = /\bL:\/?$/
/** Java names the other end so: `Socket[addr=/10.1.2.3,port=50022,localport=9000]`. */
const JAVA_SOCKET = /(?<![a-z])Socket\[addr=\/$/i
const OWN_WORD = /(?<![a-z])(?:from|local|laddr|source|src|bind|via)[ \t]*(?:[=:][ \t]*)?["'(/[]{0,3}$/i

/** Beside an address, what may be its port though nothing says so: no size, no time. */
const PORT_BESIDE = wording`
  ^["']? (?:\((?:source|remote|client|src)? ?port[ \t:=]{0,2})?(\d{4,5})
    (?![\w.:]| *(?:[kKM]?B|bytes?|octets?|[mun]?s)\b)
`
/** Kinds whose line has no other numbers of that size beside the peer's address. */
const NO_SIZES: ReadonlySet<EventKind> = new Set(['accept', 'close', 'peer-close'])

/** Kinds whose line names what was connected to, be it called the server or not. */
const TARGET_KINDS: ReadonlySet<EventKind> = new Set(['connect', 'connected', 'connect-failed'])
/** Kinds whose line names this end's address, unless a word says otherwise. All others name the peer's. */
const LOCAL_KINDS: ReadonlySet<EventKind> = new Set([
  'bind',
  'bind-failed',
  'listening',
  'socket-created',
  'accept-failed',
  'queue-length',
])
const SLOT_KINDS: ReadonlySet<EventKind> = new Set(['attach', 'detach'])
/** The place that a listening socket is given as it begins to listen: an index there may be one of workers, or of addresses. */
const LISTENERS_SLOT = wording`\b(?:slot|entry) *[=:#[(]? *(\d{1,9})(?!\w)`
const SIZED_KINDS: ReadonlySet<EventKind> = new Set(['recv', 'send'])
const NONE: readonly string[] = []
const FAILED_KINDS: ReadonlySet<EventKind> = new Set([
  'bind-failed',
  'accept-failed',
  'connect-failed',
  'error',
  'peer-close',
  'close',
])

/** Takes the facts out of a message. What the event pattern's own groups name outranks what is found by its words. */
export function factsOf(kind: EventKind, message: string, groups: Groups): Facts {
  const ends = endsOf(kind, message, groups)
  const errno = numberOf(groups['errno'] ?? (FAILED_KINDS.has(kind) ? firstGroup(ERRNO.exec(message)) : undefined))
  const handles = groups['handles']?.match(/0x[0-9a-f]+|\d+/gi) ?? NONE
  const listener = groups['listener'] === undefined && kind === 'accept' ? LISTENER.exec(message) : null
  const rest = listener === null ? message : message.replace(listener[0], '')
  // Every property is named: spreading into an event took most of the time and three times the memory.
  return {
    handle: groups['handle'] ?? handleIn(rest, handles),
    listener: groups['listener'] ?? listener?.[1] ?? null,
    handles,
    slot: numberOf(groups['slot'] ?? slotOf(kind, message)),
    name: groups['name'] ?? (SLOT_KINDS.has(kind) ? TABLE.exec(message)?.[1]?.toLowerCase() : undefined) ?? null,
    address: ends.address,
    port: ends.port,
    peerAddress: ends.peerAddress,
    peerPort: ends.peerPort,
    bytes: numberOf(groups['bytes'] ?? (SIZED_KINDS.has(kind) ? firstGroup(BYTES.exec(message)) : undefined)),
    errno,
    errorName: FAILED_KINDS.has(kind) ? errorNameOf(message, errno) : null,
    value: groups['value'] ?? (kind === 'close' ? firstGroup(REASON.exec(message)) : undefined) ?? null,
  }
}

function slotOf(kind: EventKind, message: string): string | undefined {
  if (kind === 'listening') return LISTENERS_SLOT.exec(message)?.[1]
  if (!SLOT_KINDS.has(kind)) return undefined
  return firstGroup(SLOT.exec(message)) ?? firstGroup(CONNECTION_NUMBER.exec(message))
}

function handleIn(message: string, handles: readonly string[]): string | null {
  if (handles.length > 0) return handles.length === 1 ? handles[0]! : null
  return HANDLE.exec(message)?.[1] ?? null
}

type Ends = Pick<Facts, 'address' | 'port' | 'peerAddress' | 'peerPort'>

function endsOf(kind: EventKind, message: string, groups: Groups): Ends {
  let local: Endpoint | null = null
  let peer: Endpoint | null = null
  for (const endpoint of endpointsIn(message)) {
    if (endpoint.address === groups['peerAddress'] || isPeer(kind, message, endpoint)) peer ??= endpoint
    else local ??= endpoint
  }
  const beside =
    peer !== null && peer.port === null && NO_SIZES.has(kind) ? PORT_BESIDE.exec(message.slice(peer.end)) : null
  const peerPort = numberOf(groups['peerPort'] ?? PEER_PORT.exec(message)?.[1] ?? beside?.[1])
  const onPort = kind === 'accept' && local === null ? ON_PORT.exec(message)?.[1] : undefined
  const isPortless = local === null || (local.port === null && LOCAL_KINDS.has(kind))
  const bare = isPortless && peer === null && peerPort === null ? portIn(message) : null
  const bareIsLocal = LOCAL_KINDS.has(kind) || kind === 'accept'
  return {
    address: groups['address'] ?? local?.address ?? null,
    port:
      numberOf(groups['port'] ?? LOCAL_PORT.exec(message)?.[1] ?? onPort) ?? local?.port ?? (bareIsLocal ? bare : null),
    peerAddress: groups['peerAddress'] ?? peer?.address ?? null,
    peerPort: peerPort ?? peer?.port ?? (bareIsLocal ? null : bare),
  }
}

function isPeer(kind: EventKind, message: string, endpoint: Endpoint): boolean {
  const before = message.slice(Math.max(0, endpoint.start - 20), endpoint.start)
  if (GO_LOCAL.test(before) && message.startsWith('->', endpoint.end)) return false
  if (NETTY_LOCAL.test(before)) return false
  if (JAVA_SOCKET.test(before)) return true
  if (TARGET_KINDS.has(kind)) return !OWN_WORD.test(before)
  if (LOCAL_KINDS.has(kind))
    return /(?<![a-z])(?:from|peer|client|remote|raddr)[ \t]*(?:[=:][ \t]*)?["'(/[]{0,3}$/i.test(before)
  return PEER_WORD.test(before) || !LOCAL_WORD.test(before)
}

function firstGroup(match: RegExpExecArray | null): string | undefined {
  if (match === null) return undefined
  for (let i = 1; i < match.length; i++) if (match[i] !== undefined) return match[i]
  return undefined
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits)
}
