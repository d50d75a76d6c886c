import { excerpt } from './visible.ts'
import { visibleJson } from './visible-json.ts'

/** The description of a test point: `#` would begin a directive such as SKIP, and a backslash escapes. */
export const tapDescription = (text: string): string => excerpt(text, 1000).replace(/[\\#]/g, '\\$&')

/** A value of its YAML block: a quoted JSON string is a YAML string. */
export const tapValue = (text: string): string => visibleJson([excerpt(text, 4000)]).slice(1, -1)
