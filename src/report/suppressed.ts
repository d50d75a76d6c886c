import { counted } from '../text/plural.ts'
import type { Report } from './report.ts'

/** Findings that a baseline let pass; 0 also where none was given. */
export const suppressedCount = ({ suppressed = [] }: Report): number =>
  suppressed.reduce((sum, { count }) => sum + count, 0)

/** How many findings the baseline let pass, in words; null where none was given. */
export const suppressedText = (report: Report): string | null =>
  report.suppressed === undefined ? null : `${counted(suppressedCount(report), 'finding')} suppressed by the baseline`
