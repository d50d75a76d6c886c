import type { Verdict } from '../diagnosis/verdict.ts'

/** Verdicts of connections that work, or have nothing to do. */
export const UNTROUBLED: ReadonlySet<string> = new Set<Verdict>([
  'healthy',
  'healthy-one-way',
  'healthy-server-push',
  'half-close',
  'idle',
])
