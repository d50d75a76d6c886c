import { nearest } from '../text/nearest.ts'

const SUGGESTION = /^\(Did you mean (.+)\?\)$/

/**
 * A mistake in what was typed, told as every other error is. Commander words it as `error: …`, with a suggestion in
 * parentheses on a line of its own where a known word is near. `command` is what was to run, null where none is known.
 */
export function usageError(text: string, command: string | null): string {
  const [said = '', meant = ''] = text.trimEnd().split('\n')
  const sentence = said
    .replace(/^error: /, '')
    .replace(' is invalid. Allowed choices are ', ' is invalid: allowed are ')
    .replace(' is invalid. ', ' is invalid: ')
    .replace(/\. Expected (\d+) arguments? but got (\d+)\.$/, ': $1 expected, $2 given')
    .replace(/\.$/, '')
  const suggestion = nearEnough(sentence, SUGGESTION.exec(meant)?.[1]) ?? nearChoice(sentence)
  const help =
    suggestion === undefined ? (otherCommands(sentence) ?? whereToLook(command)) : `did you mean ${suggestion}?`
  return `noaccept: ${sentence}\n  help: ${help}\n`
}

/** Commander takes half of the letters for enough: `--port` is no typo of `--format`. */
function nearEnough(sentence: string, suggestion: string | undefined): string | undefined {
  const typed = /^unknown \w+ '-*([^']+)'$/.exec(sentence)?.[1]
  if (suggestion === undefined || typed === undefined || suggestion.startsWith('one of ')) return suggestion
  return nearest(typed, [suggestion.replace(/^-+/, '')]) === null ? undefined : suggestion
}

/** One of the values that an option takes, where a letter or two are wrong: seldom the first one, and `xml` is not `html`. */
function nearChoice(sentence: string): string | undefined {
  const [, typed, choices] = /argument '([^']*)' is invalid: allowed are (.+)$/.exec(sentence) ?? []
  if (typed === undefined || choices === undefined) return undefined
  const alike = choices.split(', ').filter((choice) => choice[0] === typed[0]?.toLowerCase())
  return nearest(typed, alike) ?? undefined
}

/** Options of some commands that others are tried with. */
const TAKEN_BY: Readonly<Record<string, string>> = {
  '--log': 'noaccept correlate and noaccept timeline take --log',
}

/** Which commands take an option that this one does not. */
const otherCommands = (sentence: string): string | undefined =>
  TAKEN_BY[/^unknown option '(--[\w-]+)/.exec(sentence)?.[1] ?? '']

const whereToLook = (command: string | null): string =>
  command === null ? 'noaccept --help lists the commands' : `noaccept ${command} --help tells how it is used`
