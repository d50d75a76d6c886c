import type { LogEvent } from '../../log/event.ts'

/** Whether a line without a handle speaks of a listening socket. */
export const speaksOfListening = ({ text }: LogEvent): boolean => /listen|accept|server socket/i.test(text)

/**
 * How a socket's life ended. `number-reused`: the system gave its handle or address out again, so it was closed before.
 * `not-kept`: what became of it may be in lines that were not kept.
 */
export type Ending = 'closed' | 'idle-closed' | 'peer-closed' | 'number-reused' | 'process-ended' | 'not-kept'

/** A place in the process's table that a socket was given; `certain` is false where another socket could be meant. */
export interface Attachment {
  readonly slot: number | null
  readonly event: LogEvent
  readonly certain: boolean
}

/** One socket from its first to its last line. The same handle, used again by the system, is another life. */
export interface SocketLife {
  /** Handle as printed, or `address:port` where the log names sockets by their peer. */
  readonly key: string
  handle: string | null
  readonly process: string | null
  readonly first: LogEvent
  readonly created: LogEvent | null
  /** The accept line that made it, the one that names the peer where two tell of it; null for others. */
  accepted: LogEvent | null
  /** All lines that tell of its accept. */
  toldBy: LogEvent[]
  bind: LogEvent | null
  bindFailed: LogEvent | null
  listening: LogEvent | null
  /** Slots it was stored in. */
  attachments: Attachment[]
  readable: LogEvent[]
  notMatched: LogEvent[]
  received: LogEvent[]
  sent: LogEvent[]
  /** Name of the link it carries, where a line of its thread tells. */
  name: string | null
  detached: LogEvent | null
  ended: { readonly event: LogEvent; readonly how: Ending } | null
}

/** A socket stored in a slot of the process's table. */
export interface SlotWrite {
  readonly slot: number
  readonly event: LogEvent
  readonly life: SocketLife | null
  /** Whose place it took, by the stores before or by its own words, where that one was neither closed nor detached before. */
  readonly over: SocketLife | null
  /** A close that names no socket lies between: it may have been the former owner's. */
  readonly excusable: boolean
  /** True where the socket had another place in the table before: nobody looked for a free one. */
  readonly moves: boolean
}

/** What one log tells of its process's sockets. */
export interface SocketTable {
  readonly lives: readonly SocketLife[]
  /** Those of them that were listened on, in the order of their lines. */
  readonly listeners: readonly SocketLife[]
  readonly writes: readonly SlotWrite[]
  /** Closes that name neither handle, link nor a thread with a socket. */
  readonly anonymousCloses: readonly LogEvent[]
  /** accept() errors, connect results and status lines belong to no one socket's life. */
  readonly others: readonly LogEvent[]
  /** Which life each of these lines was taken to speak of. */
  readonly livesOf: (events: readonly LogEvent[]) => ReadonlyMap<LogEvent, SocketLife>
}

/** The line that tells of a life's end; null where none does, though it may have ended. */
export const toldEnd = ({ ended }: SocketLife): LogEvent | null =>
  ended === null || ended.how === 'number-reused' || ended.how === 'not-kept' ? null : ended.event

/** A socket unit's socket is systemd's own: it listens on whatever becomes of the service. */
export const isOfUnit = ({ text }: LogEvent): boolean => /\blistening on [\w@:.-]{1,60}\.socket\b/i.test(text)

/** What lives share that lack lines of a kind, as most do of most kinds: see `withOne`. */
const NO_EVENTS: LogEvent[] = []
const NO_ATTACHMENTS: Attachment[] = []

/** A list of a life with one more. One that is empty may be shared, and is left as it is. */
export function withOne<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one]
  list.push(one)
  return list
}

/** Begins a life with the line that first tells of it. */
export function bornWith(event: LogEvent, key: string, made: 'created' | 'accepted' | 'seen'): SocketLife {
  return {
    key,
    handle: event.handle,
    process: event.process,
    first: event,
    created: made === 'created' ? event : null,
    accepted: made === 'accepted' ? event : null,
    toldBy: made === 'accepted' ? [event] : NO_EVENTS,
    bind: null,
    bindFailed: null,
    listening: null,
    attachments: NO_ATTACHMENTS,
    readable: NO_EVENTS,
    notMatched: NO_EVENTS,
    received: NO_EVENTS,
    sent: NO_EVENTS,
    name: null,
    detached: null,
    ended: null,
  }
}

/** The port that a socket listens on, from its listening line or from the bind before it; null where neither tells. */
export const listeningPort = ({ listening, bind }: SocketLife): number | null =>
  listening === null ? null : (listening.port ?? bind?.port ?? null)

/** Its address likewise; null where no line tells it. */
export const listeningAddress = ({ listening, bind }: SocketLife): string | null =>
  listening?.address ?? bind?.address ?? null

/** What Windows and Java call the readiness of a listening socket, and of no other. */
const READY_TO_ACCEPT = /\b(?:FD|OP)_ACCEPT\b/
/** Whether it listens as far as lines tell: they say so, it was bound to a port, or the poll reported that it has somebody to accept. */
export const isListener = ({ listening, bind, readable }: SocketLife): boolean =>
  listening !== null || (bind?.port ?? 0) > 0 || readable.some(({ text }) => READY_TO_ACCEPT.test(text))
