import type { Verdict } from '../../diagnosis/verdict.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { ofListener } from '../neighbours.ts'
import { extentOf, lineOf } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import type { Ending } from '../sockets/socket-life.ts'
import { isOpen, type LogVerdictRule, type Override } from '../verdict-rule.ts'

/**
 * A client that waits repeats its request: most of what it sends is of one size. A client that delivers sends what it
 * has, of any size. Half is the border: below it no size recurs more often than not.
 */
const REPEATED_SHARE = 0.5
const REPEATED_LEAST = 3

/** Ends of which no line tells that the process closed this one. */
const UNTOLD: readonly Ending[] = ['process-ended', 'not-kept']

/** Accepted, and never answered: read or not, and does anybody wait? */
export const accepted: LogVerdictRule = (facts, scene) => {
  const { wire } = facts
  if (!facts.accepted || !isUnanswered(facts)) return null
  if (wire.connection.verdict === 'reset-unread-data' || wire.connection.verdict === 'server-died')
    return resetUnread(facts)
  if (!isOpen(wire.connection.verdict) || isOutOfSight(wire)) return null
  if (isAnsweredUnseen(facts)) return answeredUnseen(facts)
  if (facts.accepted.received.length > 0) return unanswered(facts, scene)
  if (facts.readGround !== null && facts.coverage === 'covered') return neverRead(facts)
  return undecided(facts, scene)
}

const isUnanswered = ({ wire }: ConnectionFacts): boolean =>
  wire.serverPushes.length === 0 && wire.clientPushes.length > 0

/** The log shows that the process answered, and the packets, which would show it, do not. */
export const isAnsweredUnseen = (facts: ConnectionFacts): boolean =>
  facts.accepted !== null &&
  facts.accepted.sent.length > 0 &&
  isUnanswered(facts) &&
  isOpen(facts.wire.connection.verdict) &&
  !isOutOfSight(facts.wire)

/** The path lost what either end sent, or one direction alone was captured: whether it was answered cannot be seen. */
export const isOutOfSight = ({ connection: { verdict, candidates } }: ConnectionFacts['wire']): boolean =>
  verdict === 'insufficient' && !candidates.some((each) => each.verdict === 'accepted-no-reply')

const acceptLine = (facts: ConnectionFacts): string => lineOf(facts.process!, facts.accepted!.accepted!)

const notUnaccepted = (facts: ConnectionFacts): Override['against'] =>
  (['never-accepted', 'accept-stopped', 'backlog-overflow', 'wrong-service'] as const).map((verdict) => ({
    verdict,
    reason: `${acceptLine(facts)} accepts it`,
  }))

/** The process wrote its answer, and no byte of it came as far as the capture. */
function answeredUnseen(facts: ConnectionFacts): Override {
  const answer = lineOf(facts.process!, facts.accepted!.sent[0]!)
  return {
    verdict: 'insufficient',
    confidence: 'likely',
    reasons: [`${answer} sends an answer of which the capture shows no byte: it is lost on the way, not left out`],
    against: [
      ...notUnaccepted(facts),
      { verdict: 'accepted-never-read', reason: `${answer} answers it` },
      { verdict: 'accepted-no-reply', reason: `${answer} answers it` },
    ],
  }
}

function unanswered(facts: ConnectionFacts, scene: Scene): Override {
  const reads = facts.accepted!.received
  const read = `the log shows ${reads.length === 1 ? 'a read' : `${reads.length} reads`} of it, from ${lineOf(facts.process!, reads[0]!)} on, and the capture no answer`
  const waits = whyItWaits(facts, scene)
  const delivers = waits === null ? whyItDelivers(facts) : null
  const notUnread = { verdict: 'accepted-never-read', reason: `${lineOf(facts.process!, reads[0]!)} reads it` } as const
  return {
    verdict: delivers === null ? 'accepted-no-reply' : 'healthy-one-way',
    confidence: waits === null && delivers === null ? 'suspected' : 'likely',
    reasons: [read, waits ?? delivers ?? 'too little was sent to tell whether the client waits for an answer'],
    against: [...notUnaccepted(facts), notUnread],
  }
}

