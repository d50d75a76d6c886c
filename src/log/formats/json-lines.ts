import { headOfFields } from '../fields.ts'
import type { Head, LogFormat } from '../format.ts'
import { headOfInner } from '../inner-line.ts'
import { objectOf } from '../json-object.ts'
import { isoOrEpochStamp } from '../stamps/epoch-stamps.ts'

const QUOTE = 0x22
const COLON = 0x3a
const SPACE = 0x20
const BRACE = 0x7b
const BAR = 0x7c
/** Bytes of a container's name: those of Swarm's tasks are long. */
const NAME_REACH = 120
/** Bytes of a line in which its time must be named. */
const REACH = 8192
const TIME_KEYS = [
  'time',
  'timestamp',
  'ts',
  't',
  '@timestamp',
  '@t',
  'datetime',
  'date',
  'asctime',
  '__REALTIME_TIMESTAMP',
  '_SOURCE_REALTIME_TIMESTAMP',
  // MongoDB and OpenTelemetry.
  '$date',
  // .NET’s console and Serilog.
  'Timestamp',
  'timeUnixNano',
  // Log4j 2, in two ways; protobuf's Timestamp, as Google's agents write it.
  'timeMillis',
  'epochSecond',
  'seconds',
  // NXLog, CloudTrail, Splunk.
  'EventTime',
  'eventTime',
  '_time',
].map((key) => Buffer.from(key))

export const jsonLines: LogFormat = {
  id: 'json-lines',
  title: 'One JSON object a line: pino, bunyan, zap, journald, structlog',
  stamp: (bytes, start, end, stamp) => {
    const first = bytes[start] === BRACE ? start : afterService(bytes, start, end)
    if (bytes[first] !== BRACE) return false
    const reach = Math.min(end, first + REACH)
    let open = -1
    for (let at = first + 1; at < reach; at++) {
      const byte = bytes[at]!
      if (byte === 0x0a) return false
      if (byte === 0x5c) at++
      else if (byte === QUOTE && open < 0) open = at + 1
      else if (byte === QUOTE) {
        if (isTimeKey(bytes, open, at) && isoOrEpochStamp(bytes, valueAt(bytes, at + 1), end, stamp)) return true
        open = -1
      }
    }
    return false
  },
  head: () => null,
  whole: (line): Head | null => {
    // An editor's line number may stand before it.
    const fields = objectOf(line)
    if (fields === null) return null
    const { log, stream } = fields
    // Docker's json-file driver holds the program's own line.
    return typeof log === 'string' && typeof stream === 'string' ? headOfInner(log) : headOfFields(fields)
  },
  isDigitBlind: true,
  holdsObjects: true,
  hidesWords: (bytes, start, end) => bytes.subarray(start, end).includes(IN_BYTES),
  samples: [
    {
      line: '{"level":30,"time":1749046051250,"pid":512,"hostname":"edge3","msg":"accepted connection","fd":7}',
      time: '2025-06-04T14:07:31.250000000',
      level: 'info',
      thread: '512',
      message: 'accepted connection fd=7',
    },
    {
      line: '{"level":"warn","ts":1749046051.250817,"caller":"gate/gate.go:81","msg":"slow","peer":{"ip":"10.1.2.3","port":7}}',
      time: '2025-06-04T14:07:31.250817000',
      level: 'warn',
      message: 'slow caller=gate/gate.go:81 peer.ip=10.1.2.3 peer.port=7',
    },
    {
      line: '{"__REALTIME_TIMESTAMP":"1749046051250817","SYSLOG_IDENTIFIER":"gated","_PID":"512","PRIORITY":"6","MESSAGE":"ready"}',
      time: '2025-06-04T14:07:31.250817000',
      level: '6',
      thread: '512',
      process: 'gated',
      message: 'ready',
    },
    {
      line: '{"__REALTIME_TIMESTAMP":"1749046051250817","_PID":"512","MESSAGE":[27,91,51,50,109,114,101,97,100,121,27,91,48,109]}',
      time: '2025-06-04T14:07:31.250817000',
      thread: '512',
      message: 'ready',
    },
    {
      line: '{"log":"{\\"level\\":30,\\"msg\\":\\"slow\\",\\"fd\\":7}\\n","stream":"stdout","time":"2025-06-04T14:07:31.250817123Z"}',
      time: '2025-06-04T14:07:31.250817123',
      level: 'info',
      message: 'slow fd=7',
    },
    {
      line: '{"log":"14:07:31 WARN slow\\n","stream":"stderr","time":"2025-06-04T14:07:31.250817123Z"}',
      time: '2025-06-04T14:07:31.250817123',
      level: 'WARN',
      message: 'slow',
    },
    {
      line: 'gate-1  | {"level":"warn","time":"2025-06-04T14:07:31.250Z","msg":"slow","fd":7}',
      time: '2025-06-04T14:07:31.250000000',
      level: 'warn',
      message: 'slow fd=7',
    },
    {
      line: '{"t":{"$date":"2025-06-04T14:07:31.250+00:00"},"msg":"ready"}',
      time: '2025-06-04T14:07:31.250000000',
      message: 'ready',
    },
    {
      line: '{"instant":{"epochSecond":1749046051,"nanoOfSecond":250817000},"thread":"main","level":"INFO","message":"ready"}',
      time: '2025-06-04T14:07:31.250817000',
      level: 'INFO',
      thread: 'main',
      message: 'ready',
    },
    {
      line: '{"message":"slow","timestamp":{"seconds":1749046051,"nanos":5000000},"severity":"WARN"}',
      time: '2025-06-04T14:07:31.005000000',
      level: 'WARN',
      message: 'slow',
    },
    {
      line: '{"@t":"2025-06-04T14:07:31.2508170Z","@mt":"Accepted {Peer} as {Fd:000}, {Unknown}","Peer":"10.1.2.3:50022","Fd":7}',
      time: '2025-06-04T14:07:31.250817000',
      message: 'Accepted 10.1.2.3:50022 as 7, {Unknown} Peer=10.1.2.3:50022 Fd=7',
    },
    {
      line: '{"msg":"say \\"time\\"","timestamp":"2025-06-04T14:07:31.250Z"}',
      time: '2025-06-04T14:07:31.250000000',
      message: 'say "time"',
    },
  ],
}

/** How journald writes a message with colours or bytes of another encoding: as numbers. */
const IN_BYTES = '"MESSAGE":['

/** Where the text after `gate-1  | ` begins, which docker-compose writes; `start` without it. */
function afterService(bytes: Uint8Array, start: number, end: number): number {
  const reach = Math.min(end, start + NAME_REACH)
  let at = start
  while (at < reach && bytes[at]! > SPACE && bytes[at] !== BAR) at++
  if (at === start || bytes[at] !== SPACE) return start
  while (at < reach && bytes[at] === SPACE) at++
  return bytes[at] === BAR && bytes[at + 1] === SPACE ? at + 2 : start
}

function isTimeKey(bytes: Uint8Array, start: number, end: number): boolean {
  for (const key of TIME_KEYS) {
    if (key.length !== end - start) continue
    let i = 0
    while (i < key.length && key[i] === bytes[start + i]) i++
    if (i === key.length) return true
  }
  return false
}

/** Where a key's value begins, within its quotes if it has any; -1 where a value stood and no key. */
function valueAt(bytes: Uint8Array, after: number): number {
  let at = after
  while (bytes[at] === SPACE) at++
  if (bytes[at] !== COLON) return -1
  at++
  while (bytes[at] === SPACE) at++
  return bytes[at] === QUOTE ? at + 1 : at
}
