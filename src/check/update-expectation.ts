import { Document, isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml'
import type { Verdict } from '../diagnosis/verdict.ts'
import type { Report } from '../report/report.ts'
import { allowedVerdicts, type Expectation } from './expectation.ts'
import { countFound, type Found } from './judge.ts'

/** The text of an expectation file for a capture that has none: everything that was found, for review. */
export function newExpectation(report: Report, logs: readonly string[]): string {
  const found = countFound(report)
  const content: Expectation = {
    ...(logs.length === 0 ? {} : { logs: [...logs] }),
    ...(report.complete ? {} : { complete: false }),
    connections: report.connectionCount,
    listeners: Object.fromEntries(
      [...found.ports].map(([port, { verdicts, connections, served }]) => [
        port,
        {
          // Addresses that differ have no verdict in common: that of each connection is told.
          ...(verdicts.length === 1 ? { verdict: verdicts[0] } : {}),
          connections,
          served,
          verdicts: sorted(found.byPort.get(port) ?? new Map()),
        },
      ]),
    ),
    fires: sorted(found.fires),
    ...(logs.length === 0 ? {} : { rootCause: report.rootCause?.verdict ?? null }),
  }
  return new Document(content).toString({ lineWidth: 0 })
}

const sorted = <Value>(counts: ReadonlyMap<string, Value>): Record<string, Value> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The text of an expectation file with what was found in place of what was expected. It asks for what it asked for
 * before, comments stay, and nothing else is added: what changes is for review.
 */
export function updatedExpectation(text: string, expected: Expectation, report: Report): string {
  const rewriting = new Rewriting(text)
  const found = countFound(report, new Set((expected.flows ?? []).map((flow) => flow.stream)))
  if (expected.complete !== undefined) rewriting.set(['complete'], report.complete)
  if (expected.connections !== undefined) rewriting.set(['connections'], report.connectionCount)
  if (expected.verdicts !== undefined) rewriting.set(['verdicts'], sorted(found.verdicts))
  for (const [port, wanted] of Object.entries(expected.listeners ?? {})) updateListener(rewriting, port, wanted, found)
  for (const [at, wanted] of (expected.flows ?? []).entries()) {
    const connection = found.streams.get(wanted.stream)
    if (connection === undefined) continue
    if (!allowedVerdicts(wanted.verdict).includes(connection.verdict))
      rewriting.set(['flows', at, 'verdict'], connection.verdict)
    if (wanted.confidence !== undefined) rewriting.set(['flows', at, 'confidence'], connection.confidence)
  }
  updateRules(rewriting, expected, found)
  if (expected.rootCause !== undefined) rewriting.set(['rootCause'], report.rootCause?.verdict ?? null)
  return rewriting.text()
}

type Path = readonly (string | number)[]

/** A YAML text that is changed. Where only values and maps in braces change, every other character of it stays. */
class Rewriting {
  readonly document: Document.Parsed
  readonly #text: string
  readonly #edits: { readonly start: number; readonly end: number; readonly text: string }[] = []
  #restructured = false

  constructor(text: string) {
    this.#text = text
    this.document = parseDocument(text, { logLevel: 'error' })
  }

  set(path: Path, value: unknown): void {
    const node = this.document.getIn(path, true)
    const before: unknown = isNode(node) ? node.toJSON() : undefined
    if (same(before, value)) return
    if (isScalar(node) && node.range) {
      node.value = value
      this.#edits.push({ start: node.range[0], end: node.range[1], text: String(value) })
      return
    }
    const made = this.document.createNode(value)
    this.document.setIn(path, made)
    if (isMap(node) && node.flow && node.range && isMap(made)) {
      made.flow = true
      this.#edits.push({ start: node.range[0], end: node.range[1], text: inBraces(made) })
    } else this.#restructured = true
  }

  delete(path: Path): void {
    this.#restructured = this.document.deleteIn(path) || this.#restructured
  }

  text(): string {
    if (this.#restructured) return this.document.toString({ lineWidth: 0 })
    let text = this.#text
    for (const edit of this.#edits.sort((a, b) => b.start - a.start))
      text = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
    return text
  }
}

/** A map of plain values in one line. */
const inBraces = ({ items }: YAMLMap): string =>
  items.length === 0 ? '{}' : `{ ${items.map(({ key, value }) => `${key}: ${value}`).join(', ')} }`

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

const canonical = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value)

function updateRules(rewriting: Rewriting, expected: Expectation, found: Found): void {
  for (const [rule, wanted] of Object.entries(expected.fires ?? {})) {
    const count = found.fires.get(rule) ?? 0
    if (count === 0) rewriting.delete(['fires', rule])
    else if (wanted !== 'any') rewriting.set(['fires', rule], count)
  }
  const silent = expected.silent ?? []
  // From the end: each one that goes moves those behind it.
  for (let at = silent.length - 1; at >= 0; at--) if (found.fires.has(silent[at]!)) rewriting.delete(['silent', at])
}

type WantedListener = NonNullable<Expectation['listeners']>[string]

function updateListener(rewriting: Rewriting, port: string, wanted: WantedListener, found: Found): void {
  const listeners = rewriting.document.get('listeners', true)
  if (!isMap(listeners)) return
  // In YAML a port is a number, where the label of a packet list is a text.
  const key = listeners.items.map((item) => item.key).find((one) => String(one) === port)
  const path: Path = ['listeners', isScalar(key) ? (key.value as number | string) : port]
  const own = found.ports.get(port)
  if (own === undefined) {
    rewriting.delete(path)
    return
  }
  if (wanted.verdict !== undefined) updateVerdict(rewriting, [...path, 'verdict'], wanted.verdict, own.verdicts)
  for (const name of ['connections', 'served'] as const)
    if (wanted[name] !== undefined) rewriting.set([...path, name], own[name])
  const verdicts = found.byPort.get(port) ?? new Map<string, number>()
  if (wanted.verdicts !== undefined) rewriting.set([...path, 'verdicts'], sorted(verdicts))
}

/** What each address keeps to stays. Those that differ have no verdict in common that could be put in its place. */
function updateVerdict(
  rewriting: Rewriting,
  path: Path,
  wanted: NonNullable<WantedListener['verdict']>,
  found: readonly Verdict[],
): void {
  if (found.every((verdict) => allowedVerdicts(wanted).includes(verdict))) return
  if (found.length > 1) rewriting.delete(path)
  else rewriting.set(path, found[0])
}
