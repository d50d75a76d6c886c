import type { Verdict } from '../diagnosis/verdict.ts'
import type { LogEvent } from '../log/event.ts'
import { formatDuration } from '../text/duration.ts'
import type { RootCause } from './chain.ts'
import type { Focus } from './chain-step.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import { LATE_ACCEPT } from './late-accept.ts'
import { type LoggedProcess, lineOf, linesOf, timeOf } from './logged-process.ts'
import { saysExhausted } from './rules/descriptors-exhausted.ts'
import { type Scene, socketName } from './scene.ts'
import { slotRaces } from './slot-race.ts'
import { silenceDuring, standstillAt, standstillOf } from './standstill.ts'
import { whyRefused } from './why-refused.ts'

type CauseRule = (focus: Focus) => RootCause | null

/** Several sockets stored in one slot, the listening one among the lost. */
const slotRace: CauseRule = ({ facts, judgement }) => {
  const life = facts.link?.listener
  if (!life || facts.accepted !== null) return null
  const race = slotRaces(facts.link!.process).find((each) => each.listener?.life === life)
  if (!race?.listener) return null
  const { stored, overwrittenBy } = race.listener
  const threads = [stored.event.thread, overwrittenBy.event.thread].flatMap((thread) => thread ?? [])
  const who = new Set(threads).size === 2 ? `Threads ${threads.join(' and ')} both took` : 'Two stores took'
  const when = race.spread === null ? '' : ` within ${formatDuration(Math.max(race.spread, race.process.file.tick))}`
  const unmatched = life.notMatched[0]
  const then = unmatched
    ? `it matched no entry when it became readable (${lineOf(race.process, unmatched)}), and accept() was never called`
    : 'no accept follows'
  return {
    verdict: 'slot-race',
    claim: `${who} slot ${race.slot}${when} (${linesOf(race.process, stored.event, overwrittenBy.event)}): the listening ${socketName(life.handle)} was overwritten by ${socketName(overwrittenBy.life?.handle ?? null)}, ${then}.`,
    confidence: unmatched && judgement.verdict === 'never-accepted' ? 'likely' : 'suspected',
  }
}

const failedBind: CauseRule = ({ facts, judgement, scene }) => {
  const bind = scene.failedBinds.find((each) => each.reached.includes(facts.wire))
  if (!bind || judgement.verdict !== 'wrong-service') return null
  return {
    verdict: 'bind-failed',
    claim: `The process could not bind port ${bind.port}${bind.event.errorName ? ` (${bind.event.errorName})` : ''} (${lineOf(bind.process, bind.event)}): another program owns it, and the client talks to that one.`,
    confidence: judgement.confidence,
  }
}

const acceptsAfter = (process: LoggedProcess, line: LogEvent): boolean =>
  process.file.events.some((event) => event.kind === 'accept' && event.order > line.order)

const exhausted: CauseRule = ({ facts }) => {
  const { process } = facts
  const failed = process?.file.events.find(saysExhausted)
  if (!process || !failed || facts.accepted !== null || acceptsAfter(process, failed)) return null
  return {
    verdict: 'descriptors-exhausted',
    claim: `accept() failed with ${failed.errorName} (${lineOf(process, failed)}): the process had no descriptor left, and this connection stayed in the accept queue.`,
    confidence: 'likely',
  }
}

/** The client gave up before it was accepted: accept() is called again for the next one (POSIX: ECONNABORTED). */
const isOfOneClient = (event: LogEvent): boolean => event.errorName === 'ECONNABORTED'

/** accept() failed for another reason, or the code that accepts ended, and no accept follows. */
const acceptFailed: CauseRule = ({ facts }) => {
  const { process } = facts
  const failed = process?.file.events.findLast((event) => event.kind === 'accept-failed' && !isOfOneClient(event))
  if (!process || !failed || facts.accepted !== null) return null
  if (acceptsAfter(process, failed)) return null
  const how = failed.errorName === null ? 'The code that accepts ended' : `accept() failed with ${failed.errorName}`
  return {
    verdict: 'accept-failed',
    claim: `${how} (${lineOf(process, failed)}: “${failed.text.slice(0, 120)}”), and no accept follows: this connection stayed in the accept queue.`,
    confidence: 'likely',
  }
}

