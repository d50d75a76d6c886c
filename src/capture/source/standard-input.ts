import { fstatSync, ReadStream } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import type { ByteSource } from './byte-source.ts'
import { PipeSource } from './pipe-source.ts'
import { RedirectedSource } from './redirected-source.ts'
import { StreamSource } from './stream-source.ts'

/** The path that stands for standard input. */
export const STANDARD_INPUT = '-'

/** How a sentence names an input. */
export const inputName = (path: string): string => (path === STANDARD_INPUT ? 'standard input' : visible(path))

const DESCRIPTOR = 0

/** Standard input as it is given; a Failure where there is nothing to read. */
export function standardInput(stdin: Readable | undefined, signal: AbortSignal | undefined): ByteSource {
  if (stdin === undefined) throw new Failure('there is no standard input to read from', 'name a file')
  if ('isTTY' in stdin && stdin.isTTY === true)
    throw new Failure(
      'standard input is a terminal: nothing is piped into it',
      'pipe a capture (tcpdump -i lo -w - | noaccept analyze -) or a log into it, or name a file',
    )
  return sourceOfPipe(stdin, signal) ?? sourceOfFile(stdin) ?? new StreamSource(stdin, signal)
}

// A process's own standard input, of which nobody has taken anything yet, need not go through its stream.

/** Windows lets a pipe belong to one reader alone. */
function sourceOfPipe(stdin: Readable, signal: AbortSignal | undefined): ByteSource | null {
  if (process.platform === 'win32' || !(stdin instanceof Socket) || !isUnread(stdin)) return null
  try {
    return new PipeSource(DESCRIPTOR, signal)
  } catch {
    // The stream waits for the pipe already.
    return null
  }
}

/** What is no regular file may keep one waiting: a device does. */
function sourceOfFile(stdin: Readable): ByteSource | null {
  if (!(stdin instanceof ReadStream) || !isUnread(stdin) || !fstatSync(DESCRIPTOR).isFile()) return null
  return new RedirectedSource(DESCRIPTOR)
}

function isUnread(stdin: Socket | ReadStream): boolean {
  return 'fd' in stdin && stdin.fd === DESCRIPTOR && stdin.bytesRead === 0
}
