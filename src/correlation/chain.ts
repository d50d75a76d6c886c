import type { Evidence } from '../diagnosis/finding.ts'
import type { Confidence, Verdict } from '../diagnosis/verdict.ts'
import type { CAUSE_NAMES } from './causes/cause-meaning.ts'

/** observed: a frame or a line says it. inferred: it follows. missing: it should be there and is not. contradicted: something speaks against it. */
export type ChainStanding = 'observed' | 'inferred' | 'missing' | 'contradicted'

/** One step of how it happened. */
export interface ChainStep {
  /** `a`, `b`, … */
  readonly step: string
  readonly claim: string
  readonly standing: ChainStanding
  readonly evidence: readonly Evidence[]
}

/** What lies behind it all. `claim` is one sentence that stands alone. */
export interface RootCause {
  /** A connection's verdict, or the name of what lies behind it, such as `slot-race`. */
  readonly verdict: Verdict | (typeof CAUSE_NAMES)[number]
  readonly claim: string
  readonly confidence: Confidence
}

/** Add `offset` to a log's time to get capture time; right to within `uncertainty`. Both in nanoseconds. */
export interface ClockOffset {
  readonly offset: number
  readonly uncertainty: number
  /** As docs/clocks.md lists them: `stamp zone`, `matched pairs`, `matched beats`, `given`, `assumed equal` … */
  readonly method: string
  /** Matched event–packet pairs it rests on; 0 where the clocks were assumed equal. */
  readonly pairs: number
  /** Where pairs far enough apart show that one clock runs faster; `offset` then holds in their middle. */
  readonly drift?: { readonly ppm: number; readonly uncertaintyPpm: number; readonly pairs: number } | null
}
