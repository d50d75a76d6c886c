import { headFrom, headOf, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { compactStamp } from '../stamps/solid-stamps.ts'
import type { StampReader } from '../stamps/stamp.ts'
import { timeOnlyStamp } from '../stamps/time-stamps.ts'
import {
  LETTER_THREAD,
  LEVEL_ONLY,
  LEVEL_PROCESS,
  LEVEL_THREAD_LOGGER,
  MESSAGE_ONLY,
  THREAD_LEVEL_LOGGER,
} from './heads.ts'

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'NOTICE', 'WARN', 'WARNING', 'ERROR', 'CRITICAL', 'FATAL', 'VERBOSE']
const LEVEL_BYTES = LEVELS.map((word) => Buffer.from(word.toLowerCase()))
/** Bytes of a bracket's content, or of a container's name: those of Kubernetes and of Swarm's tasks are long. */
const REACH = 120
const SPACE = 0x20
const TAB = 0x09
const BAR = 0x7c

const usual = headOf(LETTER_THREAD, LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, LEVEL_ONLY, MESSAGE_ONLY)
const LEVEL_BEFORE = new RegExp(`(?:^|[[(< |])(?<level>${LEVELS.join('|')})(?:[\\])> |:]|$)`, 'i')
const BRACKET_AFTER = /^\[(?<thread>[^\]]{1,80})\][ \t]+(?<message>.*)$/
const BRACKET_BEFORE = /[[(<](?<thread>[^\])>]{1,120})[\])>]/g

const anyStamp: StampReader = (bytes, start, end, stamp) =>
  isoStamp(bytes, start, end, stamp) ||
  compactStamp(bytes, start, end, stamp) ||
  timeOnlyStamp(bytes, start, end, stamp)

export const prefixed: LogFormat = {
  id: 'prefixed',
  title: 'A level, a thread in brackets or a container’s name, then the stamp',
  stamp: (bytes, start, end, stamp) => {
    const at = afterPrefix(bytes, start, end)
    return at !== start && anyStamp(bytes, at, end, stamp)
  },
  head: (before, after) => {
    const head = usual('', after)
    if (head === null) return null
    const level = LEVEL_BEFORE.exec(before)?.groups?.['level'] ?? head.level
    const brackets = [...before.matchAll(BRACKET_BEFORE)].map((match) => match.groups!['thread']!)
    const thread = brackets.find((each) => !LEVEL_BEFORE.test(each)) ?? head.thread
    const bracketed = thread === null ? BRACKET_AFTER.exec(head.message)?.groups : undefined
    return bracketed === undefined ? { ...head, level, thread } : { ...headFrom(bracketed), level }
  },
  isDigitBlind: true,
  samples: [
    {
      line: 'INFO 2025-06-04 14:07:31.250 gate is up',
      time: '2025-06-04T14:07:31.250000000',
      level: 'INFO',
      message: 'gate is up',
    },
    {
      line: '[warn] 14:07:31.250 [io-3] slow',
      time: 'T14:07:31.250000000',
      level: 'warn',
      thread: 'io-3',
      message: 'slow',
    },
    {
      line: '[0x1f2c] 2025-06-04T14:07:31.250Z slow',
      time: '2025-06-04T14:07:31.250000000',
      thread: '0x1f2c',
      message: 'slow',
    },
    {
      line: '[pod/gate-deployment-7d9c8b6f5d-x2x4z/gate] 2025-06-04T14:07:31.250Z slow',
      time: '2025-06-04T14:07:31.250000000',
      thread: 'pod/gate-deployment-7d9c8b6f5d-x2x4z/gate',
      message: 'slow',
    },
    {
      line: 'gate-1  | 2025-06-04T14:07:31.250Z ERROR kaputt',
      time: '2025-06-04T14:07:31.250000000',
      level: 'ERROR',
      message: 'kaputt',
    },
  ],
}

/** Where the text after one or two prefixes begins; `start` without any. */
function afterPrefix(bytes: Uint8Array, start: number, end: number): number {
  const first = afterOne(bytes, start, end)
  return first === start ? start : afterOne(bytes, first, end)
}

function afterOne(bytes: Uint8Array, start: number, end: number): number {
  const close = closing(bytes[start])
  const at = close === 0 ? afterWord(bytes, start, end) : afterBracket(bytes, start, end, close)
  if (at === start) return start
  let next = at
  while (next < end && (bytes[next] === SPACE || bytes[next] === TAB)) next++
  return next
}

function closing(open: number | undefined): number {
  if (open === 0x5b) return 0x5d
  if (open === 0x28) return 0x29
  return open === 0x3c ? 0x3e : 0
}

function afterBracket(bytes: Uint8Array, start: number, end: number, close: number): number {
  const reach = Math.min(end, start + REACH)
  for (let at = start + 1; at < reach; at++) if (bytes[at] === close) return at + 1
  return start
}

/** A level with or without a colon; or any word before ` | `. */
function afterWord(bytes: Uint8Array, start: number, end: number): number {
  for (const level of LEVEL_BYTES) {
    let i = 0
    while (i < level.length && start + i < end && (bytes[start + i]! | 0x20) === level[i]) i++
    const after = bytes[start + i]
    if (i === level.length && (after === SPACE || after === TAB || after === 0x3a || after === BAR))
      return start + i + 1
  }
  const reach = Math.min(end, start + REACH)
  let at = start
  while (at < reach && bytes[at]! > SPACE) at++
  if (at === start) return start
  while (at < reach && bytes[at] === SPACE) at++
  return bytes[at] === BAR ? at + 1 : start
}
