import type { Connection } from '../diagnosis/connection.ts'
import type { Finding } from '../diagnosis/finding.ts'
import type { Verdict } from '../diagnosis/verdict.ts'
import { formatDamagePlace } from '../report/damage.ts'
import type { Report } from '../report/report.ts'
import { formatFact } from '../report/source.ts'
import type { Position } from '../yaml/read-yaml.ts'
import { allowedVerdicts } from './expectation.ts'
import { type FoundPort, foundPorts } from './found-port.ts'
import type { PlacedExpectation } from './read-expectation.ts'

/** One thing that was expected, beside what was found. */
export interface Item {
  /** What it is about: `listener 9000: verdict`. */
  readonly what: string
  readonly expected: string
  readonly found: string
  readonly met: boolean
  /** Why what was found was found: facts with their frames and lines. */
  readonly evidence: readonly string[]
  /** Where in the expectation file it stands. */
  readonly position: Position
}

/** Facts told of one finding. */
const MOST_FACTS = 6

/** Everything that was found in a capture, counted, as far as an expectation can ask for it. */
export interface Found {
  readonly report: Report
  readonly verdicts: ReadonlyMap<string, number>
  readonly ports: ReadonlyMap<string, FoundPort>
  /** By port: connections of each verdict. */
  readonly byPort: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly fires: ReadonlyMap<string, number>
  readonly streams: ReadonlyMap<number, Connection>
}

/** Counts a report. `streams` are the connections that are asked for one by one. */
export function countFound(report: Report, streams: ReadonlySet<number> = new Set()): Found {
  const verdicts = new Map<string, number>()
  const byPort = new Map<string, Map<string, number>>()
  const kept = new Map<number, Connection>()
  for (const connection of report.connections()) {
    const port = String(connection.server.port)
    add(verdicts, connection.verdict, 1)
    const own = byPort.get(port) ?? new Map<string, number>()
    byPort.set(port, own)
    add(own, connection.verdict, 1)
    if (streams.has(connection.stream)) kept.set(connection.stream, connection)
  }
  const fires = new Map<string, number>()
  for (const finding of report.findings) add(fires, finding.rule, 1)
  for (const { rule, count } of report.omitted) add(fires, rule, count)
  return { report, verdicts, ports: foundPorts(report), byPort, fires, streams: kept }
}

const add = (counts: Map<string, number>, key: string, count: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + count)

/** What is judged: the expectation with its places, and what was found. */
interface Bench extends PlacedExpectation {
  readonly found: Found
}

/** Puts every expectation beside what was found. */
export function judge(placed: PlacedExpectation, report: Report): Item[] {
  const found = countFound(report, new Set((placed.expected.flows ?? []).map((flow) => flow.stream)))
  const bench: Bench = { ...placed, found }
  return [...captureItems(bench), ...listenerItems(bench), ...flowItems(bench), ...ruleItems(bench)]
}

function item(
  bench: Bench,
  path: Path,
  what: string,
  expected: unknown,
  found: unknown,
  evidence: readonly string[] = [],
): Item {
  const wanted = String(expected)
  const got = String(found)
  return { what, expected: wanted, found: got, met: wanted === got, evidence, position: bench.place(path) }
}

/** `found` are the verdicts of all that is asked for, each of which must be allowed; or why there are none. */
function verdictItem(
  bench: Bench,
  path: Path,
  what: string,
  wanted: Parameters<typeof allowedVerdicts>[0],
  found: readonly Verdict[] | string,
  evidence: readonly string[],
): Item {
  const allowed = allowedVerdicts(wanted)
  const told = typeof found === 'string' ? found : found.join(' and ')
  const met = typeof found !== 'string' && found.every((verdict) => allowed.includes(verdict))
  return { what, expected: allowed.join(' or '), found: told, met, evidence, position: bench.place(path) }
}

function* captureItems(bench: Bench): Generator<Item> {
  const { expected, found } = bench
  const { report } = found
  if (expected.complete !== undefined)
    yield item(bench, ['complete'], 'read to the end', expected.complete, report.complete, damagePlaces(report))
  if (expected.connections !== undefined)
    yield item(bench, ['connections'], 'connections', expected.connections, report.connectionCount)
  if (expected.verdicts === undefined) return
  const wanted = countsText(Object.entries(expected.verdicts))
  yield item(bench, ['verdicts'], 'verdicts', wanted, countsText(found.verdicts), errors(found))
}

