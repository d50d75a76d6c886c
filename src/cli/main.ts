import { existsSync, readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { ExitCode, Failure } from '../failure.ts'
import { shellWord } from '../text/shell.ts'
import { visible } from '../text/visible.ts'
import { COMMANDS } from './commands.ts'
import { HeapExhausted } from './heap-watch.ts'
import { processIo } from './process-io.ts'
import { usageError } from './usage-error.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
  description: string
}

const io = processIo()

const OVERVIEW = `
Begin with noaccept analyze CAPTURE; noaccept COMMAND --help tells of each, with
examples.

Exit codes: 0 nothing found, 1 something found (--fail-on says how severe), 2
the command could not do its work, 3 part of the input could not be read, 4
nothing to analyse, 130 interrupted.`

/** A usage error quotes what was typed, which may have come from a file name. */
const shown = (text: string): string => text.split('\n').map(visible).join('\n')

/** Loads the named command alone; all of them where none is named, for the overview. */
async function program(name: string | undefined): Promise<Command> {
  const known = COMMANDS.find((entry) => entry.name === name)
  const root = new Command('noaccept')
    .description(manifest.description)
    .version(manifest.version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void io.out(text),
      writeErr: (text) => io.note(shown(text)),
      outputError: (text, write) => write(usageError(text, known?.name ?? null)),
    })
  if (known) (await known.load()).command.declare(root, io)
  else {
    for (const entry of COMMANDS) root.command(entry.name).summary(entry.summary).description(entry.summary)
    root.addHelpText('after', OVERVIEW)
  }
  for (const command of root.commands) command.exitOverride().copyInheritedSettings(root)
  return root
}

/** Tables of flows grow with the capture; V8's own heap, when it is full, ends the process without asking. */
const outOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes('allocation failed')

function tell(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.OK : ExitCode.FAILURE
  if (error instanceof Failure) {
    io.note(`noaccept: ${error.message}\n${error.hint === null ? '' : `  help: ${error.hint}\n`}`)
    return error.exitCode
  }
  if (outOfMemory(error)) {
    io.note(
      'noaccept: the memory that this process may use does not suffice: each connection takes some\n' +
        '  help: raise the limit, or cut the capture into parts by time: editcap -i 3600 IN OUT\n',
    )
    return ExitCode.FAILURE
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.note(
    `noaccept: a bug in noaccept ${manifest.version} (Node.js ${process.version}, ${process.platform}).\n` +
      `  help: report it with the command that you ran and these lines; what was read of the input is not in them.\n${stack}\n`,
  )
  return ExitCode.BUG
}

const HELP: readonly string[] = ['-h', '--help']

/** What was typed; `--help COMMAND` asks the same as `help COMMAND`. */
function wordsTyped(): string[] {
  const typed = process.argv.slice(2)
  const [first = '', second] = typed
  return HELP.includes(first) && second !== undefined && !second.startsWith('-') ? ['help', ...typed.slice(1)] : typed
}

/** The command that was asked for, or asked about with `help`; undefined where none was. */
function commandOf([first, second]: readonly string[]): string | undefined {
  const name = first === 'help' ? second : first
  return name === undefined || name.startsWith('-') ? undefined : name
}

try {
  const typed = wordsTyped()
  const name = commandOf(typed)
  const root = await program(name)
  // Commander would answer a question about an unknown command with the overview, and say nothing of the mistake.
  const isUnknown = name !== undefined && !COMMANDS.some((entry) => entry.name === name)
  if (isUnknown && existsSync(name))
    throw new Failure(
      `${visible(name)} is a file, and a command comes first`,
      `for a capture: noaccept analyze ${shellWord(name)}`,
    )
  await root.parseAsync(isUnknown ? [name] : typed, { from: 'user' })
} catch (error) {
  const code = tell(error)
  io.exitWith(code)
  if (error instanceof HeapExhausted) process.exit()
}
