/** A row of CSV: Wireshark quotes each cell where it exports a list, others only those that must be. */
const CSV_ROW = /^"|^\d{1,10},[^",]+,[^",\s]+,[^",\s]+,/
const CSV_CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/g
/** A row of Markdown's, or of a tracker's own tables, without its first border. */
const TABLE_ROW = /^[^|]+\|.*\|$/
const BORDER = /(?<!\\)\|/
/** What was put before characters that would be markup, and what breaks a mention. */
const ESCAPES = /\\(?=[!-/:-@[-`{-~])|<!-- -->/g

/** The columns of a line that is a row of a table, with blanks between them as in a list; any other line as it is. */
export function withoutCells(line: string): string {
  if (CSV_ROW.test(line)) return [...line.matchAll(CSV_CELL)].map(([, quoted, bare]) => cell(quoted, bare)).join(' ')
  if (!TABLE_ROW.test(line)) return line
  const cells = line.split(BORDER).slice(0, -1)
  return cells.map((text) => text.trim().replace(ESCAPES, '')).join(' ')
}

const cell = (quoted: string | undefined, bare = ''): string => quoted?.replaceAll('""', '"') ?? bare

/** Tells whether a line only parts the titles of a table from its rows. */
export const isTableRule = (line: string): boolean => /^\|?(?:\s*:?-{3,}:?\s*\|)+\s*$/.test(line)
