import { constants, createReadStream, fstatSync, openSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import type { ByteSource } from './byte-source.ts'
import { FileSource } from './file-source.ts'
import { PipeSource } from './pipe-source.ts'
import { STANDARD_INPUT, standardInput } from './standard-input.ts'
import { StreamSource } from './stream-source.ts'

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EISDIR: ['it is a directory', 'name a file in it'],
  ENOENT: ['there is no such file', 'check the path, or quote a pattern that the shell should not expand'],
  EACCES: ['no permission to read it', 'ask its owner, or read it as the user who captured it'],
  EPERM: ['no permission to read it', 'ask its owner, or read it as the user who captured it'],
  ENOTDIR: ['a part of its path is not a directory', 'check the path'],
  ELOOP: ['its symbolic links lead in a circle', 'check the links'],
  ENAMETOOLONG: ['its name is too long', 'check the path'],
  ENXIO: ['it is a socket', 'give the file, or pipe it to standard input and name it "-"'],
}

/** Stands for what is no UTF-8. */
const REPLACEMENT = '\ufffd'

/** A source, and its size as stored where it has one. */
export interface OpenedSource {
  readonly source: ByteSource
  readonly size: number | null
}

/** What a script's empty variable leaves of a name. */
export const nameless = (what: 'input' | 'output'): Failure =>
  new Failure(`the name of an ${what} is empty`, 'check the variable that was to hold it')

/** Opens what a path names, read-only; a Failure says why it cannot be. */
export function openSource(path: string, stdin?: Readable, signal?: AbortSignal): OpenedSource {
  if (path === '') throw nameless('input')
  if (path === STANDARD_INPUT) return { source: standardInput(stdin, signal), size: null }
  try {
    const status = statSync(path)
    if (status.isDirectory())
      throw new Failure(
        `${visible(path)} is a directory`,
        `name the files in it, or a pattern such as "${visible(path)}/*"`,
      )
    if (status.isFIFO()) return { source: new PipeSource(openPipe(path), signal), size: null }
    if (!status.isFile()) return { source: new StreamSource(createReadStream(path), signal), size: null }
    const descriptor = openSync(path, 'r')
    const { size } = fstatSync(descriptor)
    return { source: new FileSource(descriptor, size), size }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error as NodeJS.ErrnoException)
  }
}

// A named pipe that nobody writes to yet must not block the program, or Ctrl+C could not end it: neither its opening
// nor its reading may wait in a thread.
function openPipe(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

/** Bytes of a name that are no UTF-8 have become another character by the time that a program is told of it. */
function lossy(path: string, { code }: NodeJS.ErrnoException): readonly [reason: string, hint: string] | null {
  if (code !== 'ENOENT' || !path.includes(REPLACEMENT)) return null
  return ['its name is not UTF-8, so no file is found by it', 'rename it, or pipe it to standard input and name it "-"']
}

/** What the system's error means for who wants to read `path`. */
export function unreadable(path: string, error: NodeJS.ErrnoException): Failure {
  const [reason, hint] = lossy(path, error) ?? REASONS[error.code ?? ''] ?? [error.message, null]
  return new Failure(`cannot read ${visible(path)}: ${visible(reason)}`, hint, undefined, error)
}
