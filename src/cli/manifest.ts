import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { STANDARD_INPUT } from '../capture/source/standard-input.ts'
import type { Manifest, ManifestInput } from '../report/manifest.ts'
import type { Report } from '../report/report.ts'
import { formatTime } from '../text/time.ts'

/** Declares the option. */
export function addManifestOption(command: Command): Command {
  return command.option(
    '--manifest',
    'say in the report which inputs it is about (SHA-256, size, time of modification), and what made it: version, options, rules (csv and github have no room for it)',
  )
}

/** Inputs as they are before they are analysed. */
export type Sealed = readonly ManifestInput[]

/** Seals the inputs where a manifest was asked for; null where not. An input that is missing is left to the analysis to tell of. */
export async function sealInputs(
  command: Command,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Sealed | null> {
  if (command.opts<{ manifest?: true }>().manifest !== true) return null
  const sealed: ManifestInput[] = []
  for (const path of paths) sealed.push(await seal(path, signal))
  return sealed
}

/** The report with its manifest, where one was asked for. */
export async function withManifest(report: Report, sealed: Sealed | null, command: Command): Promise<Report> {
  if (sealed === null) return report
  const { RULE_TEXTS } = await import('../report/rule-texts.ts')
  const inputs = await Promise.all(sealed.map(async (input) => ({ ...input, unchanged: await isUnchanged(input) })))
  const manifest: Manifest = {
    program: { ...report.tool, node: process.versions.node },
    inputs,
    options: Object.fromEntries(Object.entries(command.opts()).sort(([a], [b]) => (a < b ? -1 : 1))),
    rules: RULE_TEXTS.map(({ id }) => id),
  }
  return { ...report, manifest }
}

/** What can be read only once is not read for its sum. */
async function seal(path: string, signal: AbortSignal): Promise<ManifestInput> {
  const state = path === STANDARD_INPUT ? null : await stateOf(path)
  if (state === null) return { path, bytes: null, modified: null, sha256: null, unchanged: null }
  const { isFile, ...told } = state
  return { path, ...told, sha256: isFile ? await sumOf(path, signal) : null, unchanged: null }
}

async function stateOf(path: string) {
  const status = await stat(path, { bigint: true }).catch(() => null)
  if (status === null) return null
  const seconds = status.mtimeNs / 1_000_000_000n
  const modified = formatTime(Number(seconds), Number(status.mtimeNs - seconds * 1_000_000_000n), 9)
  return { bytes: status.isFile() ? Number(status.size) : null, modified, isFile: status.isFile() }
}

async function isUnchanged({ path, bytes, modified, sha256 }: ManifestInput): Promise<boolean | null> {
  if (sha256 === null) return null
  const now = await stateOf(path)
  return now !== null && now.bytes === bytes && now.modified === modified
}

/** Null where the reading fails or is interrupted: the analysis says why. */
async function sumOf(path: string, signal: AbortSignal): Promise<string | null> {
  // Loaded where a sum is asked for: it takes some milliseconds of every start.
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { flags: 'r', signal, highWaterMark: 1 << 20 })) hash.update(chunk)
    return hash.digest('hex')
  } catch {
    return null
  }
}
