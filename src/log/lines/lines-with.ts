import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { unpack } from '../../capture/packed/unpack.ts'
import { openSource } from '../../capture/source/open-source.ts'
import { STANDARD_INPUT } from '../../capture/source/standard-input.ts'
import { WindowSource } from '../../capture/source/window-source.ts'
import { compileKeywords } from './keyword-automaton.ts'
import { compileFilter } from './keyword-filter.ts'
import { LineScanner, MAX_LINE } from './line-scanner.ts'
import { LineWindow } from './line-window.ts'
import { TextSource } from './text-source.ts'

const CHUNK = 1 << 20
const NEWLINE = 0x0a

/** True for what can be read a second time: a pipe cannot. */
export const isReadAgain = (path: string): boolean =>
  path !== STANDARD_INPUT && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)

/** Hands on the lines of a log that hold one of some words, whatever else they say, with their numbers from 1. */
export function linesWith(
  path: string,
  words: readonly string[],
  take: (line: number, text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  return reading(path, async (text) => {
    const window = new LineWindow(text, null)
    await window.begin()
    const vocabulary = { keywords: words, automaton: compileKeywords(words), filter: compileFilter(words) }
    const scanner: LineScanner = new LineScanner(vocabulary, window.terminator, {
      line(bytes, start, end) {
        if (!scanner.isSuspect || scanner.keywords(bytes, start, end).length === 0) return
        take(scanner.lines, bytes.toString('utf8', start, end))
      },
    })
    await window.drain(scanner, signal)
  })
}

/**
 * True where a log has a line that holds one of some words and passes a test. It takes a fraction of the time that finding all
 * such lines takes, which have to be counted for their numbers.
 */
export function hasLineWith(
  path: string,
  words: readonly string[],
  passes: (text: string) => boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  return reading(path, async (text) => {
    const bytes = Buffer.allocUnsafe(CHUNK + MAX_LINE)
    let filled = 0
    for (let read = 1; read > 0 && !signal?.aborted; ) {
      read = await text.read(bytes, filled)
      filled += read
      const lineEnd = bytes.subarray(0, filled).lastIndexOf(NEWLINE)
      // The last line may have no line end, and one that fills the window has none in sight.
      const to = read === 0 || lineEnd < 0 ? filled : lineEnd + 1
      if (read > 0 && lineEnd < 0 && filled < bytes.length) continue
      if (holds(bytes.subarray(0, to), words, passes)) return true
      bytes.copyWithin(0, to, filled)
      filled -= to
      await setImmediate()
    }
    return false
  })
}

function holds(bytes: Buffer, words: readonly string[], passes: (text: string) => boolean): boolean {
  for (const word of words)
    for (let at = bytes.indexOf(word); at >= 0; ) {
      const start = bytes.lastIndexOf(NEWLINE, at) + 1
      const found = bytes.indexOf(NEWLINE, at)
      const end = found < 0 ? bytes.length : found
      if (passes(bytes.toString('utf8', start, Math.min(end, start + MAX_LINE)))) return true
      at = bytes.indexOf(word, end)
    }
  return false
}

async function reading<T>(path: string, read: (text: TextSource) => Promise<T>): Promise<T> {
  const { source, size } = openSource(path)
  const { window } = await unpack(source, path, { size })
  const unpacked = new WindowSource(window)
  try {
    const text = new TextSource(unpacked)
    await text.open()
    return await read(text)
  } finally {
    await unpacked.close()
  }
}
