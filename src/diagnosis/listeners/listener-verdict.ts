import type { Verdict } from '../verdict.ts'

/** Verdicts of connections that the kernel took and no process answered. */
const SILENT: readonly Verdict[] = ['ack-only', 'zero-window-stall', 'backlog-overflow', 'never-accepted']

/** Verdicts of connections that never came about. */
const ATTEMPTS: readonly Verdict[] = ['refused', 'syn-unanswered', 'synack-lost']

/** The listener's verdict: what befalls its newest connection where it is not served, else what most of them are. */
export function listenerVerdict(verdicts: readonly Verdict[], stopped: boolean): Verdict {
  if (stopped) return 'accept-stopped'
  const newest = verdicts.at(-1)
  if (newest !== undefined && SILENT.includes(newest)) return newest
  const counts = new Map<Verdict, number>()
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const all = [...counts].sort((a, b) => b[1] - a[1])
  // What did not get in says nothing of how those are treated that did.
  const inside = all.filter(([verdict]) => !ATTEMPTS.includes(verdict))
  const [most] = inside.length > 0 ? inside : all
  return most?.[0] ?? 'insufficient'
}
