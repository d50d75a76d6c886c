import type { LogEvent } from '../../log/event.ts'
import { threadKey } from './socket-identity.ts'
import type { SocketLife } from './socket-life.ts'

/** How many sockets without a slot are looked through for the one that an `Attach` line without a handle means. */
const KEPT = 256

/** Sockets that are in no slot of the process's table, in order of their birth. */
export class UnattachedSockets {
  readonly #lives: SocketLife[] = []

  add(life: SocketLife): void {
    this.#lives.push(life)
    if (this.#lives.length > KEPT) this.#lives.shift()
  }

  /** No line tells which of them are still in none. */
  clear(): void {
    this.#lives.length = 0
  }

  /** It is in a slot, or gone: no other line's `Attach` means it. */
  remove(life: SocketLife): void {
    const at = this.#lives.indexOf(life)
    if (at >= 0) this.#lives.splice(at, 1)
  }

  /**
   * The socket that a line without a handle puts into a slot: its thread's last one, or the process's where it names no
   * thread; `certain` where there is no other.
   */
  meantBy(event: LogEvent): { readonly life: SocketLife | null; readonly certain: boolean } {
    const thread = threadKey(event)
    const open = this.#lives.filter((life) => life.ended === null && life.process === event.process)
    const meant = thread === null ? open : open.filter((life) => threadKey(life.first) === thread)
    return { life: meant.at(-1) ?? null, certain: meant.length === 1 }
  }
}
