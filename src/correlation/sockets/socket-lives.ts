import type { LogEvent } from '../../log/event.ts'
import { isOfAnother, keyOf, peerKey, threadKey } from './socket-identity.ts'
import { bornWith, type Ending, type SocketLife } from './socket-life.ts'
import { UnattachedSockets } from './unattached-sockets.ts'

/**
 * The sockets of which a log has told so far, and which of them a line means: by its handle or its peer, by the name of a link, by
 * its thread, never by nearness in time.
 */
export class SocketLives {
  readonly all: SocketLife[] = []
  readonly unattached = new UnattachedSockets()
  /** Lines, and the life that each was taken to speak of. */
  readonly #spoken: LogEvent[] = []
  readonly #spokenOf: SocketLife[] = []
  readonly #open = new Map<string, SocketLife>()
  readonly #byThread = new Map<string, SocketLife>()
  readonly #byName = new Map<string, SocketLife>()
  /** The last that was accepted from each port: a program's lines call a connection by its handle here, by its peer there. */
  readonly #byPeer = new Map<string, SocketLife>()

  /** Those that no line has closed yet. */
  get open(): SocketLife[] {
    return [...this.#open.values()]
  }

  /** The open socket of a key, if there is one. */
  at(key: string): SocketLife | undefined {
    return this.#open.get(key)
  }

  /** An open socket goes by another key as well. */
  isAlso(key: string, life: SocketLife): void {
    this.#open.set(key, life)
  }

  /** Carries a link of that name from here on. */
  isCalled(name: string, life: SocketLife): void {
    life.name = name
    this.#byName.set(name, life)
  }

  ofName(name: string | null): SocketLife | undefined {
    return name === null ? undefined : this.#byName.get(name)
  }

  /** What names mean, and who is in no slot, is not known any more. */
  forgetNames(): void {
    for (const map of [this.#byThread, this.#byName, this.#byPeer]) map.clear()
    this.unattached.clear()
  }

  /** A map of all lines, of which few are asked for, took more than the whole replay. */
  told(asked: ReadonlySet<LogEvent>): Map<LogEvent, SocketLife> {
    const lives = new Map<LogEvent, SocketLife>()
    for (let i = 0; i < this.#spoken.length; i++) {
      const event = this.#spoken[i]!
      if (asked.has(event)) lives.set(event, this.#spokenOf[i]!)
    }
    return lives
  }

  speaks(event: LogEvent, life: SocketLife): void {
    this.#spoken.push(event)
    this.#spokenOf.push(life)
  }

  born(event: LogEvent, made: 'created' | 'accepted' | 'seen', key = keyOf(event)): SocketLife | null {
    if (key === null) return null
    const former = this.#open.get(key)
    // The system hands a number out again only after its last owner was closed.
    if (former) this.end(former, event, 'number-reused')
    const life = bornWith(event, key, made)
    this.all.push(life)
    this.#open.set(key, life)
    this.speaks(event, life)
    this.unattached.add(life)
    const thread = threadKey(event)
    if (thread !== null) this.#byThread.set(thread, life)
    return life
  }

  /** The open socket that a line names; a new life where the log begins in the middle of one. */
  named(event: LogEvent, key = keyOf(event)): SocketLife | null {
    if (key === null) return null
    const life = this.#open.get(key) ?? this.ofPeer(event) ?? this.born(event, 'seen', key)
    if (life) this.speaks(event, life)
    return life
  }

  meets(event: LogEvent, life: SocketLife): void {
    if (event.peerPort !== null) this.#byPeer.set(peerKey(event), life)
  }

  /** The open connection with the peer that a line names, unless the two name different handles or addresses. */
  ofPeer(event: LogEvent): SocketLife | null {
    const life = event.peerPort === null ? undefined : this.#byPeer.get(peerKey(event))
    if (life === undefined || life.ended !== null) return null
    return isOfAnother(life, event) ? null : life
  }

  ofThread(event: LogEvent): SocketLife | null {
    const thread = threadKey(event)
    return thread === null ? null : (this.#byThread.get(thread) ?? null)
  }

  end(life: SocketLife, event: LogEvent, how: Ending): void {
    if (life.ended === null) life.ended = { event, how }
    if (this.#open.get(life.key) === life) this.#open.delete(life.key)
    this.unattached.remove(life)
  }
}
