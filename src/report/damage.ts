import type { Damage } from '../capture/capture-reader.ts'
import type { Report } from './report.ts'

/** Where a capture stopped being readable, in words. Text from outside: to be made visible. */
export const formatDamage = ({ frame, offset, expected, found }: Damage): string =>
  `damaged at frame ${frame}, byte ${offset}: expected ${expected}, found ${found}`

/** The captures of a report that are damaged, each with where. */
export const damages = ({ captures }: Report): readonly { readonly path: string; readonly text: string }[] =>
  captures.flatMap(({ path, damage }) => (damage === null ? [] : [{ path, text: formatDamage(damage) }]))
