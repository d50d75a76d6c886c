/** RFC 3339 in UTC with `digits` digits after the second. `nanoseconds` count from `epochSeconds`. */
export function formatTime(epochSeconds: number, nanoseconds: number, digits: number): string {
  const carried = Math.floor(nanoseconds / 1e9)
  const rest = nanoseconds - carried * 1e9
  const date = new Date((epochSeconds + carried) * 1000)
  if (Number.isNaN(date.getTime())) return 'out of range'
  const second = date.toISOString().slice(0, -5)
  return digits === 0 ? `${second}Z` : `${second}.${Math.floor(rest).toString().padStart(9, '0').slice(0, digits)}Z`
}
