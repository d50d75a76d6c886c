const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
}
const PART = /(\d{1,12}(?:\.\d{1,9})?)[ \t]*(ns|us|µs|ms|min|s|m|h|d)/g
const CLOCK = /^(\d{1,4}):([0-5]\d):([0-5]\d(?:\.\d{1,9})?)$/

/** Reads a span of time such as `+1.5s`, `-250 ms`, `5h30m` or `01:30:00` into nanoseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim()
  const sign = trimmed.startsWith('-') ? -1 : 1
  const span = trimmed.replace(/^[+-][ \t]*/, '')
  const clock = CLOCK.exec(span)
  if (clock) return sign * (Number(clock[1]) * 3600e9 + Number(clock[2]) * 60e9 + Math.round(Number(clock[3]) * 1e9))
  let sum = 0
  const rest = span.replace(PART, (_, amount: string, unit: string) => {
    sum += Math.round(Number(amount) * UNITS[unit]!)
    return ''
  })
  return span === '' || rest.trim() !== '' ? null : sign * sum
}
