import { statSync } from 'node:fs'
import { openSource, STANDARD_INPUT } from '../capture/open-source.ts'
import { unpack } from '../capture/unpack.ts'
import { WindowSource } from '../capture/window-source.ts'
import { compileKeywords } from './keyword-automaton.ts'
import { compileFilter } from './keyword-filter.ts'
import { LineScanner } from './line-scanner.ts'
import { LineWindow } from './line-window.ts'
import { TextSource } from './text-source.ts'

/** True for what can be read a second time: a pipe cannot. */
export const isReadAgain = (path: string): boolean =>
  path !== STANDARD_INPUT && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)

/** Hands on the lines of a log that hold one of some words, whatever else they say, with their numbers from 1. */
export async function linesWith(
  path: string,
  words: readonly string[],
  take: (line: number, text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { source, size } = openSource(path)
  let opened = source
  try {
    const { window: unpacked } = await unpack(source, path, { size })
    opened = new WindowSource(unpacked)
    const text = new TextSource(opened)
    await text.open()
    const window = new LineWindow(null)
    await window.begin(text)
    const vocabulary = { keywords: words, automaton: compileKeywords(words), filter: compileFilter(words) }
    const scanner: LineScanner = new LineScanner(vocabulary, window.terminator, {
      line(bytes, start, end) {
        if (!scanner.isSuspect || scanner.keywords(bytes, start, end).length === 0) return
        take(scanner.lines, bytes.toString('utf8', start, end))
      },
    })
    await window.drain(text, scanner, signal)
  } finally {
    await opened.close()
  }
}
