import type { CaptureRule, FlowRule, ListenerRule, RuleText, VerdictRule } from './rule.ts'
import { acceptStopped } from './rules/accept-stopped.ts'
import { acceptedNoReply } from './rules/accepted-no-reply.ts'
import { ackOnly, undecided } from './rules/ack-only.ts'
import { answerCut, healthyUnfinished } from './rules/answer-cut.ts'
import { answeredTogether } from './rules/answered-together.ts'
import { backlogOverflow } from './rules/backlog-overflow.ts'
import { captureClock } from './rules/capture/clock.ts'
import { captureCutFrames } from './rules/capture/cut-frames.ts'
import { captureDrops } from './rules/capture/drops.ts'
import { captureDuplicates } from './rules/capture/duplicates.ts'
import { captureHoles } from './rules/capture/holes.ts'
import { captureInversions } from './rules/capture/inversions.ts'
import { captureMidstream } from './rules/capture/midstream.ts'
import { closeUnreturned } from './rules/close-unreturned.ts'
import { dataUnacknowledged } from './rules/data-unacknowledged.ts'
import { deferredAccept } from './rules/deferred-accept.ts'
import { delayedAccept } from './rules/delayed-accept.ts'
import { foreignReset } from './rules/foreign-reset.ts'
import { greetingMissing } from './rules/greeting-missing.ts'
import {
  halfClose,
  healthy,
  healthyAsFarAsSeen,
  healthyBeforeReset,
  healthyLeftOpen,
  healthyOnceAnswered,
  healthyOnItsWay,
  healthyServerPush,
  healthyShakenHands,
  healthySoFar,
  healthyUnseenRequest,
  idle,
  served,
} from './rules/healthy.ts'
import { healthyOneWay } from './rules/healthy-one-way.ts'
import { oneSided, unseenWords } from './rules/insufficient.ts'
import { noAcceptSignature } from './rules/no-accept-signature.ts'
import { peerGone } from './rules/peer-gone.ts'
import { peerStalled } from './rules/peer-stalled.ts'
import { healthyMultiplexed, healthyPipelined, pipelineStalled } from './rules/pipeline-stalled.ts'
import { refused } from './rules/refused.ts'
import { repliesUnacknowledged } from './rules/replies-unacknowledged.ts'
import { resetUnreadData } from './rules/reset-unread-data.ts'
import { resetUnspoken } from './rules/reset-unspoken.ts'
import { selfConnected } from './rules/self-connected.ts'
import { serverDied } from './rules/server-died.ts'
import { serverIdleClose } from './rules/server-idle-close.ts'
import { slowReader } from './rules/slow-reader.ts'
import { healthyAsItComes, healthyButForAStep, slowResponder } from './rules/slow-responder.ts'
import { synChallenged } from './rules/syn-challenged.ts'
import { synUnanswered } from './rules/syn-unanswered.ts'
import { synackLost } from './rules/synack-lost.ts'
import { ticketsOnly } from './rules/tickets-only.ts'
import { windowUnopened } from './rules/window-unopened.ts'
import { healthyInOtherWords, wrongService } from './rules/wrong-service.ts'
import { zeroWindowStall } from './rules/zero-window-stall.ts'

/**
 * Verdicts in the order in which they are tried: first whether the capture shows enough, then what hinders a handshake,
 * then windows and resets, then what a server does that never speaks, last what it does that speaks. `undecided` holds
 * always.
 */
export const VERDICT_RULES: readonly VerdictRule[] = [
  selfConnected,
  oneSided,
  refused,
  foreignReset,
  windowUnopened,
  backlogOverflow,
  synUnanswered,
  synackLost,
  dataUnacknowledged,
  repliesUnacknowledged,
  peerGone,
  zeroWindowStall,
  slowReader,
  wrongService,
  serverDied,
  resetUnreadData,
  healthyOneWay,
  acceptedNoReply,
  ackOnly,
  unseenWords,
  halfClose,
  peerStalled,
  answerCut,
  pipelineStalled,
  ticketsOnly,
  delayedAccept,
  slowResponder,
  serverIdleClose,
  healthyUnseenRequest,
  healthyServerPush,
  healthyLeftOpen,
  healthyUnfinished,
  healthyPipelined,
  healthyMultiplexed,
  healthyShakenHands,
  healthyButForAStep,
  healthyAsItComes,
  healthyInOtherWords,
  healthySoFar,
  healthyBeforeReset,
  healthyOnceAnswered,
  healthyOnItsWay,
  healthyAsFarAsSeen,
  healthy,
  served,
  resetUnspoken,
  idle,
  synChallenged,
  undecided,
]

/** What is told of a flow besides its verdict. */
export const FLOW_RULES: readonly FlowRule[] = [noAcceptSignature, greetingMissing, closeUnreturned, deferredAccept]

/** What is told of a listener. */
export const LISTENER_RULES: readonly ListenerRule[] = [acceptStopped, answeredTogether]

/** What is told of the captures themselves. */
export const CAPTURE_RULES: readonly CaptureRule[] = [
  captureDrops,
  captureHoles,
  captureClock,
  captureInversions,
  captureDuplicates,
  captureCutFrames,
  captureMidstream,
]

/** Everything that `explain` knows, in the order in which findings are listed. */
export const RULES: readonly RuleText[] = [
  ...FLOW_RULES,
  ...LISTENER_RULES,
  ...CAPTURE_RULES,
  ...VERDICT_RULES.flatMap((rule) => (rule.finding === undefined ? [] : [rule.finding])),
]
