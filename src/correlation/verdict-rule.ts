import type { Candidate, Confidence, Judgement, Verdict } from '../diagnosis/verdict.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import type { Scene } from './scene.ts'

/** What the logs make of a connection whose packets leave it open. */
export interface Override {
  readonly verdict: Verdict
  readonly confidence: Confidence
  /** What speaks for it. */
  readonly reasons: readonly [string, ...string[]]
  /** Causes that the same lines rule out, with the reason. */
  readonly against: readonly { readonly verdict: Verdict; readonly reason: string }[]
}

/** Judges one connection by its facts; null where it has nothing to say. */
export type LogVerdictRule = (facts: ConnectionFacts, scene: Scene) => Override | null

/** Verdicts that name what packets show but not its cause: these a log may decide. */
const OPEN: ReadonlySet<Verdict> = new Set([
  'never-accepted',
  'accept-stopped',
  'accepted-never-read',
  'accepted-no-reply',
  'ack-only',
  'zero-window-stall',
  'healthy-one-way',
  'idle',
  'insufficient',
  'wrong-service',
])

/** True where the packets name a symptom alone, and for a cause that is itself only inferred from silence. */
export const isOpen = (verdict: Verdict): boolean => OPEN.has(verdict)

/** The connection's judgement with the log's reasons in it. */
export function overridden(judgement: Judgement, override: Override): Judgement {
  const told = new Map<Verdict, Candidate>()
  for (const candidate of judgement.candidates) told.set(candidate.verdict, candidate)
  for (const { verdict, reason } of override.against) {
    if (verdict === override.verdict) continue
    told.set(verdict, { verdict, standing: 'contradicted', reasons: [reason] })
  }
  const former = told.get(override.verdict)?.reasons ?? []
  told.delete(override.verdict)
  const raised: Candidate = {
    verdict: override.verdict,
    standing: 'supported',
    reasons: [...override.reasons, ...former],
  }
  return { verdict: override.verdict, confidence: override.confidence, candidates: [raised, ...told.values()] }
}
