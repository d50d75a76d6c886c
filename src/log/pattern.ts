import type { EventKind } from './event.ts'
import type { Facts } from './facts/facts.ts'

/** A regular expression, native or of linear time. */
export interface TextPattern {
  /** True where the text fits; quicker than to take it apart. */
  test(text: string): boolean
  /** True where it takes any digit for any other; of a RegExp that is found out. */
  readonly isDigitBlind?: boolean
  exec(text: string): { readonly groups?: Readonly<Record<string, string | undefined>> | undefined } | null
}

/** A message and what must be read from it: a pattern's test. `null` means that the pattern must leave it alone. */
export interface PatternSample {
  readonly message: string
  readonly facts: Partial<Facts> | null
}

/**
 * What a message must say to be an event. Groups `handle`, `handles`, `slot`, `name`, `address`, `port`, `peerAddress`,
 * `peerPort`, `bytes`, `errno` and `value` name facts; what no group names is found by its words (`fd=`, `from`, `N bytes`).
 */
export interface EventPattern {
  readonly id: string
  readonly kind: EventKind
  /**
   * In lower case. One of them is in each message that the pattern fits: the lines without any are never decoded. None at
   * all makes every line be tried.
   */
  readonly keywords: readonly string[]
  /** Runs on at most 1000 characters. Gaps are bounded (`.{0,80}`), quantifiers are not nested: linear time. */
  readonly pattern: TextPattern
  readonly samples: readonly PatternSample[]
}
