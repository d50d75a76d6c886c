import type { Readable } from 'node:stream'
import { unpack } from '../capture/packed/unpack.ts'
import { openSource } from '../capture/source/open-source.ts'
import { STANDARD_INPUT } from '../capture/source/standard-input.ts'
import { Failure } from '../failure.ts'
import { isLogText } from '../log/is-log-text.ts'

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
    return isLogText(new Uint8Array(window.bytes.buffer, window.position, Math.min(window.left, HEAD_BYTES)))
  } finally {
    await window.source.close()
  }
}

/** Refuses to go on without a capture. */
export function requireCapture(inputs: Inputs): void {
  if (inputs.captures.length > 0) return
  throw new Failure(
    'no capture is among the files: none of them is a pcap, a pcapng or a packet list as text',
    'name the capture first, then the logs: noaccept correlate CAPTURE --log FILE',
  )
}

/** Refuses to read a capture and a log from the one standard input. */
export function refuseSharedInput(captures: readonly string[], logs: readonly string[]): void {
  if (captures.includes(STANDARD_INPUT) && logs.includes(STANDARD_INPUT))
    throw new Failure('a capture and a log are both to come from standard input', 'name one of them as a file')
}
