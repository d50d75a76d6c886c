/** Digits that are a month, a day, an hour, a minute and a second; a year; the Unix time of 2017. */
const ONES = '1'.repeat(20)
const YEAR = '2011'
const UNIX = '15'
const ZEROS = '0'.repeat(20)
/** A date without separators begins with a year. */
const DATE_DIGITS = 8
/** Lengths of Unix times in seconds, milliseconds, microseconds and nanoseconds. */
const UNIX_DIGITS = [10, 13, 16, 19]

/** A text with other digits than a line has: those of a time, wherever any digits make one. */
export const withTimes = (line: string): string => line.replace(/\d{1,20}/g, ({ length }) => likely(length))

function likely(length: number): string {
  if (UNIX_DIGITS.includes(length)) return (UNIX + ZEROS).slice(0, length)
  return length === YEAR.length || length >= DATE_DIGITS ? (YEAR + ONES).slice(0, length) : ONES.slice(0, length)
}
