import type { Command } from 'commander'
import type { Baseline } from '../baseline/baseline.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { suppressedText } from '../report/suppressed.ts'
import { counted } from '../text/plural.ts'
import { visible } from '../text/visible.ts'
import type { Io } from './io.ts'
import { refuseInput, writeWhole } from './output-file.ts'
import { readText } from './read-text.ts'
import type { Reporting } from './reporting-options.ts'

/** Baselines that a command was given. */
export interface BaselineChoice {
  /** Read before the work begins: its mistakes are told at once. */
  readonly known: { readonly path: string; readonly baseline: Baseline } | null
  readonly write: { readonly path: string; readonly before: Baseline | null } | null
}

/** Declares the options for findings that are known. */
export function addBaselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'findings that are known: they are counted, and fail no run')
    .option('--write-baseline <file>', 'write what is found as known; reasons and expiry days in the file stay')
}

/** Reads the baselines named. Refuses to write over one of `inputs`, or over what is not a baseline. */
export async function readBaselineOptions(command: Command, inputs: readonly string[]): Promise<BaselineChoice> {
  const given = command.opts<{ baseline?: string; writeBaseline?: string; logConfig?: string }>()
  const { baseline: known, writeBaseline: write, logConfig = [] } = given
  if (write !== undefined) await refuseInput(write, [...inputs, logConfig].flat())
  return {
    known: known === undefined ? null : { path: known, baseline: await read(known) },
    write: write === undefined ? null : { path: write, before: await read(write, true) },
  }
}

async function read(path: string): Promise<Baseline>
async function read(path: string, mayBeAbsent: true): Promise<Baseline | null>
async function read(path: string, mayBeAbsent = false): Promise<Baseline | null> {
  const text = await readText(path)
  if (text === null) {
    if (mayBeAbsent) return null
    throw new Failure(`${visible(path)}: no such file`, '--write-baseline writes one from what is found')
  }
  return (await import('../baseline/baseline.ts')).readBaseline(text, path)
}

/**
 * The report without what its baseline knows. Writes the baseline that was asked for: what stands in it counts as
 * known at once.
 */
export async function withBaseline(
  report: Report,
  choice: BaselineChoice,
  { quiet }: Pick<Reporting, 'quiet'>,
  io: Io,
): Promise<Report> {
  const { known, write } = choice
  if (known === null && write === null) return report
  const { suppress } = await import('../baseline/suppress.ts')
  const note = (text: string) => {
    if (!quiet) io.note(`noaccept: ${text}\n`)
  }
  const written = write === null ? [] : await writeKnown(report, choice, write.path, io, note)
  const entries = [...(known?.baseline.known ?? []), ...written]
  const { report: rest, stale, expired } = suppress(report, entries, new Date().toISOString().slice(0, 10))
  const suppressed = suppressedText(rest)
  if (suppressed !== null) note(suppressed)
  if (known !== null) {
    for (const text of warnings(known.path, known.baseline, stale, 'stale: nothing that was found meets it')) note(text)
    for (const text of warnings(known.path, known.baseline, expired, 'expired: it counts again')) note(text)
  }
  return rest
}

/**
 * Writes what was found as known, and returns it. An incomplete result is not written: what it lacks would look as if it
 * were gone.
 */
async function writeKnown(
  report: Report,
  { known, write }: BaselineChoice,
  path: string,
  io: Io,
  note: (text: string) => void,
): Promise<Baseline['known']> {
  if (!report.complete || io.signal.aborted) {
    note(`${visible(path)} was not written: the result is not complete`)
    return []
  }
  const { knownOf } = await import('../baseline/suppress.ts')
  const { writeBaseline } = await import('../baseline/baseline.ts')
  const found = knownOf(report, [...(write?.before?.known ?? []), ...(known?.baseline.known ?? [])])
  await writeWhole(path, [writeBaseline(found)])
  note(`wrote ${counted(found.length, 'known finding')} to ${visible(path)}`)
  return found
}

function* warnings(path: string, baseline: Baseline, indexes: readonly number[], what: string): Generator<string> {
  for (const index of indexes) {
    const entry = baseline.known[index]
    if (entry === undefined) continue
    const { line } = baseline.place(['known', index])
    yield `${visible(path)}:${line}: ${what} (${visible(entry.about ?? entry.rule)})`
  }
}
