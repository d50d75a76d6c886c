import type { Head, LogFormat } from '../format.ts'
import { isoOrEpochStamp } from '../stamps/epoch-stamps.ts'

const LESS = 0x3c
const SPACE = 0x20
const EQUALS = 0x3d
/** Bytes of a line in which its time must stand. */
const REACH = 2048
/** Attributes that hold an event's time: of Log4j's two layouts, and of Windows' event log. */
const TIMES = ['timestamp', 'timeMillis', 'epochSecond', 'SystemTime'].map((name) => Buffer.from(name))

/** An attribute of the event, or of Windows' `Execution`; and the level of the latter, whose element holds a number. */
const LEVEL = / level=["'](?<value>[^"']{1,40})["']|<Level>(?<number>[^<]{1,10})<\/Level>/
const THREAD = / (?:thread|ThreadID)=["'](?<value>[^"']{1,120})["']/
const PROCESS = / ProcessID=["'](?<value>\d{1,10})["']/
/** Elements with the event's words; Windows has one for each of them. */
const WORDS = /<(?:log4j:)?(?<name>[Mm]essage|Data)(?: [^>]{0,200})?>(?<text>.*?)<\/(?:log4j:)?\k<name>>/gs
const CDATA = /^<!\[CDATA\[(.*?)\]\]>$/s
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export const xmlEvents: LogFormat = {
  id: 'xml-events',
  title:
    'An event in XML: Log4j’s XMLLayout, Windows’ event log by wevtutil; its words in the line or in the next ones',
  stamp: (bytes, start, end, stamp) => {
    let at = start
    while (bytes[at] === SPACE) at++
    return bytes[at] === LESS && isoOrEpochStamp(bytes, timeAt(bytes, at, Math.min(end, start + REACH)), end, stamp)
  },
  head: () => null,
  whole: (line): Head | null => {
    if (!/^\s*</.test(line)) return null
    const level = LEVEL.exec(line)?.groups
    return {
      level: level?.['value'] ?? level?.['number'] ?? null,
      thread: THREAD.exec(line)?.groups?.['value'] ?? null,
      process: PROCESS.exec(line)?.groups?.['value'] ?? null,
      message: [...line.matchAll(WORDS)].map(({ groups }) => plain(groups!['text']!)).join(' '),
    }
  },
  isHeadOfBlock: true,
  isDigitBlind: true,
  samples: [
    {
      line: '<log4j:event logger="o.e.Gate" timestamp="1749046051250" level="INFO" thread="acceptor-1">',
      time: '2025-06-04T14:07:31.250000000',
      level: 'INFO',
      thread: 'acceptor-1',
      message: '',
    },
    {
      line: '<Event timeMillis="1749046051250" thread="main" level="WARN"><Message>peer said &lt;no&gt;</Message></Event>',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARN',
      thread: 'main',
      message: 'peer said <no>',
    },
    {
      line: '  <Instant epochSecond="1749046051" nanoOfSecond="250817000"/>',
      time: '2025-06-04T14:07:31.250817000',
      message: '',
    },
    {
      line: "<Event><System><Level>4</Level><TimeCreated SystemTime='2025-06-04T14:07:31.2508170Z'/><Execution ProcessID='512' ThreadID='519'/></System><EventData><Data>Listening on 10.1.2.3:7001</Data></EventData></Event>",
      time: '2025-06-04T14:07:31.250817000',
      level: '4',
      process: '512',
      thread: '519',
      message: 'Listening on 10.1.2.3:7001',
    },
  ],
}

/** Where the value of the attribute that tells the time begins, within its quotes; -1 where there is none. */
function timeAt(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== SPACE) continue
    for (const name of TIMES) {
      let i = 0
      while (i < name.length && bytes[at + 1 + i] === name[i]) i++
      if (i === name.length && bytes[at + 1 + i] === EQUALS) return at + i + 3
    }
  }
  return -1
}

function plain(text: string): string {
  const inner = CDATA.exec(text.trim())
  if (inner !== null) return inner[1]!
  return text.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_entity, name: string) => ENTITIES[name]!)
}
