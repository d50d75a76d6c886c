/** What a stamp of a packet list tells: the day as well, the time of day alone, or the distance from some beginning. */
export type ListTimeKind = 'dated' | 'time-of-day' | 'relative'

/** A stamp of a packet list. */
export interface ListTime {
  readonly kind: ListTimeKind
  /** Since 1970 where dated, else since midnight or the beginning. */
  readonly seconds: number
  readonly nanoseconds: number
  /** Digits after the second, 9 at most. */
  readonly digits: number
  /** False where the zone is not told, or told by a name that several share. */
  readonly zoned: boolean
}

/** A stamp, and where the text goes on after it. */
export interface ReadTime {
  readonly time: ListTime
  readonly end: number
}

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d):(?<second>\d\d)(?:[.,](?<fraction>\d{1,12}))?`
const ZONE = String.raw`(?:\s?(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)\b|\s[A-Z]{3,5}(?=\s))?`
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
// A distance of more than three years from the beginning of a capture is a time since 1970.
const SMALLEST_EPOCH = 100_000_000

const FORMS: readonly { readonly pattern: RegExp; readonly kind: ListTimeKind }[] = [
  {
    kind: 'dated',
    pattern: new RegExp(String.raw`(?<year>\d{4})[-/](?<month>\d\d)[-/](?<day>\d\d)[ T,]+${CLOCK}${ZONE}`, 'y'),
  },
  { kind: 'dated', pattern: new RegExp(String.raw`(?<year>\d{4})/(?<dayOfYear>\d{3})[ T,]+${CLOCK}${ZONE}`, 'y') },
  {
    kind: 'dated',
    pattern: new RegExp(
      String.raw`(?<monthName>[A-Z][a-z]{2}) +(?<day>\d{1,2}), +(?<year>\d{4}) +${CLOCK}${ZONE}`,
      'y',
    ),
  },
  { kind: 'time-of-day', pattern: new RegExp(`${CLOCK}Z?`, 'y') },
  { kind: 'relative', pattern: /(?<sign>-?)(?<second>\d{1,11})(?:[.,](?<fraction>\d{1,12}))?/y },
]

/** Reads the stamp that begins at `start`; null where none does. */
export function readListTime(text: string, start: number): ReadTime | null {
  for (const { pattern, kind } of FORMS) {
    pattern.lastIndex = start
    const match = pattern.exec(text)
    if (match?.groups === undefined) continue
    const end = pattern.lastIndex
    if (end < text.length && !/\s/.test(text[end]!)) continue
    const time = timeOf(kind, match.groups)
    if (time !== null) return { time, end }
  }
  return null
}

function timeOf(kind: ListTimeKind, groups: Record<string, string | undefined>): ListTime | null {
  const fraction = (groups['fraction'] ?? '').slice(0, 9)
  const nanoseconds = Number(fraction.padEnd(9, '0'))
  const digits = fraction.length
  if (kind === 'relative') {
    const seconds = Number(groups['second'])
    if (groups['sign'] === '-') return before(seconds, nanoseconds, digits)
    return { kind: seconds < SMALLEST_EPOCH ? 'relative' : 'dated', seconds, nanoseconds, digits, zoned: true }
  }
  const day = kind === 'dated' ? dayOf(groups) : 0
  const clock = Number(groups['hour']) * 3600 + Number(groups['minute']) * 60 + Number(groups['second'])
  if (day === null || clock > 86_400) return null
  const zone = groups['zone']
  return { kind, seconds: day + clock - zoneSeconds(zone), nanoseconds, digits, zoned: zone !== undefined }
}

// A packet out of order may be from before the first one of its capture.
function before(seconds: number, nanoseconds: number, digits: number): ListTime {
  const borrowed = nanoseconds > 0 ? 1 : 0
  return {
    kind: 'relative',
    seconds: -seconds - borrowed,
    nanoseconds: borrowed * 1e9 - nanoseconds,
    digits,
    zoned: true,
  }
}

function dayOf(groups: Record<string, string | undefined>): number | null {
  const { year, dayOfYear, monthName } = groups
  const month = monthName === undefined ? Number(groups['month'] ?? 1) - 1 : MONTHS.indexOf(monthName)
  const day = Number(dayOfYear ?? groups['day'])
  const milliseconds = Date.UTC(Number(year), month, day)
  return month < 0 || month > 11 || Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60
  return zone.startsWith('-') ? -seconds : seconds
}
