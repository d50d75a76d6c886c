import { excerpt } from './visible.ts'

/** A cell that begins so is a formula to a spreadsheet (also in full width); an apostrophe makes it text. */
const FORMULA = /^[=+\-@＝＋－＠]/u

/** Longest text that Excel keeps of a cell. */
const CELL = 32_000

/** A text from anywhere as one CSV cell (RFC 4180): quoted where it must be, and never a formula. */
export function csvCell(given: string): string {
  const shown = excerpt(given, CELL)
  const safe = FORMULA.test(shown) ? `'${shown}` : shown
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
