/** Days since 1970 of a day written as `2026-11-23`; null where it is written otherwise, or the calendar has no such day. */
export function calendarDay(text: string): number | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) return null
  return time / 86_400_000
}
