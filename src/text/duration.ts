/**
 * From here on a span is told in seconds, and in minutes; written out for the assembly by the build, as is {@link TIE}.
 * @public
 */
export const SECONDS_FROM = 999.95e6
/** @public */
export const MINUTES_FROM = 119.5e9

/** A span of time in the unit that fits it, to four digits: `850 µs`, `15.63 ms`, `8.42 s`, `2 min 5 s`, `1 h 1 min`. */
export function formatDuration(nanoseconds: number): string {
  const sign = nanoseconds < 0 ? '-' : ''
  const span = Math.abs(nanoseconds)
  if (span < 1e3) return `${sign}${Math.round(span)} ns`
  if (span < 999.95e3) return `${sign}${digits(span / 1e3)} µs`
  if (span < SECONDS_FROM) return `${sign}${digits(span / 1e6)} ms`
  if (span < MINUTES_FROM) return `${sign}${digits(span / 1e9)} s`
  return sign + clock(Math.round(span / 1e9))
}

/**
 * Closer to the middle of two last digits than this, arithmetic may round to the wrong one.
 * @public
 */
export const TIE = 1e-6

/** To four digits. `toPrecision` is exact and slow: it is asked where arithmetic may not be. */
function digits(value: number): string {
  const scale = value < 10 ? 1000 : value < 100 ? 100 : 10
  const scaled = value * scale
  const isTie = Math.abs(scaled - Math.floor(scaled) - 0.5) < TIE
  return value < 1 || isTie ? `${Number(value.toPrecision(4))}` : `${Math.round(scaled) / scale}`
}

function clock(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
