import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { SEVERITIES, type Severity } from '../diagnosis/finding.ts'
import { Failure } from '../failure.ts'
import type { ReportOptions } from '../report/reporter.ts'
import { visible } from '../text/visible.ts'
import type { Io } from './io.ts'
import { refuseInput } from './output-file.ts'

/** Narrower than this no word has room beside its place; wider than the other a line is hard to follow. */
const WIDTHS = { least: 40, most: 160 } as const

const EXTENSIONS: Readonly<Record<string, string>> = {
  '.txt': 'terminal',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.csv': 'csv',
  '.html': 'html',
  '.htm': 'html',
  '.sarif': 'sarif',
  '.xml': 'junit',
  '.tap': 'tap',
}

/** How and where a command reports, after its options and the environment were weighed. */
export interface Reporting<Format extends string = string> extends ReportOptions {
  readonly format: Format
  /** Null for standard output. */
  readonly output: string | null
  readonly failOn: Severity | 'never'
  readonly quiet: boolean
  readonly progress: 'auto' | 'json' | 'none'
}

/** Options of some commands that name files. */
interface NamedFiles {
  readonly baseline?: string
  readonly logConfig?: string
  readonly writeBaseline?: string
}

interface Given {
  readonly format?: string
  readonly output?: string
  readonly failOn: Severity | 'never'
  readonly quiet?: true
  readonly verbose?: true
  readonly color?: boolean
  readonly ascii?: true
  readonly progress?: 'json' | boolean
}

const FAILS = 'exit with 1 where something this severe is found'
/** What `--fail-on` says of a command that lists and does not judge: scripts may give it to every command. */
export const NEVER_FAILS = 'has no effect here, where nothing is judged; it is taken so that every command takes it'

const PROGRESS = 'progress on standard error as JSON lines, for programs'
/** What `--progress` says of a command that reads no capture. */
export const NO_PROGRESS = 'has no effect here, where no capture is read; it is taken so that every command takes it'

/**
 * Declares the options that every reporting command has. The first of `formats` is the default; `failOn` and `progress`
 * say what these options do.
 */
export function addReportingOptions(
  command: Command,
  formats: readonly string[],
  failOn = FAILS,
  progress = PROGRESS,
): Command {
  return command
    .addOption(new Option('-f, --format <format>', `how to show the result (default: ${formats[0]})`).choices(formats))
    .option('-o, --output <file>', 'write the result to a file; its extension names the format when --format does not')
    .addOption(new Option('--fail-on <severity>', failOn).choices([...SEVERITIES, 'never']).default('error'))
    .option('-q, --quiet', 'write no notes and no progress to standard error')
    .option('-v, --verbose', 'show everything, with nothing folded or left out')
    .option('--color', 'colour the result also where it goes to a file or a pipe')
    .option('--no-color', 'do not colour the result (as the variable NO_COLOR)')
    .option('--ascii', 'draw with ASCII characters only, as on a terminal whose locale is not of UTF-8')
    .addOption(new Option('--progress <kind>', progress).choices(['json']))
    .option('--no-progress', 'show no progress')
}

function formatOf(given: Given, formats: readonly string[]): string {
  if (given.format !== undefined) return given.format
  const extension = given.output === undefined ? '' : extname(given.output).toLowerCase()
  const format = extension === '' ? formats[0]! : EXTENSIONS[extension]
  if (format !== undefined && formats.includes(format)) return format
  throw new Failure(
    `${visible(given.output!)}: the extension ${visible(extension)} names no format of this command`,
    `name one with --format: ${formats.join(', ')}`,
  )
}

function terminalLevel(env: Io['env']): 0 | 1 | 2 | 3 {
  if (env['TERM'] === 'dumb') return 0
  if (env['COLORTERM'] === 'truecolor' || env['COLORTERM'] === '24bit') return 3
  return env['TERM']?.includes('256color') ? 2 : 1
}

/** The option outranks NO_COLOR, which outranks FORCE_COLOR, which outranks what the terminal can do. */
function colorOf(color: boolean | undefined, toTerminal: boolean, env: Io['env']): 0 | 1 | 2 | 3 {
  const able = terminalLevel(env)
  if (color !== undefined) return color ? (able === 0 ? 1 : able) : 0
  if (env['NO_COLOR']) return 0
  const forced = env['FORCE_COLOR']
  if (forced === undefined) return toTerminal ? able : 0
  if (forced === '0' || forced === 'false') return 0
  return forced === '2' ? 2 : forced === '3' ? 3 : 1
}

/** A terminal whose locale names another character set than UTF-8 shows other signs than the report is drawn with. */
function hasOtherCharacters(env: Io['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  const [, charset = 'UTF-8'] = /\.([^@]+)/.exec(locale) ?? []
  return !/^utf-?8$/i.test(charset)
}

/** What other options name is read, too, or is written by itself. */
async function refuseOtherUses(command: Command, output: string, inputs: readonly string[]): Promise<void> {
  const { baseline = [], logConfig = [], writeBaseline } = command.opts<NamedFiles>()
  await refuseInput(output, [...inputs, baseline, logConfig].flat())
  if (writeBaseline === undefined || resolve(writeBaseline) !== resolve(output)) return
  throw new Failure(
    `${visible(output)} is to hold both the result and the baseline`,
    'name another file for one of them',
  )
}

/**
 * Weighs the options given to a command against the environment.
 * Refuses, before any work is done, an output that is one of `inputs` and a format that the command does not have.
 */
export async function readReportingOptions<Format extends string>(
  command: Command,
  formats: readonly Format[],
  inputs: readonly string[],
  io: Io,
): Promise<Reporting<Format>> {
  const given = command.opts<Given>()
  const output = given.output === undefined || given.output === '-' ? null : given.output
  if (output !== null) await refuseOtherUses(command, output, inputs)
  const format = formatOf(given, formats) as Format
  const toTerminal = output === null && io.stdoutIsTerminal
  return {
    format,
    output,
    failOn: given.failOn,
    quiet: given.quiet === true,
    verbose: given.verbose === true,
    progress: given.progress === 'json' ? 'json' : given.progress === false ? 'none' : 'auto',
    width: Math.min(WIDTHS.most, Math.max(WIDTHS.least, io.columns)),
    color: colorOf(given.color, toTerminal, io.env),
    ascii: given.ascii === true || (toTerminal && hasOtherCharacters(io.env)),
  }
}
