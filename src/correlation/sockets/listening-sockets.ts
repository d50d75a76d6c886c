import type { LogEvent } from '../../log/event.ts'
import { shapeOf } from '../../log/facts/shapes.ts'
import { sameAddress } from '../wire/wire-index.ts'
import { listeningAddress, listeningPort, type SocketLife, speaksOfListening } from './socket-life.ts'

/** The sockets that a log's processes listen on, by process and port; of several on one port the last. */
export class ListeningSockets {
  readonly #byPort = new Map<string, SocketLife>()

  add(life: SocketLife): void {
    this.#byPort.set(keyOf(life.process, listeningPort(life)), life)
  }

  /**
   * The open one that a line without a handle tells of once more, in other words: `listening fd=5 port=9000`, then
   * `Server ready on 0.0.0.0:9000`. The same words again are its successor's.
   */
  toldAgainBy(event: LogEvent): SocketLife | null {
    if (event.handle !== null || event.port === null) return null
    const life = openOne(this.#byPort.get(keyOf(event.process, event.port)))
    if (life === null || life.handle === null) return null
    const [own, told] = [listeningAddress(life), event.address]
    const isSame = own === null || told === null || sameAddress(own, told) || sameAddress(told, own)
    return isSame && shapeOf(life.listening!.text) !== shapeOf(event.text) ? life : null
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
