import type { Evidence } from '../diagnosis/finding.ts'
import type { Judgement } from '../diagnosis/verdict.ts'
import type { ChainStanding } from './chain.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import type { Scene } from './scene.ts'

/** The connection whose story is told, as judged with the logs. */
export interface Focus {
  readonly facts: ConnectionFacts
  readonly judgement: Judgement
  readonly scene: Scene
}

/** One thing that may have happened to a connection, told from its own evidence alone. */
export interface StepClaim {
  readonly claim: string
  readonly standing: ChainStanding
  readonly evidence: readonly [Evidence, ...Evidence[]]
}

/** Tells its step where the evidence carries one; null where it does not apply. */
export type StepRule = (focus: Focus) => StepClaim | null

/** True while nothing shows that the process took the connection from its accept queue. */
export const isUnaccepted = ({ facts, judgement }: Focus): boolean =>
  facts.accepted === null &&
  facts.wire.serverPushes.length === 0 &&
  ['never-accepted', 'accept-stopped', 'peer-stalled'].includes(judgement.verdict)