/** Accepted or not, nobody was free to serve it. */
const workersExhausted: CauseRule = ({ facts, scene }) => {
  const { process, wire } = facts
  const said = process?.file.events.find((event) => {
    const time = event.pattern === 'workers-exhausted' ? timeOf(process, event) : null
    return (
      time !== null && time >= wire.start - process.clock!.uncertainty && time <= Math.max(wire.end, scene.capture.to)
    )
  })
  if (!said || wire.serverPushes.length > 0) return null
  return {
    verdict: 'workers-exhausted',
    claim: `The process had nobody free to serve the connection (${lineOf(process!, said)}: “${said.text.slice(0, 120)}”).`,
    confidence: 'suspected',
  }
}

/** A line about the connection itself: it names its peer or its socket, or its thread took it. */
function saidOf(facts: ConnectionFacts, scene: Scene, pattern: string): { event: LogEvent; isOwn: boolean } | null {
  const { process, wire, accepted } = facts
  if (!process?.clock) return null
  const { uncertainty } = process.clock
  const until = Math.max(wire.end, scene.capture.to) + uncertainty
  const during = process.file.events.filter((event) => {
    const time = event.pattern === pattern ? timeOf(process, event) : null
    return time !== null && time >= wire.start - uncertainty && time <= until
  })
  const own = during.find(
    (event) =>
      scene.wire.ofPeer(event).includes(wire) ||
      (accepted !== null && event.handle !== null && event.handle === accepted.accepted?.handle),
  )
  if (own) return { event: own, isOwn: true }
  // What names nobody may be of any connection that there is.
  const [nameless] = during.filter((event) => event.peerPort === null && event.handle === null)
  const others = scene.facts.filter((other) => other !== facts && other.process === process)
  return nameless && others.length === 0 ? { event: nameless, isOwn: false } : null
}

const quoted = (facts: ConnectionFacts, event: LogEvent): string =>
  `${lineOf(facts.process!, event)}: “${event.text.slice(0, 120)}”`

/** Accepted, and the thread that should serve it waits for another. */
const waitsForLock: CauseRule = ({ facts, scene }) => {
  const said =
    facts.accepted === null || facts.wire.serverPushes.length > 0 ? null : saidOf(facts, scene, 'waits-for-lock')
  return (
    said && {
      verdict: 'waits-for-lock',
      claim: `The process accepted the connection, and what should serve it waits for a lock (${quoted(facts, said.event)}).`,
      confidence: said.isOwn ? 'likely' : 'suspected',
    }
  )
}

/** One end speaks TLS, the other does not, or they do not agree. */
const tlsFailed: CauseRule = ({ facts, scene }) => {
  const said = saidOf(facts, scene, 'tls-failed')
  return (
    said && {
      verdict: 'tls-failed',
      claim: `The connection was taken and the TLS handshake failed (${quoted(facts, said.event)}): one end may speak plain where the other speaks TLS.`,
      confidence: said.isOwn ? 'likely' : 'suspected',
    }
  )
}

/** The process or its kernel says that the accept queue is full. */
const queueFull: CauseRule = ({ facts, scene, judgement }) => {
  const concerned: readonly Verdict[] = ['never-accepted', 'accept-stopped', 'backlog-overflow']
  if (!facts.process?.clock || !concerned.includes(judgement.verdict)) return null
  const said = scene.processes.flatMap((process) =>
    process.file.events.filter((event) => {
      const time = event.pattern === 'accept-queue-full' ? timeOf(process, event) : null
      const isPort = event.port === null || event.port === facts.wire.connection.server.port
      return isPort && time !== null && time <= scene.capture.to
    }),
  )[0]
  return said === undefined || said.log !== facts.process.log
    ? null
    : {
        verdict: 'accept-queue-full',
        claim: `The accept queue was full (${quoted(facts, said)}): the process accepted too slowly, or not at all; why, its log does not tell.`,
        confidence: 'suspected',
      }
}

/** A log that had been writing is silent while this connection arrives and waits: the process does nothing at all. */
const wroteNothing: CauseRule = ({ facts, judgement, scene }) => {
  const unaccepted = judgement.verdict === 'never-accepted' || judgement.verdict === 'accept-stopped'
  const { process, wire } = facts
  if (!unaccepted || !process || wire.established === null) return null
  const until = Math.min(wire.end, scene.capture.to)
  if (facts.coverage !== 'covered' || until - wire.established.time < LATE_ACCEPT) return null
  const silent = silenceDuring(process, wire.established.time, until)
  if (silent === null || process.clock === null) return null
  // Many lines of a start, and then silence, is what a process does that has nothing to do.
  const last = silent.from - process.clock.from
  if (last < until - wire.established.time) return null
  return {
    verdict: 'process-stood-still',
    claim: `The process wrote nothing while the connection waited, though it had been writing often: after ${lineOf(process, silent)} its log is silent, as of a process that stands still.`,
    confidence: 'suspected',
  }
}

