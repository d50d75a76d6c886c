const FIXED = /^(?:UTC|GMT)?(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?$/i
const MINUTE = 60e9

/**
 * How far a zone's clocks are ahead of UTC at a time, in nanoseconds: `UTC`, `Z`, `+05:30`, or a name such as
 * `Europe/Berlin`. Null for what is no zone.
 */
export function zoneOffset(zone: string, unixSeconds: number): number | null {
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 0
  const fixed = FIXED.exec(zone)?.groups
  if (fixed) {
    const minutes = Number(fixed['hours']) * 60 + Number(fixed['minutes'] ?? 0)
    return minutes > 14 * 60 ? null : (fixed['sign'] === '-' ? -minutes : minutes) * MINUTE
  }
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
      unixSeconds * 1000,
    )
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
    return name === 'GMT' ? 0 : zoneOffset(name, unixSeconds)
  } catch {
    return null
  }
}
