import { excerpt } from './visible.ts'

/** Breaks what trackers turn into a mention, a reference or a link; it is not shown. */
const BREAK = '<!-- -->'

/**
 * At most `limit` characters of a text as Markdown, in a paragraph or in the cell of a table: nothing in it is markup,
 * mentions anybody, links anywhere or ends the cell. Line breaks flow.
 */
export function markdownText(text: string, limit = Number.POSITIVE_INFINITY): string {
  return excerpt(text.replace(/\s*\n\s*/g, ' ').trim(), limit)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
    .replace(/^([-+#=]|\d+[.)](?=\s))/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(/([@#!])(?=\w)|(?<=:)(?=\/\/)|(?<=www)(?=\.)/gi, (sign) => `${sign}${BREAK}`)
}
