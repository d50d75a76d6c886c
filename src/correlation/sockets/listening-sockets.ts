import type { LogEvent } from '../../log/event.ts'
import { listeningPort, type SocketLife, speaksOfListening } from './socket-life.ts'

/** The sockets that a log's processes listen on, by process and port; of several on one port the last. */
export class ListeningSockets {
  readonly #byPort = new Map<string, SocketLife>()

  add(life: SocketLife): void {
    this.#byPort.set(keyOf(life.process, listeningPort(life)), life)
  }

  /** The open one that a close without a handle is of: by its port, else by its thread's socket, else the only one that there is. */
  closedBy(event: LogEvent, ofThread: SocketLife | null): SocketLife | null {
    if (event.port !== null && event.peerPort === null && speaksOfListening(event))
      return openOne(this.#byPort.get(keyOf(event.process, event.port)))
    if (event.pattern !== 'listener-closed') return null
    if (ofThread?.listening) return openOne(ofThread)
    const [only] = this.#byPort.size === 1 ? this.#byPort.values() : []
    return only?.process === event.process ? openOne(only) : null
  }
}

const keyOf = (process: string | null, port: number | null): string => `${process ?? ''}/${port ?? ''}`

const openOne = (life: SocketLife | undefined): SocketLife | null => (life?.ended === null ? life : null)
