import { describe, expect, it } from 'vitest'
import { usageError } from '../../src/cli/usage-error.ts'

describe('a mistake in what was typed', () => {
  it.each([
    [
      "error: missing required argument 'capture'",
      'analyze',
      "noaccept: missing required argument 'capture'\n  help: noaccept analyze --help tells how it is used\n",
    ],
    [
      "error: unknown command 'analyse'\n(Did you mean analyze?)",
      null,
      "noaccept: unknown command 'analyse'\n  help: did you mean analyze?\n",
    ],
    [
      "error: unknown option '--log'",
      'analyze',
      "noaccept: unknown option '--log'\n  help: noaccept correlate and noaccept timeline take --log\n",
    ],
    ["error: unknown command 'x'", null, "noaccept: unknown command 'x'\n  help: noaccept --help lists the commands\n"],
    [
      "error: unknown option '--formt'\n(Did you mean --format?)",
      'analyze',
      "noaccept: unknown option '--formt'\n  help: did you mean --format?\n",
    ],
    [
      "error: unknown option '--format'\n(Did you mean --port?)",
      'convert',
      "noaccept: unknown option '--format'\n  help: noaccept convert --help tells how it is used\n",
    ],
    [
      "error: unknown option '--no-colo'\n(Did you mean one of --color, --no-color?)",
      'flows',
      "noaccept: unknown option '--no-colo'\n  help: did you mean one of --color, --no-color?\n",
    ],
    [
      "error: option '--max-memory <size>' argument '10' is invalid. a size is a number",
      'flows',
      "noaccept: option '--max-memory <size>' argument '10' is invalid: a size is a number\n  help: noaccept flows --help tells how it is used\n",
    ],
    [
      "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are json, csv.",
      'flows',
      "noaccept: option '-f, --format <format>' argument 'xml' is invalid: allowed are json, csv\n  help: noaccept flows --help tells how it is used\n",
    ],
    [
      "error: option '-f, --format <format>' argument 'JSN' is invalid. Allowed choices are terminal, json, ndjson.",
      'flows',
      "noaccept: option '-f, --format <format>' argument 'JSN' is invalid: allowed are terminal, json, ndjson\n  help: did you mean json?\n",
    ],
    [
      "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are json, html.",
      'analyze',
      "noaccept: option '-f, --format <format>' argument 'xml' is invalid: allowed are json, html\n  help: noaccept analyze --help tells how it is used\n",
    ],
    [
      "error: too many arguments for 'rules'. Expected 0 arguments but got 1.",
      'rules',
      "noaccept: too many arguments for 'rules': 0 expected, 1 given\n  help: noaccept rules --help tells how it is used\n",
    ],
  ])('%s is told with what helps', (text, command, told) => {
    expect(usageError(text, command)).toBe(told)
  })
})
