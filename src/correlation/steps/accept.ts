import { formatDuration } from '../../text/duration.ts'
import { LATE_ACCEPT } from '../accepts/late-accept.ts'
import { lacksAccept } from '../accepts/missing-accept.ts'
import { isUnaccepted, type StepClaim, type StepRule } from '../chain-step.ts'
import { EARLY, PROMPT } from '../clocks/anchor.ts'
import { extentOf, timeOf } from '../processes/logged-process.ts'
import { type Standstill, standstillAt, standstillOf } from '../processes/standstill.ts'
import { isOfAccept, saysExhausted } from '../rules/descriptors-exhausted.ts'
import { absent, frames, lines, paired, socketName } from '../scene.ts'

/** The poll reports the listening socket because of this connection. */
export const listenerReadable: StepRule = ({ facts }) => {
  const life = facts.link?.listener
  const { established } = facts.wire
  if (!life || !facts.process?.clock || !established || facts.process.file.kinds.get('readable') === undefined)
    return null
  const slack = facts.process.clock.uncertainty + EARLY
  const polled = life.readable.find((event) => {
    const time = timeOf(facts.process!, event)
    return time !== null && time >= established.time - slack && time <= established.time + PROMPT + slack
  })
  const name = socketName(life.handle)
  if (polled)
    return {
      claim: `The poll reports the listening ${name} readable`,
      standing: 'observed',
      evidence: [paired(established, facts.process, polled, 'the handshake and the poll result')],
    }
  if (facts.coverage !== 'covered') return null
  return {
    claim: `The poll does not report the listening ${name} when this connection arrives`,
    standing: 'missing',
    evidence: [absent(facts.process, 'the log shows other poll results', [])],
  }
}

/** The accept, late or in time; or its absence, and why it is absent if a line tells. */
export const acceptOrNot: StepRule = (focus) => {
  const { facts } = focus
  if (facts.accepted && facts.process) {
    const line = facts.accepted.accepted!
    const late =
      facts.acceptDelay && facts.acceptDelay.least >= LATE_ACCEPT
        ? `, ${formatDuration(facts.acceptDelay.measured)} after the handshake`
        : ''
    const evidence = facts.wire.established
      ? paired(facts.wire.established, facts.process, line, 'handshake and accept')
      : lines(facts.process, [line], 'accepted')
    return { claim: `The process accepts the connection${late}`, standing: 'observed', evidence: [evidence] }
  }
  if (!lacksAccept(facts) || !isUnaccepted(focus)) return null
  const { process, acceptGround } = facts
  const unmatched = facts.link!.listener?.notMatched ?? []
  const nowhere = absent(
    process!,
    `no accept line in ${extentOf(process!)}; the log ${acceptGround!.text}`,
    acceptGround!.events,
  )
  if (unmatched.length === 0)
    return { claim: 'The process does not accept the connection', standing: 'missing', evidence: [nowhere] }
  return {
    claim: `No table entry matches ${socketName(facts.link!.listener!.handle)}, so accept() is not called`,
    standing: 'observed',
    evidence: [lines(process!, unmatched, 'not matched'), nowhere],
  }
}

/** accept() fails for want of a descriptor, or another call that needs one. */
export const descriptorsRunOut: StepRule = (focus) => {
  const { process } = focus.facts
  const failed = process?.file.events.filter(saysExhausted) ?? []
  if (!process || failed.length === 0 || !isUnaccepted(focus)) return null
  const accepts = failed.filter(isOfAccept)
  if (accepts.length === 0)
    return {
      claim: `No descriptor is left for another connection: a call fails with ${failed[0]!.errorName}`,
      standing: 'inferred',
      evidence: [lines(process, failed, 'the failed call')],
    }
  return {
    claim: `accept() fails with ${accepts[0]!.errorName}: no descriptor is left for another connection`,
    standing: 'observed',
    evidence: [lines(process, accepts, 'the failed accept')],
  }
}

/** A level-triggered poll would name the socket in every round while a connection waits. */
export const listenerLeavesPoll: StepRule = (focus) => {
  const { facts } = focus
  const life = facts.link?.listener
  const first = life?.notMatched[0]
  if (!life || !first || !facts.process?.clock || !isUnaccepted(focus)) return null
  const again = life.readable.filter((event) => event.order > first.order)
  if (again.length > 0)
    return {
      claim: `${socketName(life.handle)} stays in the poll set: it is reported again, and again not matched`,
      standing: 'contradicted',
      evidence: [lines(facts.process, again, 'reported readable again')],
    }
  const goesOn = facts.process.clock.to - (timeOf(facts.process, first) ?? facts.process.clock.to)
  if (goesOn <= PROMPT) return null
  return {
    claim: `The descriptor of ${socketName(life.handle)} leaves the poll set: it is never reported readable again, though the connection waits`,
    standing: 'inferred',
    evidence: [
      absent(facts.process, `no poll result names it after this line; the log goes on for ${formatDuration(goesOn)}`, [
        first,
      ]),
      frames([facts.wire.lastClientPush], 'the connection still waits'),
    ],
  }
}

/** The process as a whole stops, before it takes this connection: others that it had been answering fall silent. */
export const processStandsStill: StepRule = ({ facts, judgement, scene }) => {
  const concerned = judgement.verdict === 'peer-stalled' || judgement.verdict === 'delayed-accept'
  const still = concerned ? standstillAt(scene, facts) : null
  return still && stoodStill(still, 'connections that it was answering fall silent too')
}

/** The same, seen from a connection that it had been answering: the log falls silent with it. */
export const ownProcessStandsStill: StepRule = ({ facts, judgement, scene }) => {
  const still = judgement.verdict === 'peer-stalled' ? standstillOf(scene, facts) : null
  return still && stoodStill(still, 'its log falls silent with the connection')
}

function stoodStill(still: Standstill, sign: string): StepClaim {
  const until = still.until ?? Number.POSITIVE_INFINITY
  const pushes = still.stalled[0]!.wire.clientPushes.filter((push) => push.time >= still.since && push.time < until)
  const length = still.until === null ? '' : ` for ${formatDuration(still.until - still.since)}`
  const silence =
    still.silentAfter === null
      ? []
      : [absent(still.process, 'the log falls silent after this line', [still.silentAfter])]
  return {
    claim: `The whole process stands still${length}: ${sign}`,
    standing: 'inferred',
    evidence: [frames(pushes, 'pushes that it no longer answers'), ...silence],
  }
}
