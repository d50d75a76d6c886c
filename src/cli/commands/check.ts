import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import type { Checked, Outcome } from '../../check/outcome.ts'
import type { PlacedExpectation } from '../../check/read-expectation.ts'
import { ExitCode, Failure } from '../../failure.ts'
import type { Report } from '../../report/report.ts'
import type { ReportOptions } from '../../report/reporter.ts'
import type { ScanOptions } from '../../scan.ts'
import { shellWord } from '../../text/shell.ts'
import { visible } from '../../text/visible.ts'
import type { CommandModule } from '../command.ts'
import { deliverText, fails } from '../deliver.ts'
import { type ExpectedCapture, findExpectations, logsBeside, logsNamed } from '../expectation-files.ts'
import type { Io } from '../io.ts'
import { refuseInput, writeWhole } from '../output-file.ts'
import { withProgress } from '../progress.ts'
import { readText } from '../read-text.ts'
import { addReportingOptions, readReportingOptions } from '../reporting-options.ts'

type Show = (outcome: Outcome, options: ReportOptions) => Iterable<string>

const FORMATS = {
  terminal: async (): Promise<Show> => (await import('../../check/terminal.ts')).checkTerminal,
  json: async (): Promise<Show> => (await import('../../check/json.ts')).checkJson,
  junit: async (): Promise<Show> => (await import('../../check/junit.ts')).checkJunit,
  sarif: async (): Promise<Show> => (await import('../../check/sarif.ts')).checkSarif,
  tap: async (): Promise<Show> => (await import('../../check/tap.ts')).checkTap,
  github: async (): Promise<Show> => (await import('../../check/github.ts')).checkGithub,
} as const
const NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

const HELP = `
Beside name.pcap stands name.expect.yaml: verdicts, rules that must and must not
fire, counts, root cause, logs to use. Folders are searched for expectations.
Exit code 1 where one is not met.

Examples:
  noaccept check fixtures                       every capture that has an expectation
  noaccept check --update new.pcap              write what is found, for review
  noaccept check --format junit --output check.xml fixtures
`

const FAILS = 'exit with 1 where an expectation is not met, unless it is never'

/** Captures against what is expected of them. */
export const command: CommandModule = {
  declare(program: Command, io: Io): void {
    const declared = program
      .command('check')
      .description('Checks captures against the expectation files beside them.')
      .argument('<path...>', 'captures, expectation files, or folders')
      .option('--update', 'write the expectations anew from what is found')
      .addHelpText('after', HELP)
    addReportingOptions(declared, NAMES, FAILS).action((paths: string[]) => run(declared, paths, io))
  },
}

async function run(declared: Command, paths: readonly string[], io: Io): Promise<void> {
  const update = declared.opts<{ update?: true }>().update === true
  const { cases, without } = await findExpectations(paths, update)
  const inputs = cases.flatMap(({ capture, expectation }) => [capture, expectation])
  const options = await readReportingOptions(declared, NAMES, inputs, io)
  const checked: Checked[] = []
  const logs: string[] = []
  let complete = true
  await withProgress(options, io, async (onProgress) => {
    for (const one of cases) {
      if (io.signal.aborted) break
      const done = await checkOne(one, update, { signal: io.signal, onProgress })
      if (done === null) break
      checked.push(done.checked)
      logs.push(...done.logs)
      complete &&= done.readAsExpected
    }
  })
  const outcome = { checked, without }
  // Which logs are read the expectations tell, one after the other.
  if (options.output !== null) await refuseInput(options.output, logs)
  const show = await FORMATS[options.format]()
  await deliverText(show(outcome, options), options, io)
  if (!options.quiet && !io.signal.aborted) for (const note of notes(outcome)) io.note(`noaccept: ${note}\n`)
  const code = exitCodeOf(outcome, complete, io)
  io.exitWith(code === ExitCode.FINDINGS && !fails('error', options.failOn) ? ExitCode.OK : code)
}

