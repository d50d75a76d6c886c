import type { Readable } from 'node:stream'
import { unpack } from '../capture/packed/unpack.ts'
import { openSource } from '../capture/source/open-source.ts'
import { STANDARD_INPUT } from '../capture/source/standard-input.ts'
import { Failure } from '../failure.ts'
import { isLogText } from '../log/is-log-text.ts'
import { visible } from '../text/visible.ts'

/** What is looked at of a file to tell captures from logs. */
const HEAD_BYTES = 1 << 16

/** Files as they were given, told apart by their content. */
export interface Inputs {
  readonly captures: readonly string[]
  readonly logs: readonly string[]
}

/** Tells captures from logs by what is in them, packed or not. Standard input, which is read once, is a capture. */
export async function inputsOf(paths: readonly string[], stdin: Readable): Promise<Inputs> {
  const captures: string[] = []
  const logs: string[] = []
  for (const path of paths) (path !== STANDARD_INPUT && (await isLog(path, stdin)) ? logs : captures).push(path)
  return { captures, logs }
}

async function isLog(path: string, stdin: Readable): Promise<boolean> {
  const { source } = openSource(path, stdin)
  const { window } = await unpack(source, path)
  try {
    await window.fill(HEAD_BYTES)
    if (window.left === 0) throw nothingIn(path)
    return isLogText(new Uint8Array(window.bytes.buffer, window.position, Math.min(window.left, HEAD_BYTES)))
  } finally {
    await window.source.close()
  }
}

/** What a program that was killed leaves in place of a capture, and a process that has not written yet in place of a log. */
const nothingIn = (path: string): Failure =>
  new Failure(`${visible(path)} is empty: nothing tells whether it is a capture or a log`, 'name a log with --log')

/** Files that are named of many. */
const NAMED = 4

/** The files of which none is what was looked for, as a sentence names them. */
export const named = (paths: readonly string[]): string =>
  [...paths.slice(0, NAMED).map(visible), ...(paths.length > NAMED ? [`${paths.length - NAMED} more`] : [])].join(', ')

/** Refuses to go on without a capture; `command` is what to run with one. */
export function requireCapture({ captures, logs }: Inputs, command: 'correlate' | 'timeline'): void {
  if (captures.length > 0) return
  const told = logs.length === 1 ? `its content, ${named(logs)} is a log` : `their content, ${named(logs)} are logs`
  throw new Failure(
    `no capture was given: by ${told}`,
    `name a pcap, a pcapng or a packet list as text: noaccept ${command} CAPTURE --log FILE; for logs alone there is noaccept logs`,
  )
}

/** Refuses to read a capture and a log from the one standard input. */
export function refuseSharedInput(captures: readonly string[], logs: readonly string[]): void {
  if (captures.includes(STANDARD_INPUT) && logs.includes(STANDARD_INPUT))
    throw new Failure('a capture and a log are both to come from standard input', 'name one of them as a file')
}
