import { excerpt } from './visible.ts'

/** What a spreadsheet takes for the beginning of a formula (also in full width); an apostrophe makes the cell text. */
const FORMULA = /^[=+\-@＝＋－＠]/u

/** Longest text that Excel keeps of a cell. */
const CELL = 32_000

/** A text from anywhere as one CSV cell (RFC 4180): quoted where it must be, and never a formula. */
export function csvCell(given: string): string {
  const shown = excerpt(given, CELL)
  const safe = FORMULA.test(shown) ? `'${shown}` : shown
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
