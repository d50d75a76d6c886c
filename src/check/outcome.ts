import type { Item } from './judge.ts'

/** One capture that was checked. */
export interface Checked {
  readonly capture: string
  readonly expectation: string
  readonly items: readonly Item[]
  /** What it shows, in its expectation's words; null without. */
  readonly about: string | null
  /** True where its expectation was written anew. */
  readonly updated: boolean
}

/** Everything that one run checked. */
export interface Outcome {
  readonly checked: readonly Checked[]
  /** Captures without an expectation beside them. */
  readonly without: readonly string[]
}

/** Whether everything that was expected of a capture was found. */
export const passed = (checked: Checked): boolean => checked.items.every((item) => item.met)

/** What was not met, with the capture it was expected of. */
export function* unmet(outcome: Outcome): Generator<readonly [Checked, Item]> {
  for (const checked of outcome.checked) for (const item of checked.items) if (!item.met) yield [checked, item]
}

/** How many expectations there were, and how many of them were met. */
export function tally({ checked }: Outcome): { readonly items: number; readonly met: number; readonly failed: number } {
  const items = checked.flatMap((one) => one.items)
  const met = items.filter((item) => item.met).length
  return { items: items.length, met, failed: checked.filter((one) => !passed(one)).length }
}

/** `expected healthy, found ack-only`. */
export const difference = (item: Item): string => `expected ${item.expected}, found ${item.found}`
