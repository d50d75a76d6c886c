import { rmSync } from 'node:fs'
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { nameless } from '../capture/source/open-source.ts'
import { Failure } from '../failure.ts'
import { visible } from '../text/visible.ts'

/** A result may hold what was said on the wire: it is for its owner alone. */
const OWNER_ONLY = 0o600

/** A result on its way out, in pieces. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** What the system's errors mean, and what helps. */
const REASONS: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOSPC: ['no space is left on the device', 'make room, or name a place elsewhere'],
  EDQUOT: ['the disk quota is used up', 'make room, or name a place elsewhere'],
  EACCES: ['permission denied', 'name a place that you may write to'],
  EPERM: ['permission denied', 'name a place that you may write to'],
  EROFS: ['the file system is read-only', 'name a place that can be written to'],
  ENOENT: ['its folder does not exist', 'make the folder first, or name another'],
  ENOTDIR: ['its folder is a file', 'name another folder'],
  EISDIR: ['it is a folder', 'name a file in it'],
  ENAMETOOLONG: ['the name is too long', 'name a shorter one'],
  EFBIG: ['it grew beyond the largest file allowed', 'raise the limit: ulimit -f'],
  EIO: ['the device failed', 'name a place on another device'],
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

/** What the system's error means for who wants to write. */
export function whyUnwritten(error: unknown): string {
  return REASONS[codeOf(error)]?.[0] ?? (error instanceof Error ? error.message : String(error))
}

/** Where nothing can be written, nothing was begun. */
const NO_PLACE: readonly string[] = ['ENOENT', 'ENOTDIR', 'EISDIR']
const UNTOUCHED = 'nothing was left behind; an earlier file of that name is as it was'

function unwritten(path: string, error: unknown): Failure {
  const code = codeOf(error)
  const help = [REASONS[code]?.[1] ?? [], NO_PLACE.includes(code) ? [] : UNTOUCHED].flat().join('; ')
  return new Failure(`cannot write ${visible(path)}: ${whyUnwritten(error)}`, help, undefined, error)
}

/**
 * Refuses to write over one of the inputs, by whatever name or link it is called, and where no file can be: long work
 * is not to fail at its end for what is known at its start.
 */
export async function refuseInput(output: string, inputs: readonly string[]): Promise<void> {
  if (output === '') throw nameless('output')
  const target = await stat(output).catch(() => null)
  if (target === null) {
    const folder = await stat(dirname(resolve(output))).catch(() => null)
    if (!folder?.isDirectory()) throw unwritten(output, { code: folder === null ? 'ENOENT' : 'ENOTDIR' })
    return
  }
  if (target.isDirectory()) throw unwritten(output, { code: 'EISDIR' })
  for (const input of inputs) {
    const source = await stat(input).catch(() => null)
    if (source?.dev !== target.dev || source.ino !== target.ino) continue
    throw new Failure(
      `${visible(output)} is an input of this run: it is evidence and is not written over`,
      'name another file for the result',
    )
  }
}

/** Writes the pieces, each while the next one is made. */
async function write(file: FileHandle, pieces: Pieces): Promise<void> {
  let written: Promise<void> = Promise.resolve()
  for await (const piece of pieces) {
    await written
    written = file.writeFile(piece)
    // Told where it is waited for, which may be after the next piece failed to be made.
    written.catch(() => {})
  }
  await written
}

/** A device or FIFO takes what is written; there is nothing to rename. Who reads a pipe may have had enough. */
async function writeThrough(path: string, pieces: Pieces): Promise<void> {
  const file = await open(path, 'w')
  try {
    await write(file, pieces)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  } finally {
    await file.close()
  }
}

/** Files that are not whole yet: a process that ends at once takes them with it. */
const unfinished = new Set<string>()
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true })
})

async function writeAside(path: string, pieces: Pieces, mode: number): Promise<void> {
  const aside = join(dirname(path), `.${basename(path).slice(0, 200)}.${crypto.randomUUID()}.part`)
  unfinished.add(aside)
  try {
    const file = await open(aside, 'wx', mode)
    try {
      await write(file, pieces)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  } finally {
    unfinished.delete(aside)
  }
}

/** Errors of the producer pass as they are; those of the file become a {@link Failure}. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'

/** Writes the whole result to a file beside `path` and renames it, so that `path` is never half a result. */
export async function writeWhole(path: string, pieces: Pieces, mode = OWNER_ONLY): Promise<void> {
  try {
    const known = await stat(path).catch(() => null)
    if (known?.isDirectory()) throw unwritten(path, { code: 'EISDIR' })
    if (known !== null && !known.isFile()) await writeThrough(path, pieces)
    // A link is followed: what it points to is replaced, and the link stays.
    else await writeAside(known === null ? resolve(path) : await realpath(path), pieces, mode)
  } catch (error) {
    throw isSystemError(error) ? unwritten(path, error) : error
  }
}
