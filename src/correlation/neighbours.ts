import { LATE_ACCEPT } from './accepts/late-accept.ts'
import { lacksAccept } from './accepts/missing-accept.ts'
import { countBelow } from './ascending.ts'
import type { ConnectionFacts } from './connection-facts.ts'
import type { LoggedProcess } from './processes/logged-process.ts'
import type { Scene } from './scene.ts'
import type { PortLink } from './sockets/port-link.ts'

/** A scene's connections by what they share, each list in order of their start: made once, since every rule asks anew. */
interface Neighbours {
  readonly ofProcess: ReadonlyMap<LoggedProcess, readonly ConnectionFacts[]>
  readonly ofListener: ReadonlyMap<string, readonly ConnectionFacts[]>
  readonly lastServed: ReadonlyMap<string, ConnectionFacts>
  /** The first of a listener that its log should show the accept of, and does not. */
  readonly firstMissed: ReadonlyMap<string, ConnectionFacts>
  /** Those accepted late, by process. */
  readonly late: ReadonlyMap<LoggedProcess, readonly ConnectionFacts[]>
}

const NONE: readonly ConnectionFacts[] = []
const known = new WeakMap<Scene, Neighbours>()

const listenerKey = (link: PortLink): string => `${link.process.log}/${link.port}/${link.from}`

function neighboursIn(scene: Scene): Neighbours {
  const made = known.get(scene)
  if (made) return made
  const ofProcess = new Map<LoggedProcess, ConnectionFacts[]>()
  const ofListener = new Map<string, ConnectionFacts[]>()
  const lastServed = new Map<string, ConnectionFacts>()
  const firstMissed = new Map<string, ConnectionFacts>()
  const late = new Map<LoggedProcess, ConnectionFacts[]>()
  for (const facts of [...scene.facts].sort((a, b) => a.wire.start - b.wire.start)) {
    if (facts.process) append(ofProcess, facts.process, facts)
    if (facts.process && (facts.acceptDelay?.least ?? 0) >= LATE_ACCEPT) append(late, facts.process, facts)
    if (!facts.link) continue
    append(ofListener, listenerKey(facts.link), facts)
    if (facts.accepted !== null || facts.wire.serverPushes.length > 0) lastServed.set(listenerKey(facts.link), facts)
    else if (lacksAccept(facts) && !firstMissed.has(listenerKey(facts.link)))
      firstMissed.set(listenerKey(facts.link), facts)
  }
  const neighbours = { ofProcess, ofListener, lastServed, firstMissed, late }
  known.set(scene, neighbours)
  return neighbours
}

function append<K>(map: Map<K, ConnectionFacts[]>, key: K, facts: ConnectionFacts): void {
  const list = map.get(key)
  if (list) list.push(facts)
  else map.set(key, [facts])
}

/** Connections that one process has to do with, in order of their start. */
export const ofProcess = (scene: Scene, process: LoggedProcess): readonly ConnectionFacts[] =>
  neighboursIn(scene).ofProcess.get(process) ?? NONE

/** Connections that one process accepted late, and that were made between two times. */
export function acceptedLate(
  scene: Scene,
  process: LoggedProcess,
  from: number,
  to: number,
): readonly ConnectionFacts[] {
  const late = neighboursIn(scene).late.get(process) ?? NONE
  return late.slice(countBefore(late, from), countBefore(late, to))
}

/** Connections that came to one listening socket, in order of their start. */
export const ofListener = (scene: Scene, link: PortLink): readonly ConnectionFacts[] =>
  neighboursIn(scene).ofListener.get(listenerKey(link)) ?? NONE

/** The last connection of a listening socket that was accepted or answered; null where none was. */
export const lastServed = (scene: Scene, link: PortLink): ConnectionFacts | null =>
  neighboursIn(scene).lastServed.get(listenerKey(link)) ?? null

/** The first connection of a listening socket whose accept is missing; null where none is. */
export const firstMissed = (scene: Scene, link: PortLink): ConnectionFacts | null =>
  neighboursIn(scene).firstMissed.get(listenerKey(link)) ?? null

/** How many of a list in order of start began before `time`. */
export const countBefore = (list: readonly ConnectionFacts[], time: number): number =>
  countBelow(list, time, (facts) => facts.wire.start)