function* listenerItems(bench: Bench): Generator<Item> {
  const { report, ports, byPort } = bench.found
  for (const [port, wanted] of Object.entries(bench.expected.listeners ?? {})) {
    const own = ports.get(port)
    const facts = own === undefined ? [] : factsOf(report, findingsOf(report, own))
    const path = ['listeners', port]
    if (wanted.verdict !== undefined) {
      const what = `listener ${port}: verdict`
      yield verdictItem(bench, [...path, 'verdict'], what, wanted.verdict, own?.verdicts ?? 'no such listener', facts)
    }
    for (const key of ['connections', 'served'] as const) {
      if (wanted[key] === undefined) continue
      const found = own?.[key] ?? 'no such listener'
      yield item(bench, [...path, key], `listener ${port}: ${key}`, wanted[key], found, facts)
    }
    if (wanted.verdicts === undefined) continue
    const verdicts = countsText(Object.entries(wanted.verdicts))
    const counted = countsText(byPort.get(port) ?? [])
    yield item(bench, [...path, 'verdicts'], `listener ${port}: verdicts`, verdicts, counted, facts)
  }
}

function* ruleItems(bench: Bench): Generator<Item> {
  const { expected, found, place } = bench
  for (const [rule, wanted] of Object.entries(expected.fires ?? {})) {
    if (wanted === undefined) continue
    const count = found.fires.get(rule) ?? 0
    yield {
      what: `fires: ${rule}`,
      expected: wanted === 'any' ? 'at least once' : times(wanted),
      found: times(count),
      met: wanted === 'any' ? count > 0 : count === wanted,
      evidence: ruleFacts(found, rule),
      position: place(['fires', rule]),
    }
  }
  for (const [at, rule] of (expected.silent ?? []).entries()) {
    const count = times(found.fires.get(rule) ?? 0)
    yield item(bench, ['silent', at], `silent: ${rule}`, times(0), count, ruleFacts(found, rule))
  }
  if (expected.rootCause === undefined) return
  const { rootCause } = found.report
  const claim = rootCause === null ? [] : [rootCause.claim]
  yield item(bench, ['rootCause'], 'root cause', expected.rootCause ?? 'none', rootCause?.verdict ?? 'none', claim)
}

type Path = readonly PropertyKey[]
type WantedFlow = NonNullable<PlacedExpectation['expected']['flows']>[number]

function* flowItems(bench: Bench): Generator<Item> {
  for (const [at, wanted] of (bench.expected.flows ?? []).entries()) yield* itemsOfFlow(bench, wanted, at)
}

function* itemsOfFlow(bench: Bench, wanted: WantedFlow, at: number): Generator<Item> {
  const { found } = bench
  const connection = found.streams.get(wanted.stream)
  const facts = connection === undefined ? [] : factsOf(found.report, connection.findings)
  const candidates = connection?.candidates ?? []
  const reasons = candidates.map((one) => `${one.verdict}, ${one.standing}: ${one.reasons.join('; ')}`)
  const given = connection === undefined ? 'no such connection' : [connection.verdict]
  const what = `stream ${wanted.stream}: verdict`
  yield verdictItem(bench, ['flows', at, 'verdict'], what, wanted.verdict, given, [...facts, ...reasons])
  if (wanted.confidence === undefined) return
  const got = connection?.confidence ?? 'no such connection'
  yield item(bench, ['flows', at, 'confidence'], `stream ${wanted.stream}: confidence`, wanted.confidence, got, facts)
}

const times = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`)

/** `healthy 9, refused 1`, in order of the verdicts' names; `none` for nothing. */
function countsText(counts: Iterable<readonly [string, number]>): string {
  const told = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return told.map(([verdict, count]) => `${verdict} ${count}`).join(', ') || 'none'
}

const damagePlaces = (report: Report): string[] =>
  report.captures.flatMap(({ damage }) => (damage === null ? [] : [formatDamagePlace(damage)]))

const findingFacts = (report: Report, finding: Finding): string[] => [
  finding.title,
  ...finding.evidence.slice(0, MOST_FACTS).map((fact) => formatFact(report, fact, 4)),
]

const factsOf = (report: Report, findings: readonly number[]): string[] =>
  findings.slice(0, 2).flatMap((at) => {
    const finding = report.findings[at]
    return finding === undefined ? [] : findingFacts(report, finding)
  })

/** About the listeners themselves, then about their connections. */
function findingsOf(report: Report, { listeners }: FoundPort): number[] {
  const streams = new Set(listeners.flatMap((listener) => listener.streams))
  const ofStreams = report.findings.flatMap(({ stream }, at) => (stream !== null && streams.has(stream) ? [at] : []))
  return [...new Set([...listeners.flatMap(({ findings }) => findings), ...ofStreams])]
}

function ruleFacts({ report }: Found, rule: string): string[] {
  const finding = report.findings.find((one) => one.rule === rule)
  return finding === undefined ? [] : findingFacts(report, finding)
}

function errors({ report }: Found): string[] {
  return report.findings
    .filter((finding) => finding.severity === 'error')
    .slice(0, 3)
    .map((finding) => finding.title)
}
