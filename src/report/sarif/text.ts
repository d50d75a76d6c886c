import { excerpt } from '../../text/visible.ts'

/** GitHub keeps so many results of an upload, and refuses one with five times as many. */
export const MOST_RESULTS = 5000

export const SARIF_SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** Longest text of a message: what stands beyond it no viewer shows. */
const LONGEST = 4000

/** A text as a SARIF message: brackets are links to viewers unless a backslash stands before them (§3.11.6). */
export function message(text: string): string {
  return excerpt(text.replace(/\s*\n\s*/g, ' ').trim(), LONGEST).replace(/[\\[\]]/g, '\\$&')
}

/** A path as a URI reference: relative stays relative, absolute becomes `file:`. */
export function uriOf(path: string): string {
  const slashed = path.replaceAll('\\', '/').replace(/\p{Cs}/gu, '\ufffd')
  const parts = slashed.split('/').map(encodeURIComponent)
  if (slashed.startsWith('/')) return `file://${parts.join('/')}`
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${slashed.slice(0, 2)}/${parts.slice(1).join('/')}`
  return parts.join('/') || '-'
}