/** What shows that the client only tells, and no answer is due; null where nothing does. */
function whyItDelivers({ wire }: ConnectionFacts): string | null {
  if (wire.connection.verdict === 'healthy-one-way')
    return 'both ends closed without a word of the server: it was told all'
  if (wire.clientPushes.length < REPEATED_LEAST) return null
  return 'most of its messages differ and nothing shows that the client waits: it delivers'
}

/** What shows that the client waits for an answer; null where nothing does. */
function whyItWaits(facts: ConnectionFacts, scene: Scene): string | null {
  const words = scene.clients.get(facts.wire)
  const complaint = words?.complaints.find((event) => event.kind === 'no-answer')
  if (words && complaint) return `${lineOf(words.process, complaint)} of the client’s log says that no answer came`
  const answered = facts.link && ofListener(scene, facts.link).find(({ wire }) => wire.serverPushes.length > 0)
  if (answered)
    return `the same listener answers others, as port ${answered.wire.connection.client.port}: an answer is due in its protocol`
  const sizes = new Map<number, number>()
  for (const push of facts.wire.clientPushes) sizes.set(push.bytes, (sizes.get(push.bytes) ?? 0) + 1)
  const [bytes, most] = [...sizes].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0])
  if (most < REPEATED_LEAST || most < facts.wire.clientPushes.length * REPEATED_SHARE) return null
  return `the client repeats the same ${bytes} bytes, ${most} times: it waits for an answer`
}

function neverRead(facts: ConnectionFacts): Override {
  const ground = facts.readGround!
  const where = `${extentOf(facts.process!)} show no read of it; ${ground.text} (${lineOf(facts.process!, ground.events[0]!)})`
  return {
    verdict: 'accepted-never-read',
    confidence: 'likely',
    reasons: [`${acceptLine(facts)} accepts it`, where],
    against: [
      ...notUnaccepted(facts),
      { verdict: 'accepted-no-reply', reason: where },
      { verdict: 'healthy-one-way', reason: where },
    ],
  }
}

/** The log shows no reads of anybody: what the packets tell of reading decides, or nothing does. */
function undecided(facts: ConnectionFacts, scene: Scene): Override {
  const { connection } = facts.wire
  const standing = (verdict: Verdict) =>
    connection.candidates.find((candidate) => candidate.verdict === verdict)?.standing
  const accepts = `${acceptLine(facts)} accepts it`
  // One that opened again was read, or closed for less than a sender’s first probe.
  if (connection.verdict === 'zero-window-stall')
    return {
      verdict: 'accepted-never-read',
      confidence: 'likely',
      reasons: [accepts, 'the receive window closed and stayed closed: nobody reads'],
      against: [
        ...notUnaccepted(facts),
        { verdict: 'accepted-no-reply', reason: 'the window closed: it was not read' },
      ],
    }
  const waits = whyItWaits(facts, scene)
  const delivers = waits === null ? whyItDelivers(facts) : null
  const oneWay = standing('healthy-one-way')
  if (delivers !== null && oneWay !== 'contradicted' && standing('accepted-never-read') !== 'supported')
    return {
      ...silent(facts),
      verdict: 'healthy-one-way',
      reasons: [accepts, delivers],
    }
  const unread = standing('accepted-no-reply') === 'contradicted' || standing('accepted-never-read') === 'supported'
  const reasons: [string, ...string[]] = [accepts, 'the log shows neither reads nor answers of any connection']
  if (waits !== null) reasons.push(waits)
  return { ...silent(facts), verdict: unread ? 'accepted-never-read' : 'accepted-no-reply', reasons }
}

const silent = (facts: ConnectionFacts): Pick<Override, 'confidence' | 'against'> => ({
  confidence: 'suspected',
  against: notUnaccepted(facts),
})

/** The process took it and closed it without a read: the kernel answers the unread data with RST (RFC 2525 §2.17). */
function resetUnread(facts: ConnectionFacts): Override | null {
  const { accepted: life, wire } = facts
  if (!life?.ended || UNTOLD.includes(life.ended.how) || life.received.length > 0) return null
  return {
    verdict: 'reset-unread-data',
    confidence: facts.readGround === null ? 'suspected' : 'likely',
    reasons: [
      `${acceptLine(facts)} accepts it, ${lineOf(facts.process!, life.ended.event)} closes it, and no line between reads it`,
      `frame ${wire.serverCloses[0]?.frame ?? wire.connection.lastFrame} resets it`,
    ],
    against: notUnaccepted(facts),
  }
}
