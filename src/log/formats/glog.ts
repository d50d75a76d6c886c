import { headFrom, type LogFormat } from '../format.ts'
import { glogStamp } from '../stamps/solid-stamps.ts'

const BEFORE = /^(?:Line \d+: )?(?<level>[DIWEFV])$/
const AFTER = /^[ \t]+(?<thread>\d+)[ \t]+(?<process>[\w./-]{1,80}):\d+\][ \t]?(?<message>.*)$/
/** klog quotes the message where fields follow it. */
const QUOTED = /^"((?:[^"\\]|\\.){0,500})"(?=$| )/

export const glog: LogFormat = {
  id: 'glog',
  title: 'glog, klog and Abseil: level letter, month and day, time, thread, file:line]',
  stamp: (bytes, start, end, stamp) => {
    const level = bytes[start]
    return level !== undefined && level >= 0x41 && level <= 0x5a && glogStamp(bytes, start + 1, end, stamp)
  },
  head: (before, after) => {
    const level = BEFORE.exec(before)?.groups?.['level']
    const groups = AFTER.exec(after)?.groups
    if (level === undefined || groups === undefined) return null
    const head = headFrom(groups)
    return { ...head, message: head.message.replace(QUOTED, '$1'), level, process: null }
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'I0604 14:07:31.250817    5127 gate.cc:81] listening fd=9',
      time: '-06-04T14:07:31.250817000',
      level: 'I',
      thread: '5127',
      message: 'listening fd=9',
    },
    {
      line: 'I0604 14:07:31.250817    5127 gate.go:81] "accepted connection" fd=7 peer="10.1.2.3:50022"',
      time: '-06-04T14:07:31.250817000',
      level: 'I',
      thread: '5127',
      message: 'accepted connection fd=7 peer="10.1.2.3:50022"',
    },
    {
      line: 'E20250604 14:07:31.250817 5127 gate.cc:81] bind failed',
      time: '2025-06-04T14:07:31.250817000',
      level: 'E',
      thread: '5127',
      message: 'bind failed',
    },
  ],
}
