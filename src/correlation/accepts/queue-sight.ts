import type { LogEvent } from '../../log/event.ts'
import type { LoggedProcess } from '../processes/logged-process.ts'

/** What a listing of sockets says of whether a connection was taken out of the accept queue. */
export interface QueueSight {
  readonly process: LoggedProcess
  readonly event: LogEvent
  /** True where it is in the queue; false where it was taken out. */
  readonly waits: boolean
  /** What it says, in words: with its line, and what its columns show. */
  readonly says: string
  readonly shows: string
  /** Where the row is of the connection itself, and not of the socket that listens. */
  readonly row: {
    /** Bytes that had come and were not read; null where the listing does not tell. */
    readonly unread: number | null
    /** All that its client sends in the capture is among them: nothing took it until then. */
    readonly isOfAll: boolean
    /** Counted from other rows and not told by its own: a listing that was cut or filtered would count otherwise. */
    readonly isCounted: boolean
  } | null
}

/** True where the row itself proves that the connection waits, with all that its client has sent: no other reading is left. */
export const provesWaiting = ({ waits, row }: QueueSight): boolean => waits && row?.isOfAll === true && !row.isCounted
