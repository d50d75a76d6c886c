import { Failure } from '../failure.ts'
import { counted } from '../text/plural.ts'
import { excerpt } from '../text/visible.ts'
import { otherCapture, otherFile, SIGNATURE_BYTES } from './signatures.ts'
import { inputName, STANDARD_INPUT } from './source/standard-input.ts'
import type { Window } from './source/window.ts'

const FORMATS = 'pcap, pcapng and packet lists as text are read, also within gzip, zstd or lz4'

const TEXTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\s*<(?:!doctype html|html)/i, 'an HTML page'],
  [/^\s*<\?xml|^\s*<pdml|^\s*<psml/i, 'an XML document'],
  [
    /^\s*(?:\[\s*)?\{\s*(?:"index":\s*\{\s*)?"_index":\s*"packets-/,
    'packets as JSON, of which Wireshark reads none back',
  ],
  [/^\s*\{\s*"log":\s*\{/, "a browser's HTTP archive (HAR), above TCP"],
  [/^\s*[[{]/, 'JSON'],
  [/^PACK/, 'a Git pack'],
]

// tcpdump's lines are a packet list if they have a time and TCP's flags, which -t and -q leave out.
const TCPDUMP_LINE = /^(?:\S{1,40}\s{1,4}){0,4}IP6? (?:\(|\S{3,80} > \S{3,80}: )/m

const EMPTY_FILE = 'a capturing program that is killed leaves such a file: stop it with Ctrl+C, or start RawCap with -f'
const EMPTY_PIPE = 'what stands before the pipe wrote nothing: run it alone, its own message tells why'

/** So many bytes a signature has: fewer tell nothing of what they begin. */
const LEAST_BYTES = 4
const SHOWN_CHARACTERS = 60
const SHOWN_BYTES = 8
const LOG_PLACE = 'a log goes beside a capture: noaccept correlate CAPTURE --log FILE'
const LIST_FORM = '"1 0.000000 127.0.0.1 → 127.0.0.1 TCP 52 61169 → 9000 [SYN] Seq=0 Win=8192 Len=0"'

/** Says what a file is instead of a capture, as far as its first bytes in the window tell. */
export function notACapture(path: string, window: Window, compressed: string | null = null): Failure {
  const shown = inputName(path)
  const name = compressed === null ? shown : `${shown}, unpacked from ${compressed},`
  const { left, position } = window
  if (window.fault)
    return new Failure(
      `${name} cannot be read: expected ${window.fault.expected}, found ${window.fault.found}`,
      FORMATS,
    )
  if (left === 0) return new Failure(`${name} is empty`, path === STANDARD_INPUT ? EMPTY_PIPE : EMPTY_FILE)
  if (left < LEAST_BYTES)
    return new Failure(`${name} is not a capture: it holds ${counted(left, 'byte')}, fewer than any has`, FORMATS)
  const bytes = Buffer.from(window.bytes.buffer, position, Math.min(left, SIGNATURE_BYTES))
  const capture = otherCapture(bytes)
  if (capture !== null)
    return new Failure(
      `${name} is ${capture.name}, a format that is not read`,
      `convert it: ${capture.conversion}; ${FORMATS}`,
    )
  const file = otherFile(bytes)
  if (file !== null) return new Failure(`${name} is not a capture: it is ${file}`, FORMATS)
  const head = bytes.toString('latin1')
  if (head.startsWith('\0\0\0\0') && /^\0+$/.test(head))
    return new Failure(`${name} is not a capture: it starts with zeros`, FORMATS)
  if (isText(head)) return notAList(name, bytes.toString('utf8'))
  return new Failure(
    `${name} is not a capture: it starts with ${bytes.subarray(0, SHOWN_BYTES).toString('hex')}`,
    FORMATS,
  )
}

function notAList(name: string, text: string): Failure {
  if (TCPDUMP_LINE.test(text))
    return new Failure(
      `${name} is not a capture: it is what tcpdump prints, without times or without TCP’s flags`,
      'let it print both (no -t, no -q), or write the packets themselves, with -w FILE',
    )
  const known = TEXTS.find(([pattern]) => pattern.test(text))
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? ''
  const what = known ? `it is ${known[1]}` : 'it is text, and no packet list'
  return new Failure(
    `${name} is not a capture: ${what}; it starts with "${excerpt(line.trim(), SHOWN_CHARACTERS)}"`,
    `a packet list has lines such as ${LIST_FORM}; ${FORMATS}; ${LOG_PLACE}`,
  )
}

function isText(head: string): boolean {
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head)
}
