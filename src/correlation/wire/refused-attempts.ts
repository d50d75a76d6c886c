import { ONE_ATTEMPT } from '../../diagnosis/evidence/refusal.ts'
import { counted } from '../../text/plural.ts'
import type { WireConnection } from './wire-connection.ts'

/** What was refused before a moment: attempts of applications, and the SYNs that their systems sent for them. */
interface Refused {
  readonly attempts: number
  readonly syns: number
}

/** Counts the refused attempts among connections: SYNs from one port that follow each other closely are one. */
export function refusedAttempts(connections: readonly WireConnection[], before: number): Refused {
  const begun = new Map<number | string, number>()
  const syns = connections
    .filter(({ refusals }) => refusals.some(({ time }) => time < before))
    .flatMap(({ connection, syns }) => syns.map(({ time }) => ({ port: connection.client.port, time })))
    .filter(({ time }) => time < before)
    .sort((a, b) => a.time - b.time)
  let attempts = 0
  for (const { port, time } of syns) {
    if (time - (begun.get(port) ?? Number.NEGATIVE_INFINITY) < ONE_ATTEMPT) continue
    begun.set(port, time)
    attempts++
  }
  return { attempts, syns: syns.length }
}

/** `, after 1 refused attempt (3 SYNs)`; empty without any. */
export function formatRefused({ attempts, syns }: Refused): string {
  if (attempts === 0) return ''
  return `, after ${counted(attempts, 'refused attempt')}${syns > attempts ? ` (${counted(syns, 'SYN')})` : ''}`
}