const refused: CauseRule = ({ facts, judgement, scene }) => {
  const why = judgement.verdict === 'refused' ? whyRefused(facts, scene) : null
  if (!why) return null
  const claim = `Nothing listened where the client connected: ${why.because} (${lineOf(why.process, why.event)}).`
  return { verdict: why.verdict, claim, confidence: 'likely' }
}

const stoodStill: CauseRule = ({ facts, judgement, scene }) => {
  if (judgement.verdict !== 'peer-stalled' && judgement.verdict !== 'delayed-accept') return null
  const still = standstillAt(scene, facts) ?? standstillOf(scene, facts)
  if (!still) return null
  const length = still.until === null ? 'and did not go on' : `for ${formatDuration(still.until - still.since)}`
  const silent =
    still.silentAfter === null ? '' : `; its log is silent after ${lineOf(still.process, still.silentAfter)}`
  return {
    verdict: 'process-stood-still',
    claim: `The whole process stood still ${length}: it left ${still.stalled.includes(facts) ? 'the connection that it had been answering' : 'connections that it had been answering, and its accept queue,'} alone${silent}.`,
    confidence: still.silentAfter === null ? 'suspected' : 'likely',
  }
}

const unmatched: CauseRule = ({ facts }) => {
  const line = facts.link?.listener?.notMatched[0]
  if (!line || facts.accepted !== null) return null
  return {
    verdict: 'listener-not-matched',
    claim: `The poll reported the listening ${socketName(facts.link!.listener!.handle)}, and the process found no table entry for it (${lineOf(facts.process!, line)}): accept() was not called. What removed the entry is not in the log.`,
    confidence: 'likely',
  }
}

/** An edge-triggered poll reports a queue once: whoever accepts one connection then leaves the next ones in it. */
function oneAcceptAPoll(process: LoggedProcess, polled: LogEvent): RootCause | null {
  if (!/EPOLLET|\bedge[ -]?trigger/i.test(polled.text)) return null
  return {
    verdict: 'queue-not-drained',
    claim: `The edge-triggered poll reported the listening socket readable (${lineOf(process, polled)}), and accept() was not called until the queue was empty: what stays in it is not reported again.`,
    confidence: 'suspected',
  }
}

/** The socket was found readable, keeps its place, and still no accept follows. */
const heldUp: CauseRule = ({ facts, judgement }) => {
  const life = facts.link?.listener
  const polled = life?.readable.at(-1)
  const unaccepted = judgement.verdict === 'never-accepted' || judgement.verdict === 'accept-stopped'
  if (!polled || !unaccepted || facts.accepted !== null || facts.process?.file.kinds.has('not-matched')) return null
  if (acceptsAfter(facts.process!, polled)) return oneAcceptAPoll(facts.process!, polled)
  return {
    verdict: 'accept-held-up',
    claim: `The poll reported the listening ${socketName(life!.handle)} readable (${lineOf(facts.process!, polled)})${life!.attachments.length > 0 ? ', nothing took its place in the table,' : ''} and no accept() followed: the code that accepts was held up or does not run.`,
    confidence: 'likely',
  }
}

const SENTENCES: Partial<Record<Verdict, string>> = {
  'never-accepted': 'The process that listens did not call accept() for this connection; its log does not tell why.',
  'accept-stopped': 'The process accepted earlier connections and then stopped; its log does not tell why.',
  'accepted-never-read': 'The process accepted the connection and never read from it.',
  'accepted-no-reply': 'The process accepted the connection, and never answered.',
  'delayed-accept': 'The connection waited in the accept queue: the process accepted late, and then answered at once.',
  'backlog-overflow': 'The accept queue was full: the process accepted more slowly than clients connected.',
  'peer-stalled': 'The process answered, then stopped answering; the kernel still acknowledges.',
  'server-idle-close': 'The server closed the connection because it was idle.',
  'reset-unread-data': 'The process closed the connection with data unread, which resets it.',
}

/** What the verdict itself says, where no line tells what lies behind it. */
const verdictItself: CauseRule = ({ judgement }) => {
  const claim = SENTENCES[judgement.verdict]
  return claim === undefined ? null : { verdict: judgement.verdict, claim, confidence: judgement.confidence }
}

/** What lies deepest comes first. */
const CAUSES: readonly CauseRule[] = [
  slotRace,
  failedBind,
  exhausted,
  acceptFailed,
  tlsFailed,
  stoodStill,
  wroteNothing,
  unmatched,
  workersExhausted,
  waitsForLock,
  queueFull,
  heldUp,
  refused,
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