function exitCodeOf({ checked }: Outcome, complete: boolean, io: Io): ExitCode {
  if (io.signal.aborted) return ExitCode.INTERRUPTED
  if (!complete) return ExitCode.INCOMPLETE
  if (checked.every(asksNothing)) return ExitCode.NOTHING
  return checked.every((one) => one.items.every((item) => item.met)) ? ExitCode.OK : ExitCode.FINDINGS
}

/** An expectation that asks for nothing is met by any capture: whoever counts on it is not told of a change. */
const asksNothing = ({ items }: Checked): boolean => items.length === 0

function* notes({ checked, without }: Outcome): Generator<string> {
  if (checked.length === 0) yield 'nothing to check: no expectation file (name.expect.yaml beside name.pcap) was found'
  for (const { expectation } of checked.filter(asksNothing))
    yield `${visible(expectation)} asks for nothing: whatever the capture shows meets it`
  if (without.length === 0) return
  const which = without.slice(0, 3).map(visible).join(', ')
  const captures = without.length === 1 ? '1 capture has' : `${without.length} captures have`
  yield `${captures} no expectation: ${which}${without.length > 3 ? ', …' : ''}`
  // Folders are searched for expectations: only what is named itself gets its first one.
  if (checked.length === 0)
    yield `to write one from what is found, for review: noaccept check --update ${shellWord(without[0]!)}`
}

/** What ends the reading of a capture, and whom it tells how far it is. */
type Reading = Required<Pick<ScanOptions, 'signal' | 'onProgress'>>

interface Done {
  readonly checked: Checked
  /** Paths of the logs that were read beside the capture. */
  readonly logs: readonly string[]
  /** False where a capture could not be read to its end and no expectation says that it cannot. */
  readonly readAsExpected: boolean
}

/** Null where it was interrupted: what was seen of half a capture is neither judged nor written. */
async function checkOne(
  { capture, expectation, exists }: ExpectedCapture,
  update: boolean,
  reading: Reading,
): Promise<Done | null> {
  const { readExpectation } = await import('../../check/read-expectation.ts')
  const { judge } = await import('../../check/judge.ts')
  const text = exists ? await textOf(expectation) : ''
  const before = readExpectation(text, expectation)
  const logs = exists ? (before.expected.logs ?? []) : await logsBeside(capture)
  const paths = exists ? await logsNamed(expectation, before) : logs.map((log) => join(dirname(expectation), log))
  const report = await examine(capture, paths, reading)
  if (reading.signal.aborted) return null
  const after = update ? await written(expectation, exists ? text : null, before, logs, report) : text
  const wanted = after === text ? before : readExpectation(after, expectation)
  return {
    checked: {
      capture,
      expectation,
      items: judge(wanted, report),
      about: wanted.expected.about ?? null,
      updated: after !== text,
    },
    logs: paths,
    readAsExpected: report.complete || wanted.expected.complete === false,
  }
}

/** Writes what was found in place of what was expected; returns the file's text. */
async function written(
  path: string,
  text: string | null,
  { expected }: PlacedExpectation,
  logs: readonly string[],
  report: Report,
): Promise<string> {
  const { newExpectation, updatedExpectation } = await import('../../check/update-expectation.ts')
  const fresh = text === null ? newExpectation(report, logs) : updatedExpectation(text, expected, report)
  if (fresh !== text) await writeWhole(path, [fresh], await modeOf(path))
  return fresh
}

/** An expectation is shared, unlike a report: it is as readable as it was, and a new one as other files are. */
async function modeOf(path: string): Promise<number> {
  const known = await stat(path).catch(() => null)
  return known === null ? 0o666 : known.mode & 0o777
}

async function textOf(path: string): Promise<string> {
  const text = await readText(path)
  if (text === null) throw new Failure(`${visible(path)} is gone`, 'it was there a moment ago: run it again')
  return text
}

async function examine(capture: string, logs: readonly string[], reading: Reading): Promise<Report> {
  const { analyze, reportOf } = await import('../../analyze.ts')
  if (logs.length === 0) return reportOf(await analyze([capture], reading))
  const { correlateFiles, correlatedReport } = await import('../../correlate.ts')
  return correlatedReport(await correlateFiles([capture], logs, reading))
}
