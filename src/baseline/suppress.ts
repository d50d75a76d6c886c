import type { Finding } from '../diagnosis/finding.ts'
import { type Identity, identityOf } from '../report/fingerprint.ts'
import type { Report } from '../report/report.ts'
import { ruleText } from '../report/rule-texts.ts'
import { connectionsOf } from '../report/subjects.ts'
import type { KnownFinding } from './baseline.ts'

/** A report without the findings that are known, and what is to be said of the baseline. */
export interface Suppression {
  readonly report: Report
  /** Entries that no finding met: what they told of is gone, or this capture does not show it. Their indexes. */
  readonly stale: readonly number[]
  /** Entries whose day is over: their findings count again. Their indexes. */
  readonly expired: readonly number[]
}

/** Takes out of a report what its baseline knows, and counts it. `today` is `YYYY-MM-DD`, of UTC. */
export function suppress(report: Report, known: readonly KnownFinding[], today: string): Suppression {
  const isOver = ({ expires }: KnownFinding): boolean => expires !== undefined && expires < today
  const byPrint = new Map(known.filter((entry) => !isOver(entry)).map((entry) => [entry.fingerprint, entry]))
  const met = new Set<string>()
  const counts = new Map<KnownFinding, number>()
  const places: (number | null)[] = []
  const kept: Finding[] = []
  for (const { finding, identity } of identified(report)) {
    met.add(identity.fingerprint)
    const entry = byPrint.get(identity.fingerprint)
    places.push(entry === undefined ? kept.push(finding) - 1 : null)
    if (entry !== undefined) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  }
  const suppressed = [...counts].map(([{ rule, fingerprint, reason }, count]) => ({
    rule,
    fingerprint,
    count,
    reason: reason ?? null,
  }))
  const indexes = known.map((_, index) => index)
  return {
    report: { ...withoutFindings(report, kept, places), suppressed },
    stale: indexes.filter((index) => !met.has(known[index]!.fingerprint)),
    expired: indexes.filter((index) => isOver(known[index]!)),
  }
}

/** All findings of a report as entries of a baseline; what `before` said of the same ones stays. */
export function knownOf(report: Report, before: readonly KnownFinding[]): KnownFinding[] {
  const told = new Map(before.map((entry) => [entry.fingerprint, entry]))
  const entries = new Map<string, KnownFinding>()
  for (const { finding, identity } of identified(report)) {
    const { fingerprint, subject } = identity
    const { reason, expires } = told.get(fingerprint) ?? {}
    const title = ruleText(finding.rule)?.title ?? finding.rule
    entries.set(fingerprint, {
      rule: finding.rule,
      fingerprint,
      about: `${finding.severity}: ${title}${subject === '' ? '' : `: ${subject}`}`,
      ...(reason === undefined ? {} : { reason }),
      ...(expires === undefined ? {} : { expires }),
    })
  }
  const key = ({ rule, about, fingerprint }: KnownFinding): string => `${rule} ${about} ${fingerprint}`
  return [...entries.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

function identified(report: Report): { readonly finding: Finding; readonly identity: Identity }[] {
  const { findings } = report
  const about = connectionsOf(
    report,
    findings.map(({ stream }) => stream),
  )
  return findings.map((finding) => ({
    finding,
    identity: identityOf(report, finding, about.get(finding.stream ?? -1)),
  }))
}

/** Connections and listeners point at findings by index: the kept ones move up. */
function withoutFindings(report: Report, kept: readonly Finding[], places: readonly (number | null)[]): Report {
  const moved = <Owner extends { readonly findings: readonly number[] }>(owner: Owner): Owner => ({
    ...owner,
    findings: owner.findings.flatMap((index) => places[index] ?? []),
  })
  const { connectionOf } = report
  return {
    ...report,
    findings: kept,
    listeners: report.listeners.map(moved),
    connections: function* () {
      for (const connection of report.connections()) yield moved(connection)
    },
    ...(connectionOf === undefined
      ? {}
      : {
          connectionOf: (stream: number) => {
            const connection = connectionOf(stream)
            return connection && moved(connection)
          },
        }),
  }
}
