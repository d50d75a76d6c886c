import type { LogFormat } from '../format.ts'
import { dayMonthStamp } from '../stamps/named-month-stamps.ts'

/** Bytes in which the bracket must open: an address, an identity and a user stand before it. */
const REACH = 300
const BEFORE = /^(?<peer>[^ ]{1,255}) [^ ]{1,100} [^[]{1,100}\[$/
const AFTER = /^\] (?<request>.*)$/

export const clf: LogFormat = {
  id: 'clf',
  title: "Web servers' access log (common and combined log format)",
  stamp: (bytes, start, end, stamp) => {
    const reach = Math.min(end, start + REACH)
    for (let at = start + 6; at < reach; at++) {
      if (bytes[at] === 0x0a || bytes[at] === 0x22) return false
      if (bytes[at] === 0x5b) return dayMonthStamp(bytes, at + 1, end, stamp)
    }
    return false
  },
  head: (before, after) => {
    const peer = BEFORE.exec(before)?.groups?.['peer']
    const request = AFTER.exec(after)?.groups?.['request']
    if (peer === undefined || request === undefined) return null
    return { level: null, thread: null, process: null, message: `request from ${peer} ${request}` }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '10.1.2.3 - - [04/Jun/2025:14:07:31 +0200] "GET /a HTTP/1.1" 200 512 "-" "curl/8"',
      time: '2025-06-04T12:07:31.000000000',
      message: 'request from 10.1.2.3 "GET /a HTTP/1.1" 200 512 "-" "curl/8"',
    },
  ],
}
