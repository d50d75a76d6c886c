import type { Epoch } from '../capture/epoch.ts'

/** A moment: Unix time in whole seconds, and nanoseconds on from there. */
export interface Instant {
  readonly seconds: number
  readonly nanoseconds: number
}

const UNIX_TIME = /^(-?\d+)(?:\.(\d{0,9}))?$/
/** ISO 8601. Without a zone it is UTC, as all that is shown. */
const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/
/** As Wireshark shows `frame.time`. */
const SHOWN = /^([A-Z][a-z]{2}) +(\d{1,2}), (\d{4}) (\d\d:\d\d):(\d\d)(?:\.(\d{1,9}))?(?: UTC)?$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Unix time in seconds, or a date with or without a time of day; null for anything else. */
export function parseInstant(text: string): Instant | null {
  const unix = UNIX_TIME.exec(text)
  if (unix) return { seconds: Number(unix[1]), nanoseconds: signOf(text) * nanosecondsOf(unix[2]) }
  const date = DATE.exec(text)
  if (date) {
    const [, day, minute, second, fraction, zone] = date
    return instantOf(`${day}T${minute ?? '00:00'}:${second ?? '00'}${isoZone(zone)}`, fraction)
  }
  const [, month = '', day = '', year, minute, second, fraction] = SHOWN.exec(text) ?? []
  const number = `${MONTHS.indexOf(month) + 1}`.padStart(2, '0')
  return instantOf(`${year}-${number}-${day.padStart(2, '0')}T${minute}:${second}Z`, fraction)
}

/** Nanoseconds from the run's zero to the moment. */
export function sinceEpoch({ seconds, nanoseconds }: Instant, epoch: Epoch): number {
  return (seconds - epoch.seconds) * 1e9 + nanoseconds
}

function instantOf(iso: string, fraction: string | undefined): Instant | null {
  const milliseconds = Date.parse(iso)
  return Number.isNaN(milliseconds) ? null : { seconds: milliseconds / 1000, nanoseconds: nanosecondsOf(fraction) }
}

const nanosecondsOf = (fraction = ''): number => Number(fraction.padEnd(9, '0'))

const signOf = (text: string): number => (text.startsWith('-') ? -1 : 1)

const isoZone = (zone: string | undefined): string =>
  zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')
