import type { CaptureSummary, Damage } from '../capture/capture-reader.ts'
import type { Report } from './report.ts'

/** Where a capture could not be read on, and what was found there. Text from outside: to be made visible. */
export const formatDamagePlace = ({ frame, offset, expected, found }: Damage): string =>
  `frame ${frame}, byte ${offset}: expected ${expected}, found ${found}`

/** The same as a statement. */
export const formatDamage = (damage: Damage): string => `damaged at ${formatDamagePlace(damage)}`

/** What was noticed of a capture, with its damage: whoever reads the warnings alone is not to miss what weighs most. */
export const warningsOf = ({ warnings, damage }: Pick<CaptureSummary, 'warnings' | 'damage'>): readonly string[] =>
  damage === null ? warnings : [...warnings, formatDamage(damage)]

/** The captures of a report that are damaged, each with where. */
export const damages = ({ captures }: Report): readonly { readonly path: string; readonly text: string }[] =>
  captures.flatMap(({ path, damage }) => (damage === null ? [] : [{ path, text: formatDamage(damage) }]))
