import { isIPv4, isIPv6 } from 'node:net'

/** An address with a port, as a log line names it. Absent parts are null. */
export interface Endpoint {
  readonly address: string | null
  readonly port: number | null
  /** Where in the text it stands. */
  readonly start: number
  readonly end: number
}

/** The word for it, as it stands behind an address. */
const PORT_WORD = '(?:port|puerto|porta|poort|порт|端口号?|通訊埠|埠|ポート(?:番号)?|포트(?:[ \\t]?번호)?)'
const PORT = `(?:(?::|#|', |["']?(?:[ \\t]*[,，、][ \\t]*|[ \\t]+)${PORT_WORD}[ \\t]*(?:[=:：][ \\t]*)?)(\\d{1,5})(?!\\w|\\.\\d))?`
const ENDPOINT = new RegExp(
  `(?<![\\w.:])(?:\\[((?=[0-9a-f.]{0,44}:[0-9a-f.]{0,43}:)[0-9a-f:.]{2,45})(?:%\\w{1,15})?\\]|(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\w.]{0,1}\\d)\\]?|((?:[0-9a-f]{0,4}:){2,8}(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{0,5}))(?![\\w.])|(localhost|\\*)(?=[:# \\t,]))${PORT}`,
  'gi',
)
/** What every endpoint has something of: most messages have nothing, and this tells it in a fraction of the time. */
const HINT = /[[*]|\d\.\d|:[\da-f]{0,4}:|localhost/i
/** `:8080` as Go prints a wildcard listener. */
const BARE_PORT = /(?:^|[\s"'(=])(?::|\*:)(\d{2,5})(?!\w|[.:]\d)/
const NAMED_PORT = /\bport(?:\(s\))?[ \t]*(?:[=:#(][ \t]*)?(\d{1,5})(?!\w|\.\d)/i

/** All endpoints that a text names, in its order. */
export function endpointsIn(text: string): Endpoint[] {
  const found: Endpoint[] = []
  if (!HINT.test(text)) return found
  // No `matchAll`: it makes a regular expression of its own for each text.
  ENDPOINT.lastIndex = 0
  for (let match = ENDPOINT.exec(text); match !== null; match = ENDPOINT.exec(text)) {
    const endpoint = fromMatch(match)
    if (endpoint === null) continue
    if (isNameOf(found.at(-1), endpoint, text)) found.pop()
    found.push(endpoint)
  }
  return found
}

/** `0.0.0.0/0.0.0.0:9000`: Java prints a name and a slash before an address, and for a name that there is not the address. */
const isNameOf = (name: Endpoint | undefined, { start }: Endpoint, text: string): boolean =>
  name !== undefined && name.port === null && name.end === start - 1 && text[name.end] === '/'

/** Where a text names addresses in dotted decimal, valid or not; null where it names others, which hold letters. */
export function dottedAddressesIn(text: string): Pick<Endpoint, 'start' | 'end'>[] | null {
  const found: Pick<Endpoint, 'start' | 'end'>[] = []
  for (const { index, 1: bracketed, 2: dotted, 3: bare } of text.matchAll(ENDPOINT)) {
    if (bracketed !== undefined || bare !== undefined) return null
    if (dotted !== undefined) found.push({ start: index, end: index + dotted.length })
  }
  return found
}

function fromMatch(match: RegExpExecArray): Endpoint | null {
  const [whole, bracketed, v4, bareV6, name, digits] = match
  const span = { start: match.index, end: match.index + whole.length }
  const port = digits === undefined ? null : portOf(digits)
  if (v4 !== undefined) return isIPv4(v4) ? { address: v4, port, ...span } : null
  if (bracketed !== undefined) return isIPv6(bracketed) ? { address: bracketed, port, ...span } : null
  if (bareV6 !== undefined) return fromBareV6(bareV6, port, span)
  return { address: name === '*' ? null : name!, port, ...span }
}

/** `::1:14428` is an address and a port wherever what is left of the last colon is an address by itself. */
function fromBareV6(text: string, port: number | null, span: { start: number; end: number }): Endpoint | null {
  const colon = text.lastIndexOf(':')
  const tail = text.slice(colon + 1)
  const head = text.slice(0, colon)
  if (port === null && /^\d{2,5}$/.test(tail) && isIPv6(head)) return { address: head, port: portOf(tail), ...span }
  return isIPv6(text) ? { address: text, port, ...span } : null
}

/** A port named without an address: `:8080`, `port 8080`. Null where none is. */
export function portIn(text: string): number | null {
  const digits = NAMED_PORT.exec(text)?.[1] ?? BARE_PORT.exec(text)?.[1]
  return digits === undefined ? null : portOf(digits)
}

function portOf(digits: string): number | null {
  const port = Number(digits)
  return port <= 0xffff ? port : null
}
