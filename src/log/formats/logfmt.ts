import { headOfFields } from '../fields.ts'
import type { LogFormat } from '../format.ts'
import { isoOrEpochStamp } from '../stamps/epoch-stamps.ts'

/** Bytes of a line in which its time must be named: it comes first, or after the level. */
const REACH = 200
const EQUALS = 0x3d
const TIME_KEYS = new Set(['time', 'ts', 't', 'timestamp', 'at'])
// Alternatives begin with different characters, so each is tried once.
const PAIR = /([\w@./-]{1,80})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g

export const logfmt: LogFormat = {
  id: 'logfmt',
  title: 'Pairs of key=value, the time among the first',
  stamp: (bytes, start, end, stamp) => {
    const reach = Math.min(end, start + REACH)
    let key = start
    for (let at = start; at < reach; at++) {
      const byte = bytes[at]!
      if (byte === 0x0a || (at === start && (byte | 0x20) < 0x61)) return false
      if (byte === 0x20) key = at + 1
      if (byte !== EQUALS || !isTimeKey(bytes, key, at)) continue
      const quoted = bytes[at + 1] === 0x22 ? 1 : 0
      return isoOrEpochStamp(bytes, at + 1 + quoted, end, stamp)
    }
    return false
  },
  head: () => null,
  whole: (line) => {
    const pairs = [...line.matchAll(PAIR)].map(([, key, quoted, plain]): [string, string] => [
      key!,
      quoted?.replaceAll('\\"', '"') ?? plain ?? '',
    ])
    return headOfFields(Object.fromEntries(pairs))
  },
  isDigitBlind: true,
  holdsObjects: true,
  samples: [
    {
      line: 'time=2025-06-04T14:07:31.250Z level=info msg="accepted connection" fd=7 peer=10.1.2.3:50022',
      time: '2025-06-04T14:07:31.250000000',
      level: 'info',
      message: 'accepted connection fd=7 peer=10.1.2.3:50022',
    },
    {
      line: 'level=warn ts=1749046051.25 caller=gate.go:81 msg=slow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'warn',
      message: 'slow caller=gate.go:81',
    },
  ],
}

function isTimeKey(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 9 && TIME_KEYS.has(String.fromCharCode(...bytes.subarray(start, end)))
}
