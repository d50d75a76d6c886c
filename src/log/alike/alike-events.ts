import type { LogEvent } from '../event.ts'
import { namesFacts } from '../event-matcher.ts'
import type { EventPattern } from '../pattern.ts'
import { namesDigits } from './digit-blind.ts'
import { EventTemplate, type Told } from './event-template.ts'

/** Lines that a template is sought in: numbers that stand twice in one line stand once in another. */
const ATTEMPTS = 16
/** Lines, read by themselves, that a template must tell alike before it is believed. */
const CONFIRMATIONS = 3

/** What is known of a pattern: asked for each kind of line that it fits, of which hexadecimal numbers make thousands. */
const known = new WeakMap<EventPattern, boolean>()

/** Where a pattern names both digits and facts, the digits may decide where the facts stand. */
function mayBeTold(event: EventPattern): boolean {
  const { pattern } = event
  const may = known.get(event) ?? (!namesFacts(event) || (pattern instanceof RegExp && !namesDigits(pattern)))
  known.set(event, may)
  return may
}

/**
 * Makes the events of lines that differ from each other in digits only. Where their facts stand is learned from the first of
 * them, which are read by themselves: to take them apart costs ten times as much.
 */
export class AlikeEvents {
  #template: EventTemplate | null = null
  #attempts = 0
  #confirmed = 0

  constructor(event: EventPattern) {
    if (!mayBeTold(event)) this.#attempts = ATTEMPTS
  }

  /** The event of the line at `start`; null where it must be read by itself. */
  read(told: Told, bytes: Buffer, start: number): LogEvent | null {
    return this.#confirmed === CONFIRMATIONS ? this.#template!.read(told, bytes, start) : null
  }

  /** Takes an event that the line `[start, end)` tells, and its message: it was read by itself. */
  learn(event: LogEvent, message: string, bytes: Buffer, start: number, end: number): void {
    if (this.#confirmed === CONFIRMATIONS || this.#attempts === ATTEMPTS) return
    if (this.#template === null) {
      this.#attempts++
      this.#template = EventTemplate.of(event, message, bytes.toString('latin1', start, end))
    } else this.#confirm(this.#template.read(event, bytes, start), event)
  }

  #confirm(alike: LogEvent | null, event: LogEvent): void {
    if (alike === null) return
    const names = Object.keys(event) as (keyof LogEvent)[]
    const isSame = names.every((name) => alike[name] === event[name] || name === 'handles')
    if (isSame && event.handles.length === 0) this.#confirmed++
    else {
      this.#template = null
      this.#attempts = ATTEMPTS
    }
  }
}
