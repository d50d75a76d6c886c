import { formatTime } from '../../text/time.ts'
import type { LogFile } from '../event.ts'
import { DAY_SECONDS } from './stamp.ts'

type Calendar = Pick<LogFile, 'base' | 'dated' | 'yearless' | 'zoned' | 'tick'>

/**
 * A time of a log as far as its stamps name it: `2026-11-23T03:53:24.906250Z`, without `Z` where they carry no zone,
 * `--11-23T03:53:24` without a year, `03:53:24.906250` without a date, `+1d 00:00:01` after a midnight.
 */
export function formatLogTime(log: Calendar, time: number): string {
  const iso = formatTime(log.base, time, digitsOf(log.tick)).slice(0, -1)
  if (log.dated && log.yearless) return `-${iso.slice(4)}`
  if (log.dated) return log.zoned ? `${iso}Z` : iso
  const days = Math.floor(time / (DAY_SECONDS * 1e9))
  return days === 0 ? iso.slice(11) : `+${days}d ${iso.slice(11)}`
}

/** As many digits as the clock's step needs: 6 for 15.625 ms. */
function digitsOf(tick: number): number {
  for (const digits of [0, 3, 6]) if (tick > 0 && tick % 10 ** (9 - digits) === 0) return digits
  return tick === 0 ? 6 : tick >= 1e3 ? 6 : 9
}
