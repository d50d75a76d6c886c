import type { LogEvent } from '../../log/event.ts'
import { threadKey } from './socket-identity.ts'
import type { SocketLife } from './socket-life.ts'

/** So many are looked through: of two already no line says which is meant. */
const KEPT = 8

/**
 * Sockets that are made to listen and do not yet: they were given an address, or their first line says what they are for. Kept by
 * the thread that did it, or the process.
 */
export class BoundSockets {
  readonly #waiting = new Map<string, SocketLife[]>()

  add(event: LogEvent, life: SocketLife): void {
    const waiting = this.#of(event).filter((each) => each !== life)
    this.#waiting.set(keyOf(event), [...waiting.slice(1 - KEPT), life])
  }

  /**
   * The socket that a line means which says `listen() ok` and names none, or its port alone; null where it may be one of several,
   * or none is known.
   */
  meantBy(event: LogEvent): SocketLife | null {
    const waiting = this.#of(event).filter(({ bind }) => isAt(event.port, bind?.port ?? null))
    return waiting.length === 1 ? waiting[0]! : null
  }

  #of(event: LogEvent): readonly SocketLife[] {
    return (this.#waiting.get(keyOf(event)) ?? []).filter(
      ({ listening, ended }) => listening === null && ended === null,
    )
  }
}

const isAt = (told: number | null, bound: number | null): boolean => told === null || bound === null || told === bound

const keyOf = (event: LogEvent): string => threadKey(event) ?? `${event.process ?? ''}/*`
