import type { LogEvent } from '../event.ts'
import { dottedAddressesIn } from '../facts/endpoint.ts'
import { isDigit } from '../stamps/stamp-parts.ts'
import { TEXT_LENGTH } from './sighting.ts'
import { spelled } from './spelled.ts'

/** A run of so many digits may be a port, or be too large for one. */
const PORT_DIGITS = 5
const LARGEST_PORT = 0xffff
const LARGEST_OCTET = 0xff
/** Digits of a number that is exact as a double. */
const EXACT_DIGITS = 15
/** Go's `tcp4` and `tcp6`: the only digits that facts are found by. */
const NAMED_DIGIT = /tcp\d/i
const RUN = /\d+/g
const DIGIT = /\d/
const ZERO = 0x30
const NONE: readonly string[] = []

const HEADS = ['thread', 'level', 'process'] as const
const WORDS = ['handle', 'listener', 'name', 'address', 'peerAddress', 'value'] as const
const NUMBERS = ['slot', 'port', 'peerPort', 'bytes'] as const

/** Where in a line something stands: `[from, to)` from the line's start. */
interface Span {
  readonly from: number
  readonly to: number
}

/** A fact in words: the same in all lines alike, or else what stands at a place. */
interface Words {
  readonly common: string | null
  readonly place: Span | null
}

interface Places {
  readonly text: Span
  readonly words: Readonly<Record<(typeof HEADS | typeof WORDS)[number], Words>>
  readonly numbers: Readonly<Record<(typeof NUMBERS)[number], Span | null>>
  /** Numbers of addresses, and runs of digits that may be ports. */
  readonly octets: readonly Span[]
  readonly ports: readonly Span[]
}

/** What an event is besides what its line's words say. */
export type Told = Pick<LogEvent, 'log' | 'line' | 'time'>

/**
 * Where the facts stand in lines that differ from one in digits only. What finds facts takes any digit for any other, but for
 * an octet above 255 and a port above 65535: these are looked at in every line.
 */
export class EventTemplate {
  readonly #event: LogEvent
  readonly #places: Places

  private constructor(event: LogEvent, places: Places) {
    this.#event = event
    this.#places = places
  }

  /** From an event, its message, and its line in ASCII; null where that does not show where each fact stands. */
  static of(event: LogEvent, message: string, line: string): EventTemplate | null {
    const { handles, errno } = event
    if (handles.length > 0 || errno !== null || NAMED_DIGIT.test(message) || !line.endsWith(message)) return null
    const places = placesOf(event, message, line.slice(0, line.length - message.length))
    return places === null || !holds(places, Buffer.from(line, 'latin1'), 0) ? null : new EventTemplate(event, places)
  }

  /** The event of the line at `start`; null where a number is too large for what it stands for. */
  read({ log, line, time }: Told, bytes: Buffer, start: number): LogEvent | null {
    const places = this.#places
    if (!holds(places, bytes, start)) return null
    const { words, numbers, text } = places
    return {
      kind: this.#event.kind,
      pattern: this.#event.pattern,
      log,
      line,
      order: line,
      time,
      thread: wordsIn(words.thread, bytes, start),
      level: wordsIn(words.level, bytes, start),
      process: wordsIn(words.process, bytes, start),
      handle: wordsIn(words.handle, bytes, start),
      listener: wordsIn(words.listener, bytes, start),
      handles: NONE,
      slot: numberIn(numbers.slot, bytes, start),
      name: wordsIn(words.name, bytes, start),
      address: wordsIn(words.address, bytes, start),
      port: numberIn(numbers.port, bytes, start),
      peerAddress: wordsIn(words.peerAddress, bytes, start),
      peerPort: numberIn(numbers.peerPort, bytes, start),
      bytes: numberIn(numbers.bytes, bytes, start),
      errno: null,
      errorName: this.#event.errorName,
      value: wordsIn(words.value, bytes, start),
      text: bytes.toString('latin1', start + text.from, start + text.to),
    }
  }
}

/** What stands where in a line, its message behind `head`; null where a fact does not stand at one place alone. */
function placesOf(event: LogEvent, message: string, head: string): Places | null {
  const at = head.length
  const addresses = dottedAddressesIn(message)
  const heads = each(HEADS, (name) => wordsAt(event[name], head, 0))
  const words = each(WORDS, (name) => wordsAt(event[name], message, at))
  const numbers = each(NUMBERS, (name) => numberAt(event[name], message, at))
  if (addresses === null || heads === null || words === null || numbers === null) return null
  const runs = runsIn(message, at)
  return {
    text: { from: at, to: at + Math.min(message.length, TEXT_LENGTH) },
    words: { ...heads, ...words },
    numbers,
    octets: addresses.flatMap(({ start, end }) => runs.filter(({ from, to }) => from >= at + start && to <= at + end)),
    ports: runs.filter(({ from, to }) => to - from === PORT_DIGITS),
  }
}

/** What each name has; null where one has none. */
function each<N extends string, T>(names: readonly N[], find: (name: N) => T | undefined): Record<N, T> | null {
  const found: Partial<Record<N, T>> = {}
  for (const name of names) {
    const one = find(name)
    if (one === undefined) return null
    found[name] = one
  }
  return found as Record<N, T>
}

const runsIn = (text: string, at: number): Span[] =>
  [...text.matchAll(RUN)].map(({ 0: run, index }) => ({ from: at + index, to: at + index + run.length }))

/** Undefined where words with digits do not stand at one place alone. `at` is where the text begins in the line. */
function wordsAt(words: string | null, text: string, at: number): Words | undefined {
  if (words === null || !DIGIT.test(words)) return { common: words, place: null }
  const starts: number[] = []
  for (let found = text.indexOf(words); found >= 0; found = text.indexOf(words, found + 1))
    if (!partsNumber(text, found) && !partsNumber(text, found + words.length)) starts.push(at + found)
  const [from] = starts
  return starts.length === 1 ? { common: null, place: { from: from!, to: from! + words.length } } : undefined
}

/** True where digits stand on both sides of a place. */
const partsNumber = (text: string, at: number): boolean =>
  isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at))

/** Undefined where a number does not stand at one place alone. */
function numberAt(number: number | null, text: string, at: number): Span | null | undefined {
  if (number === null) return null
  const runs = runsIn(text, at).filter(({ from, to }) => Number(text.slice(from - at, to - at)) === number)
  const [only] = runs
  return runs.length === 1 && only!.to - only!.from <= EXACT_DIGITS ? only : undefined
}

/** False where a number is none that an address or a port can have. */
function holds({ octets, ports }: Places, bytes: Uint8Array, start: number): boolean {
  for (const octet of octets) {
    const isPadded = octet.to - octet.from > 1 && bytes[start + octet.from] === ZERO
    if (isPadded || numberIn(octet, bytes, start)! > LARGEST_OCTET) return false
  }
  for (const port of ports) if (numberIn(port, bytes, start)! > LARGEST_PORT) return false
  return true
}

function wordsIn({ common, place }: Words, bytes: Buffer, start: number): string | null {
  return place === null ? common : spelled(bytes, start + place.from, start + place.to)
}

function numberIn(place: Span | null, bytes: Uint8Array, start: number): number | null {
  if (place === null) return null
  let number = 0
  for (let at = start + place.from; at < start + place.to; at++) number = number * 10 + bytes[at]! - ZERO
  return number
}
