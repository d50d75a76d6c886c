import { Chalk, type ChalkInstance } from 'chalk'
import type { Severity } from '../../diagnosis/finding.ts'
import { toAscii } from '../../text/ascii.ts'
import { excerpt } from '../../text/visible.ts'
import type { ReportOptions } from '../reporter.ts'

const UNICODE = {
  gutter: '│',
  rail: '│',
  line: '─',
  right: '▶',
  left: '◀',
  gap: '⋮',
  arrow: '→',
  ellipsis: '…',
  observed: '●',
  inferred: '◐',
  missing: '○',
  contradicted: '✗',
}

const ASCII: typeof UNICODE = {
  gutter: '|',
  rail: '|',
  line: '-',
  right: '>',
  left: '<',
  gap: ':',
  arrow: '->',
  ellipsis: '...',
  observed: '*',
  inferred: '+',
  missing: 'o',
  contradicted: 'x',
}

/** Beyond this a text from outside is cut: it would hide the story that it is part of. */
const LONGEST = 600

/** Draws on one terminal: its width, its signs, its colours. */
export interface Pen {
  readonly width: number
  readonly verbose: boolean
  readonly signs: typeof UNICODE
  readonly chalk: ChalkInstance
  /** Any text of a report on one line, fit to be printed: nothing in it drives the terminal. */
  text(given: string, limit?: number): string
  severity(severity: Severity): (text: string) => string
}

export function penOf(options: ReportOptions): Pen {
  // The default instance asks the process itself and heeds no NO_COLOR; this one does as it is told.
  const chalk = new Chalk({ level: options.color })
  const colors = { error: chalk.red.bold, warning: chalk.yellow.bold, note: chalk.cyan.bold }
  return {
    width: options.width,
    verbose: options.verbose,
    signs: options.ascii ? ASCII : UNICODE,
    chalk,
    text(given, limit = LONGEST) {
      const shown = excerpt(given, limit)
      return options.ascii ? toAscii(shown) : shown
    },
    severity: (severity) => colors[severity],
  }
}
