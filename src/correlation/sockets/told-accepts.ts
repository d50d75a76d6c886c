import type { LogEvent } from '../../log/event.ts'
import { keyOf, tellsAgain } from './socket-identity.ts'
import { type SocketLife, withOne } from './socket-life.ts'
import type { SocketLives } from './socket-lives.ts'

/** Accepts that a line may tell of once more: others lie between only where several threads accept. */
const KEPT = 8

/** Accepts, some of which two lines tell of: the call's result, and then whose connection it is. */
export class ToldAccepts {
  readonly #lives: SocketLives
  readonly #last: SocketLife[] = []

  constructor(lives: SocketLives) {
    this.#lives = lives
  }

  /** An accept; or another line of one that was told already. */
  take(event: LogEvent): void {
    const told = this.#last.find((life) => tellsAgain(life, event))
    // Named by nothing, it is still one accept: the queue's order may tell whose.
    const key = keyOf(event) ?? `${event.process ?? ''}/accept/${event.order}`
    if (told === undefined) this.#begin(event, key)
    else this.#add(event, key, told)
  }

  /** No later line is of one of them. */
  clear(): void {
    this.#last.length = 0
  }

  #begin(event: LogEvent, key: string): void {
    const life = this.#lives.born(event, 'accepted', key)!
    this.#last.push(life)
    if (this.#last.length > KEPT) this.#last.shift()
    this.#lives.meets(event, life)
  }

  #add(event: LogEvent, key: string, told: SocketLife): void {
    this.#lives.meets(event, told)
    told.toldBy = withOne(told.toldBy, event)
    if (event.peerPort !== null && told.accepted!.peerPort === null) told.accepted = event
    told.handle ??= event.handle
    this.#lives.isAlso(key, told)
    this.#lives.speaks(event, told)
  }
}
