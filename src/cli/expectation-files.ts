import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { nameless, unreadable } from '../capture/source/open-source.ts'
import type { PlacedExpectation } from '../check/read-expectation.ts'
import { Failure } from '../failure.ts'
import { shellWord } from '../text/shell.ts'
import { visible } from '../text/visible.ts'

export const EXPECTATION_SUFFIX = '.expect.yaml'

/** Names that captures go by, in any of the compressions that are read. */
const CAPTURE = /\.(pcap|pcapng|cap|dmp|ntar|txt)(\.(gz|zst|lz4))?$/i
/** What else is text beside a capture: a `.txt` is a packet list only where an expectation says so. */
const SURE_CAPTURE = /\.(pcap|pcapng|cap|dmp|ntar)(\.(gz|zst|lz4))?$/i
const LOG = /\.log$/i
/** Folders deeper than this are a link that leads to itself, or no fixtures. */
const DEEPEST = 32

/** A capture to check, and the file beside it that says what is expected of it. */
export interface ExpectedCapture {
  readonly capture: string
  readonly expectation: string
  /** False where the expectation is still to be written. */
  readonly exists: boolean
}

/** What was found under the paths that were given. */
export interface ExpectationFiles {
  readonly cases: readonly ExpectedCapture[]
  /** Captures in folders that have no expectation. */
  readonly without: readonly string[]
}

const stemOf = (name: string): string => name.replace(CAPTURE, '')
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Finds captures and their expectations: folders recursively, files as they are named (captures or expectations).
 * `create`: a capture that is named itself may have none yet.
 */
export async function findExpectations(paths: readonly string[], create: boolean): Promise<ExpectationFiles> {
  const cases = new Map<string, ExpectedCapture>()
  const without: string[] = []
  const add = (found: ExpectedCapture) => cases.set(found.capture, found)
  for (const path of paths) {
    const kind = await kindOf(path)
    if (kind === 'folder') await searchFolder(path, 0, add, without)
    else if (path.endsWith(EXPECTATION_SUFFIX)) add(await captureOf(path, await namesIn(dirname(path))))
    else add(await expectationOf(path, create))
  }
  return { cases: [...cases.values()], without }
}

async function kindOf(path: string): Promise<'folder' | 'file'> {
  if (path === '') throw nameless('input')
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    if (cause.code !== 'ENOENT') throw unreadable(path, cause)
    throw new Failure(`${visible(path)}: no such file or folder`, 'check the path', undefined, cause)
  }
}

/** What a folder holds, in the order of names. A folder that cannot be read is told: what is in it would pass unchecked. */
const entriesIn = async (folder: string): Promise<Dirent[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw unreadable(folder, error)
  })
  return entries.sort((a, b) => byName(a.name, b.name))
}

const namesIn = async (folder: string): Promise<string[]> => (await entriesIn(folder)).map(({ name }) => name)

async function searchFolder(
  folder: string,
  depth: number,
  add: (found: ExpectedCapture) => void,
  without: string[],
): Promise<void> {
  const entries = await entriesIn(folder)
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  for (const name of names) {
    if (name.endsWith(EXPECTATION_SUFFIX)) add(await captureOf(join(folder, name), names))
    else if (SURE_CAPTURE.test(name) && expectationNames(name).every((one) => !names.includes(one)))
      without.push(join(folder, name))
  }
  if (depth === DEEPEST) return
  for (const entry of entries)
    if (entry.isDirectory() && entry.name !== 'node_modules')
      await searchFolder(join(folder, entry.name), depth + 1, add, without)
}

/** `a.pcap.gz` may be expected of by `a.expect.yaml` and by `a.pcap.gz.expect.yaml`. */
const expectationNames = (name: string): readonly string[] => [
  `${name}${EXPECTATION_SUFFIX}`,
  `${stemOf(name)}${EXPECTATION_SUFFIX}`,
]

/** Captures that an expectation of this stem may be about: beside `a.pcap`, `a.txt` is its log or a note on it. */
function capturesOf(stem: string, present: readonly string[]): readonly string[] {
  const named = present.filter((name) => CAPTURE.test(name) && stemOf(name) === stem)
  const sure = named.filter((name) => SURE_CAPTURE.test(name))
  return sure.length > 0 ? sure : named
}

async function expectationOf(capture: string, create: boolean): Promise<ExpectedCapture> {
  const folder = dirname(capture)
  const present = await namesIn(folder)
  const name = basename(capture)
  const [whole, short] = expectationNames(name) as [string, string]
  const namesakes = capturesOf(stemOf(name), present)
  // A name that no capture goes by has no namesakes, and nobody else claims its expectation.
  const isShortOurs = namesakes.length === 0 || namesakes.includes(name)
  const found = [whole, ...(isShortOurs ? [short] : [])].find((one) => present.includes(one))
  const wanted = isShortOurs && namesakes.length <= 1 ? short : whole
  if (found === undefined && !create)
    throw new Failure(
      `${visible(capture)} has no expectation beside it: no ${visible(wanted)}`,
      `noaccept check --update ${shellWord(capture)} writes one from what is found, for review`,
    )
  return { capture, expectation: join(folder, found ?? wanted), exists: found !== undefined }
}

async function captureOf(expectation: string, present: readonly string[]): Promise<ExpectedCapture> {
  const stem = basename(expectation).slice(0, -EXPECTATION_SUFFIX.length)
  const folder = dirname(expectation)
  const exact = present.filter((name) => name === stem)
  const found = exact.length > 0 ? exact : capturesOf(stem, present)
  if (found.length === 1) return { capture: join(folder, found[0]!), expectation, exists: true }
  const which = found.length === 0 ? 'there is none' : `there are ${found.map(visible).join(', ')}`
  throw new Failure(
    `${visible(expectation)} stands beside no single capture of its name: ${which}`,
    `name it after its capture: name.pcap${EXPECTATION_SUFFIX} for name.pcap`,
  )
}

/** Logs that belong to a capture: those of its name, or all where its folder holds no other capture. */
export async function logsBeside(capture: string): Promise<readonly string[]> {
  const names = await namesIn(dirname(capture))
  const stem = stemOf(basename(capture))
  const own = names.filter((name) => LOG.test(name) && name.startsWith(`${stem}.`))
  if (own.length > 0) return own
  return names.filter((name) => SURE_CAPTURE.test(name)).length > 1 ? [] : names.filter((name) => LOG.test(name))
}

/**
 * Paths of the logs that an expectation names. Whoever wrote it chooses which files are read and quoted: they lie in its
 * folder or below it, also where links lead.
 */
export async function logsNamed(expectation: string, { expected, place }: PlacedExpectation): Promise<string[]> {
  const folder = dirname(expectation)
  const paths = (expected.logs ?? []).map((log) => join(folder, log))
  for (const [at, path] of paths.entries()) {
    const log = expected.logs![at]!
    if (!isAbsolute(log) && isWithin(folder, path) && isWithin(await real(folder), await real(path))) continue
    const { line, column } = place(['logs', at])
    throw new Failure(
      `${visible(expectation)}:${line}:${column}: the log ${visible(log)} is not in the folder of this file`,
      'put the log beside the expectation, or below it',
    )
  }
  return paths
}

function isWithin(folder: string, path: string): boolean {
  const between = relative(folder, path)
  return !isAbsolute(between) && between.split(/[\\/]/)[0] !== '..'
}

/** A path whose links are followed; one that leads nowhere is left to its reader. */
const real = (path: string): Promise<string> => realpath(path).catch(() => path)
