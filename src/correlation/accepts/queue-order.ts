import { slackOf } from '../processes/logged-process.ts'
import type { LinkFinders } from '../sockets/link-finder.ts'
import type { PortLink } from '../sockets/port-link.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import type { Accept } from './placed-accepts.ts'

/**
 * An accept queue is first in, first out: who was made before one that was taken out of it had been taken, too, though the log
 * does not say so. Several sockets that share a port have a queue each, so that nothing is known of a port that is told to be
 * listened on more than once.
 */
export class QueueOrder {
  readonly #finders: LinkFinders
  /** By port with one listening socket, when the last connection was begun that was taken out of its queue. */
  readonly #lastTaken = new Map<PortLink, number>()

  constructor(
    wire: WireIndex,
    links: readonly PortLink[],
    finders: LinkFinders,
    accepts: ReadonlyMap<WireConnection, Accept>,
  ) {
    this.#finders = finders
    for (const link of onlyOnesOf(links))
      for (const found of wire.ofServerPort(link.port)) {
        const isTaken = found.serverPushes.length > 0 || accepts.get(found)?.process === link.process
        if (isTaken && finders.ofAll.of(found) === link)
          this.#lastTaken.set(link, Math.max(this.#lastTaken.get(link) ?? Number.NEGATIVE_INFINITY, found.start))
      }
  }

  /** Whether a later connection was taken out of the queue that this one had been put into. */
  isOvertaken(found: WireConnection): boolean {
    const link = this.#finders.ofAll.of(found)
    const last = link === null ? undefined : this.#lastTaken.get(link)
    return last !== undefined && last > queuedAt(found) + slackOf(link!.process)
  }
}

/** What completes a handshake may be lost, or waited for: with the client's first word it is complete. */
const queuedAt = ({ established, start, clientPushes }: WireConnection): number =>
  clientPushes[0]?.time ?? established?.time ?? start

function onlyOnesOf(links: readonly PortLink[]): PortLink[] {
  const byPort = new Map<PortLink['port'], PortLink | null>()
  for (const link of links) byPort.set(link.port, byPort.has(link.port) ? null : link)
  return [...byPort.values()].filter((link) => link !== null)
}
