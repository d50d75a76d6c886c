import { formatDuration } from '../../text/duration.ts'
import { counted } from '../../text/plural.ts'
import { isUnaccepted, type StepClaim, type StepRule } from '../chain-step.ts'
import { EARLY } from '../clocks/anchor.ts'
import { extentOf, timeOf } from '../processes/logged-process.ts'
import { absent, frames, lines } from '../scene.ts'
import { toldEnd } from '../sockets/socket-life.ts'
import { isOutOfSight } from '../verdicts/accepted.ts'
import type { WireConnection } from '../wire/wire-connection.ts'

/** What became of the data: read, or not. */
export const readOrNot: StepRule = ({ facts }) => {
  const { accepted, process, readGround, wire } = facts
  if (!accepted || !process || wire.clientPushes.length === 0) return null
  const reads = accepted.received
  if (reads.length > 0)
    return {
      claim: `The process reads what the client sends (${reads.length} ${reads.length === 1 ? 'read' : 'reads'} logged)`,
      standing: 'observed',
      evidence: [lines(process, reads, 'reads')],
    }
  if (wire.serverPushes.length > 0) return null
  if (readGround !== null && facts.coverage === 'covered')
    return {
      claim: 'The process never reads from it',
      standing: 'missing',
      evidence: [
        absent(process, `no read of it in ${extentOf(process)}; the log ${readGround.text}`, readGround.events),
      ],
    }
  if (wire.serverZeroWindows.length === 0 || wire.connection.verdict !== 'zero-window-stall') return null
  return {
    claim: 'The process never reads from it: the receive window closes',
    standing: 'inferred',
    evidence: [frames(wire.serverZeroWindows, 'zero window')],
  }
}

/** The client's requests are acknowledged by the kernel and answered by nobody. */
export const requestsEnd: StepRule = (focus) => {
  const { facts, judgement } = focus
  const { clientPushes, clientPushCount, serverPushes, lastClientPush } = facts.wire
  const first = clientPushes[0]
  if (!first || serverPushes.length > 0 || judgement.verdict === 'healthy-one-way') return null
  const { heartbeat } = facts.wire.connection
  const beats = heartbeat ? `${heartbeat.payloadBytes} bytes every ${formatDuration(heartbeat.periodMs * 1e6)}` : ''
  const some = heartbeat !== null && heartbeat.count < clientPushCount
  const beat = heartbeat === null ? '' : some ? ` (${heartbeat.count} of them ${beats})` : ` of ${beats}`
  const many =
    clientPushCount === 1 ? 'The client’s request ends' : `The client’s ${clientPushCount} requests${beat} end`
  const taken = isUnaccepted(focus) && isAcknowledged(facts.wire)
  const where = taken ? 'in the kernel: acknowledged, and answered by nobody' : 'unanswered'
  return {
    claim: `${many} ${where}`,
    standing: 'observed',
    evidence: [frames([...clientPushes.slice(0, 11), lastClientPush], 'pushes; the server sends no byte of payload')],
  }
}

/** The capture shows that the server’s system took what came, and nothing of it that it did not take. */
const isAcknowledged = (wire: WireConnection): boolean => /a/.test(wire.connection.history) && !isOutOfSight(wire)

/** It had been answered, and from one push on it is not. */
export const answersStop: StepRule = ({ facts, judgement }) => {
  const { clientPushes, clientPushCount, serverPushes, lastServerPush } = facts.wire
  if (judgement.verdict !== 'peer-stalled' || !lastServerPush || serverPushes.length === 0) return null
  const after = clientPushes.filter((push) => push.time > lastServerPush.time)
  if (after.length === 0) return null
  return {
    // Those that are not kept came after those that are.
    claim: `Answers stop: ${counted(after.length + clientPushCount - clientPushes.length, 'request')} after the last one get none`,
    standing: 'observed',
    evidence: [frames([lastServerPush], 'the last answer'), frames(after, 'requests without answer')],
  }
}

/** Everything that had queued is answered at once. */
export const queuedAnswered: StepRule = ({ facts, judgement }) => {
  const reply = facts.wire.serverPushes[0]
  if (judgement.verdict !== 'delayed-accept' || !reply) return null
  const queued = facts.wire.clientPushes.filter((push) => push.time < reply.time)
  return {
    claim: `What had queued (${queued.length} ${queued.length === 1 ? 'push' : 'pushes'}) is answered now`,
    standing: 'observed',
    evidence: [frames(queued, 'queued'), frames(facts.wire.serverPushes, 'answers')],
  }
}

/** The server closes; a line of its log tells, where only one can be meant. */
export const serverCloses: StepRule = ({ facts, judgement }) => {
  const close = facts.wire.serverCloses[0]
  const wanted = judgement.verdict === 'server-idle-close' || judgement.verdict === 'reset-unread-data'
  if (!wanted || !close) return null
  const claim =
    judgement.verdict === 'server-idle-close'
      ? 'The server closes the idle connection'
      : 'The server closes with unread data: RST'
  const isSeen = judgement.verdict === 'server-idle-close'
  const step: StepClaim = {
    claim,
    // That data was unread is seen in a log alone.
    standing: isSeen ? 'observed' : 'inferred',
    evidence: [frames([close], 'the close')],
  }
  const { process, accepted } = facts
  if (!process?.clock) return step
  const slack = process.clock.uncertainty + EARLY
  const end = accepted && toldEnd(accepted)
  const own = end ? [end] : []
  const near = process.table.anonymousCloses.filter(
    (event) => Math.abs((timeOf(process, event) ?? Number.POSITIVE_INFINITY) - close.time) <= slack,
  )
  const said = own.length > 0 ? own : near.length === 1 ? near : []
  if (said.length === 0) return step
  return {
    ...step,
    standing: 'observed',
    evidence: [
      ...step.evidence,
      lines(process, said, own.length > 0 ? 'its log says so' : 'the only close of that time in its log'),
    ],
  }
}
