import { slackOf } from '../processes/logged-process.ts'
import type { LinkFinders } from '../sockets/link-finder.ts'
import type { PortLink } from '../sockets/port-link.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import type { Accept } from './placed-accepts.ts'

/**
 * An accept queue is first in, first out: who was made before one that was taken out of it had been taken, too, though the log
 * does not say so. Several sockets that share a port have a queue each: nothing is known of a port that is told to be listened
 * on more than once.
 */
export class QueueOrder {
  readonly #finders: LinkFinders
  readonly #lastTaken = new Map<PortLink, LastTaken>()

  constructor(
    wire: WireIndex,
    links: readonly PortLink[],
    finders: LinkFinders,
    accepts: ReadonlyMap<WireConnection, Accept>,
  ) {
    this.#finders = finders
    for (const link of onlyOnesOf(links)) {
      const last = new LastTaken()
      this.#lastTaken.set(link, last)
      for (const found of wire.ofServerPort(link.port)) {
        if (finders.ofAll.of(found) !== link) continue
        if (accepts.get(found)?.process === link.process) last.accepts(found)
        else if (found.serverPushes.length > 0) last.serves(found)
      }
    }
  }

  /** Whether a later connection was taken out of the queue that this one had been put into. */
  isOvertaken(found: WireConnection): boolean {
    const link = this.#finders.ofAll.of(found)
    const last = link === null ? undefined : this.#lastTaken.get(link)
    return last !== undefined && last.at(found.connection.server.address) > queuedAt(found) + slackOf(link!.process)
  }
}

/** When the last connection was begun that was taken out of a queue. */
class LastTaken {
  #accepted = Number.NEGATIVE_INFINITY
  readonly #served = new Map<string, number>()

  /** The log tells of it: to whichever address, it came out of this queue. */
  accepts({ start }: WireConnection): void {
    this.#accepted = Math.max(this.#accepted, start)
  }

  /** Packets tell of it: at another address that may be another host, whose process has a log of its own. */
  serves({ start, connection }: WireConnection): void {
    const { address } = connection.server
    this.#served.set(address, Math.max(this.#served.get(address) ?? start, start))
  }

  /** For connections to this address; negative infinity where there was none. */
  at(address: string): number {
    return Math.max(this.#accepted, this.#served.get(address) ?? Number.NEGATIVE_INFINITY)
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
