import type { LogEvent } from '../log/event.ts'

/** How a socket's life ended. `number-reused`: the system gave its handle or address out again, so it was closed before. */
export type Ending = 'closed' | 'idle-closed' | 'peer-closed' | 'number-reused' | 'process-ended'

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
  readonly toldBy: LogEvent[]
  bind: LogEvent | null
  bindFailed: LogEvent | null
  listening: LogEvent | null
  /** Slots it was stored in; `certain` is false where another socket could be meant. */
  readonly attachments: { readonly slot: number | null; readonly event: LogEvent; readonly certain: boolean }[]
  readonly readable: LogEvent[]
  readonly notMatched: LogEvent[]
  readonly received: LogEvent[]
  readonly sent: LogEvent[]
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
  /** Whose place it took, where that one was neither closed nor detached before. */
  readonly over: SocketLife | null
  /** A close that names no socket lies between: it may have been the former owner's. */
  readonly excusable: boolean
}

/** What one log tells of its process's sockets. */
export interface SocketTable {
  readonly lives: readonly SocketLife[]
  readonly writes: readonly SlotWrite[]
  /** Closes that name neither handle, link nor a thread with a socket. */
  readonly anonymousCloses: readonly LogEvent[]
  /** accept() errors, connect results and status lines belong to no one socket's life. */
  readonly others: readonly LogEvent[]
  /** Which life a line was taken to speak of. */
  readonly lifeOf: ReadonlyMap<LogEvent, SocketLife>
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
    toldBy: made === 'accepted' ? [event] : [],
    bind: null,
    bindFailed: null,
    listening: null,
    attachments: [],
    readable: [],
    notMatched: [],
    received: [],
    sent: [],
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
