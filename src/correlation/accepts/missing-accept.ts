import type { Confidence } from '../../diagnosis/verdict.ts'
import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import type { Ground, LoggedProcess } from '../processes/logged-process.ts'
import type { Scene } from '../scene.ts'
import { MomentKind } from '../wire/moment-log.ts'
import { provesWaiting } from './queue-sight.ts'

/** Connections to one listening socket that should have been accepted and, by its log, were not. */
export interface MissingAccepts {
  readonly process: LoggedProcess
  readonly listening: LogEvent | null
  readonly ground: Ground
  readonly confidence: Confidence
  readonly facts: readonly ConnectionFacts[]
}

/**
 * True where the kernel completed the connection, the server side sent no payload, and the log that would show the
 * accept shows none. For a connection older than the capture the log must reach back to the start of listening.
 */
export function lacksAccept(facts: ConnectionFacts): boolean {
  if (facts.link === null || facts.accepted !== null || facts.acceptGround === null) return false
  // What is no longer in the queue was taken out of it, said or unsaid.
  if (facts.queue?.waits === false) return false
  if (facts.coverage === 'outside' || facts.wire.serverPushes.length > 0 || facts.wire.refusals.length > 0) return false
  // The kernel resets what waits in a queue when its listener goes; a FIN is the work of a process that accepted.
  if (facts.wire.serverCloses.some((close) => close.kind === MomentKind.FIN)) return false
  if (facts.wire.established !== null) return true
  const older = facts.wire.syns.length === 0 && facts.wire.synAcks.length === 0
  return older && facts.wire.clientPushes.length > 0 && facts.link.from !== null
}

/**
 * How sure the absence is: likely where a listing shows that it waits, where the log goes on after the connection was made and
 * shows accepts elsewhere, or says itself that the listening socket was not found; suspected where it was inferred whose port it
 * is, where the log tells of no socket at all, or is silent or leaves lines out later.
 */
export function absenceConfidence(facts: ConnectionFacts): Confidence {
  if ((facts.link?.listener?.notMatched.length ?? 0) > 0) return 'likely'
  if (facts.queue?.waits) return provesWaiting(facts.queue) ? 'certain' : 'likely'
  if (facts.acceptGround?.isBanner) return 'suspected'
  if (facts.link?.ground === 'elimination' && !facts.acceptGround?.sameKind) return 'suspected'
  return facts.coverage === 'covered' && !facts.isHeardInPart ? 'likely' : 'suspected'
}

const surest = (all: readonly Confidence[]): Confidence =>
  all.find((each) => each === 'certain') ?? all.find((each) => each === 'likely') ?? 'suspected'

/** All connections without their accept, by listening socket. */
export function missingAccepts(scene: Scene): MissingAccepts[] {
  const groups = new Map<string, ConnectionFacts[]>()
  for (const facts of scene.facts) {
    if (!lacksAccept(facts)) continue
    const key = `${facts.link!.process.log}/${facts.link!.port}/${facts.link!.from}`
    const group = groups.get(key)
    if (group) group.push(facts)
    else groups.set(key, [facts])
  }
  return [...groups.values()].map((facts) => ({
    process: facts[0]!.link!.process,
    listening: facts[0]!.link!.listener?.listening ?? null,
    ground: facts[0]!.acceptGround!,
    confidence: surest(facts.map(absenceConfidence)),
    facts,
  }))
}
