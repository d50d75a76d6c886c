import type { Judgement, Verdict } from '../diagnosis/verdict.ts'
import type { ChainStep, RootCause } from './chain.ts'
import type { Focus, StepRule } from './chain-step.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import { rootCauseOf } from './root-cause.ts'
import type { Scene } from './scene.ts'
import { closedListener } from './sockets/closed-listener.ts'
import { failedBindOf } from './sockets/failed-bind.ts'
import { whyRefused } from './sockets/why-refused.ts'
import {
  acceptOrNot,
  descriptorsRunOut,
  listenerLeavesPoll,
  listenerReadable,
  ownProcessStandsStill,
  processStandsStill,
} from './steps/accept.ts'
import { clientStatus } from './steps/client.ts'
import { clientConnects, kernelCompletes, kernelRefuses } from './steps/handshake.ts'
import { anotherAnswers, bindFails, listenerStored, slotOverwritten } from './steps/listener.ts'
import { listedBySystem } from './steps/queue.ts'
import { answersStop, queuedAnswered, readOrNot, requestsEnd, serverCloses } from './steps/service.ts'

/** In the order of cause and effect. Each tells its step only where its own evidence carries it. */
const STEPS: readonly StepRule[] = [
  bindFails,
  listenerStored,
  slotOverwritten,
  clientConnects,
  kernelRefuses,
  kernelCompletes,
  anotherAnswers,
  listenerReadable,
  processStandsStill,
  acceptOrNot,
  listedBySystem,
  descriptorsRunOut,
  listenerLeavesPoll,
  readOrNot,
  requestsEnd,
  ownProcessStandsStill,
  answersStop,
  queuedAnswered,
  serverCloses,
  clientStatus,
]

/** Verdicts that have a story, the gravest first. */
const GRAVEST: readonly Verdict[] = [
  'never-accepted',
  'accept-stopped',
  'wrong-service',
  'accepted-never-read',
  'accepted-no-reply',
  'peer-stalled',
  'backlog-overflow',
  'delayed-accept',
  'reset-unread-data',
  'server-idle-close',
  'zero-window-stall',
  'ack-only',
  'refused',
]

/** Behind every connection that waited in an accept queue, before those that only ended. */
const BEHIND_THE_QUEUED = GRAVEST.indexOf('delayed-accept') + 0.5

/**
 * Tells how it happened to the gravest connection of which the logs tell; empty where nothing is wrong. Where no log is
 * of this run the packets' own steps remain, and no cause is named.
 */
export function assembleChain(
  scene: Scene,
  changed: ReadonlyMap<number, Judgement>,
  isReported: (stream: number) => boolean,
): { chain: ChainStep[]; rootCause: RootCause | null } {
  const focus = gravest(scene, changed, isReported)
  if (!focus) return { chain: [], rootCause: null }
  const steps = STEPS.flatMap((rule) => rule(focus) ?? [])
  return {
    chain: steps.map((step, index) => ({ step: letter(index), ...step })),
    rootCause: isTold(focus.facts, scene) ? rootCauseOf(focus) : null,
  }
}

/** `a` to `z`; there are fewer rules than letters. */
const letter = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index)

const isTold = (facts: ConnectionFacts, scene: Scene): boolean =>
  facts.process !== null ||
  facts.queue?.waits === true ||
  (facts.queue?.row ?? null) !== null ||
  whyRefused(facts, scene) !== null ||
  closedListener(facts, scene) !== null ||
  scene.clients.has(facts.wire) ||
  failedBindOf(scene.failedBinds, facts.wire) !== null

function gravest(
  scene: Scene,
  changed: ReadonlyMap<number, Judgement>,
  isReported: (stream: number) => boolean,
): Focus | null {
  let best: { focus: Focus; rank: number } | null = null
  for (const facts of scene.facts) {
    const judgement = changed.get(facts.wire.connection.stream) ?? facts.wire.connection
    const grave = GRAVEST.indexOf(judgement.verdict)
    if (grave < 0 || !isReported(facts.wire.connection.stream)) continue
    // A server that closes what is idle does as it is told to: only its own log makes a story of it.
    if (judgement.verdict === 'server-idle-close' && facts.process === null) continue
    if (judgement.verdict === 'refused' && whyRefused(facts, scene) === null) continue
    // A standstill shows where the process left the accept queue alone, not where it left one request alone.
    const stalled = judgement.verdict === 'peer-stalled' && facts.accepted !== null
    const answered = stalled ? BEHIND_THE_QUEUED - grave : 0
    // A connection of which logs tell comes before one of which only packets do; one whose listener was lost before both.
    const told = isTold(facts, scene) ? 0 : GRAVEST.length * 2
    const lost = (facts.link?.listener?.notMatched.length ?? 0) > 0 ? -GRAVEST.length : 0
    const rank = grave + answered + told + lost
    if (best === null || rank < best.rank) best = { focus: { facts, judgement, scene }, rank }
  }
  return best?.focus ?? null
}
