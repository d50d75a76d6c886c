import type { LogRule } from './log-rule.ts'
import { acceptLate } from './rules/accept-late.ts'
import { acceptMissing } from './rules/accept-missing.ts'
import { acceptQueueListed } from './rules/accept-queue-listed.ts'
import { answerMissing } from './rules/answer-missing.ts'
import { answerUnseen } from './rules/answer-unseen.ts'
import { bindFailed } from './rules/bind-failed.ts'
import { descriptorsExhausted } from './rules/descriptors-exhausted.ts'
import { listenerNotPolled } from './rules/listener-not-polled.ts'
import { listenerOverwritten } from './rules/listener-overwritten.ts'
import { logOfAnotherRun } from './rules/log-of-another-run.ts'
import { ownerListed } from './rules/owner-listed.ts'
import { processStoodStill } from './rules/process-stood-still.ts'
import { readMissing } from './rules/read-missing.ts'
import { readableNotMatched } from './rules/readable-not-matched.ts'
import { slotWrittenTwice } from './rules/slot-written-twice.ts'
import { socketLeaked } from './rules/socket-leaked.ts'

/** Every rule about logs, causes before their effects: the order in which findings are reported. */
export const LOG_RULES: readonly LogRule[] = [
  slotWrittenTwice,
  listenerOverwritten,
  socketLeaked,
  bindFailed,
  descriptorsExhausted,
  processStoodStill,
  readableNotMatched,
  listenerNotPolled,
  acceptMissing,
  acceptQueueListed,
  acceptLate,
  readMissing,
  answerMissing,
  ownerListed,
  answerUnseen,
  logOfAnotherRun,
]
