import { headFrom, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { isDigit } from '../stamps/stamp-parts.ts'

const FIELDS = /^ (?<host>[^ ]{1,255}) (?<process>[^ ]{1,48}) (?<thread>[^ ]{1,128}) [^ ]{1,32} (?<message>.*)$/

export const syslog5424: LogFormat = {
  id: 'syslog-5424',
  title: 'Syslog (RFC 5424): <priority>1, date and time, host, program, process, message id, structured data',
  stamp: (bytes, start, end, stamp) => {
    const at = afterVersion(bytes, start, end)
    return at !== start && isoStamp(bytes, at, end, stamp)
  },
  head: (_before, after) => {
    const groups = FIELDS.exec(after)?.groups
    if (groups === undefined) return null
    const head = headFrom(groups)
    const [data, message] = structuredData(head.message)
    // A BOM says that the message is UTF-8 (RFC 5424 §6.4).
    const words = message.replace(/^\ufeff/, '')
    return {
      level: null,
      thread: head.thread === '-' ? null : head.thread,
      process: head.process === '-' ? null : head.process,
      message: data === '' ? words : `${words} ${data}`,
    }
  },
  isDigitBlind: true,
  samples: [
    {
      line: '<29>1 2025-06-04T14:07:31.250817+02:00 edge3 gated 512 - - listening on 10.1.2.3 port 7001',
      time: '2025-06-04T12:07:31.250817000',
      process: 'gated',
      thread: '512',
      message: 'listening on 10.1.2.3 port 7001',
    },
    {
      line: '<29>1 2025-06-04T14:07:31Z edge3 gated - ID7 [conn@1 fd="7" note="a \\] b"] accepted connection',
      time: '2025-06-04T14:07:31.000000000',
      process: 'gated',
      message: 'accepted connection fd=7 note=a ] b',
    },
  ],
}

/** Where the text after `<165>1 ` begins; `start` without it. */
function afterVersion(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== 0x3c) return start
  let at = start + 1
  while (at < end && at <= start + 4 && isDigit(bytes[at])) at++
  if (bytes[at] !== 0x3e || !isDigit(bytes[at + 1])) return start
  at += isDigit(bytes[at + 2]) ? 3 : 2
  return bytes[at] === 0x20 ? at + 1 : start
}

/** Takes the structured data off the front of a text: its parameters as `name=value`, and what follows. */
function structuredData(text: string): readonly [data: string, rest: string] {
  if (text[0] !== '[') return ['', text.replace(/^-(?: |$)/, '')]
  let at = 0
  let quoted = false
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === '\\' && quoted) at++
    else if (character === '"') quoted = !quoted
    else if (character === ' ' && !quoted && text[at - 1] === ']') break
  }
  const parameters = text.slice(0, at).matchAll(/ ([^ ="\]]{1,32})="((?:[^"\\]|\\.)*)"/g)
  const data = [...parameters].map(([, name, value]) => `${name}=${value!.replaceAll('\\', '')}`)
  return [data.join(' '), text.slice(at + 1)]
}
