import { acceptFailed } from './causes/accept-failed.ts'
import { acceptHeldUp } from './causes/accept-held-up.ts'
import { acceptQueueFull } from './causes/accept-queue-full.ts'
import { acceptThreadBusy } from './causes/accept-thread-busy.ts'
import { acceptingPaused } from './causes/accepting-paused.ts'
import { activationFailed } from './causes/activation-failed.ts'
import { bindFailed } from './causes/bind-failed.ts'
import type { CauseRule } from './causes/cause.ts'
import { descriptorsExhausted } from './causes/descriptors-exhausted.ts'
import { listenerDetached } from './causes/listener-detached.ts'
import { listenerLeftOpen } from './causes/listener-left-open.ts'
import { listenerNotMatched } from './causes/listener-not-matched.ts'
import { listenerNotWatched } from './causes/listener-not-watched.ts'
import { loopEnded } from './causes/loop-ended.ts'
import { processStoodStill } from './causes/process-stood-still.ts'
import { refused } from './causes/refused.ts'
import { sharedPort } from './causes/shared-port.ts'
import { slotLost } from './causes/slot-lost.ts'
import { slotRace } from './causes/slot-race.ts'
import { stallTold } from './causes/stall-told.ts'
import { tlsFailed } from './causes/tls-failed.ts'
import { upstreamFailed } from './causes/upstream-failed.ts'
import { verdictItself } from './causes/verdict-itself.ts'
import { waitsForDependency } from './causes/waits-for-dependency.ts'
import { waitsForLock } from './causes/waits-for-lock.ts'
import { workersExhausted } from './causes/workers-exhausted.ts'
import { wroteNothing } from './causes/wrote-nothing.ts'
import type { RootCause } from './chain.ts'
import type { Focus } from './chain-step.ts'

/** What lies deepest comes first; what the verdict itself says, last. */
const CAUSES: readonly CauseRule[] = [
  // Of what was refused nothing waits in a queue, whatever became of it.
  refused,
  slotRace,
  slotLost,
  bindFailed,
  descriptorsExhausted,
  acceptFailed,
  loopEnded,
  acceptingPaused,
  tlsFailed,
  activationFailed,
  upstreamFailed,
  waitsForLock,
  stallTold,
  listenerDetached,
  listenerNotWatched,
  processStoodStill,
  wroteNothing,
  listenerNotMatched,
  workersExhausted,
  waitsForDependency,
  acceptQueueFull,
  sharedPort,
  acceptThreadBusy,
  acceptHeldUp,
  listenerLeftOpen,
  verdictItself,
]

/** The deepest cause that the lines carry. */
export function rootCauseOf(focus: Focus): RootCause | null {
  for (const rule of CAUSES) {
    const cause = rule(focus)
    if (cause) return cause
  }
  return null
}
