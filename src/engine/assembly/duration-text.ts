import { label } from './connection-line'
import { rounded, thousandths } from './json-text'
import { Label, MINUTES_FROM, SECONDS_FROM, TIE } from './layout'

const MILLISECOND: f64 = 1e6
const SECOND: f64 = 1e9

/** Writes a span of time as `text/duration.ts` does. Returns false where it is none of milliseconds or seconds, or a tie. */
export function writeDuration(nanoseconds: f64): bool {
  if (!(nanoseconds >= MILLISECOND && nanoseconds < MINUTES_FROM)) return false
  const isShort = nanoseconds < SECONDS_FROM
  if (!wroteDigits(nanoseconds / (isShort ? MILLISECOND : SECOND))) return false
  if (isShort) label(Label.MILLISECONDS, Label.MILLISECONDS_LENGTH)
  else label(Label.SECONDS, Label.SECONDS_LENGTH)
  return true
}

/** To four digits. Below 1, and close to the middle of two last digits, arithmetic may round to the wrong one. */
function wroteDigits(value: f64): bool {
  const scale: u32 = value < 10 ? 1000 : value < 100 ? 100 : 10
  const scaled = value * <f64>scale
  if (value < 1 || abs(scaled - floor(scaled) - 0.5) < TIE) return false
  thousandths(<u32>rounded(scaled) * (1000 / scale))
  return true
}
