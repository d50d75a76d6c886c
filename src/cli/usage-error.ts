const SUGGESTION = /^\(Did you mean (.+)\?\)$/

/**
 * A mistake in what was typed, told as every other error is. Commander words it as `error: …`, with a suggestion in
 * parentheses on a line of its own where a known word is near. `command` is what was to run, null where none is known.
 */
export function usageError(text: string, command: string | null): string {
  const [said = '', meant = ''] = text.trimEnd().split('\n')
  const suggestion = SUGGESTION.exec(meant)?.[1]
  const sentence = said
    .replace(/^error: /, '')
    .replace(' is invalid. Allowed choices are ', ' is invalid: allowed are ')
    .replace(' is invalid. ', ' is invalid: ')
    .replace(/\. Expected (\d+) arguments? but got (\d+)\.$/, ': $1 expected, $2 given')
    .replace(/\.$/, '')
  return `noaccept: ${sentence}\n  help: ${suggestion === undefined ? whereToLook(command) : `did you mean ${suggestion}?`}\n`
}

const whereToLook = (command: string | null): string =>
  command === null ? 'noaccept --help lists the commands' : `noaccept ${command} --help tells how it is used`
