import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import type { Scene } from '../scene.ts'
import { timeOf } from './logged-process.ts'

/** A line of a pattern about the connection itself: it names its peer or its socket, or nobody while there is no other. */
export function saidOf(
  facts: ConnectionFacts,
  scene: Scene,
  pattern: string,
): { event: LogEvent; isOwn: boolean } | null {
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
