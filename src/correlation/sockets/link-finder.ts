import { countBelow, itself } from '../ascending.ts'
import { type LoggedProcess, slackOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { sameAddress } from '../wire/wire-index.ts'
import type { PortLink } from './port-link.ts'

/** Links of one process with one port, in their order: one that restarts often has thousands. */
interface OfPort {
  readonly links: readonly PortLink[]
  /** For each link, when it began to listen; null where a clock that was set back puts them out of order. */
  readonly from: readonly number[] | null
  /** For each link, the latest time until which it, or one before it, listened. */
  readonly to: readonly number[]
  readonly slack: number
}

/** Finds the link that a connection falls to: same port and address, made while that socket listened; the latest such. */
export class LinkFinder {
  readonly #byPort = new Map<number | string, OfPort[]>()
  readonly #order = new Map<PortLink, number>()

  constructor(links: readonly PortLink[]) {
    const groups = new Map<LoggedProcess, Map<number | string, PortLink[]>>()
    for (const link of links) {
      this.#order.set(link, this.#order.size)
      const ofProcess = groups.get(link.process) ?? new Map<number | string, PortLink[]>()
      groups.set(link.process, ofProcess)
      ofProcess.get(link.port)?.push(link) ?? ofProcess.set(link.port, [link])
    }
    for (const ofProcess of groups.values())
      for (const [port, own] of ofProcess) {
        const known = this.#byPort.get(port) ?? []
        this.#byPort.set(port, known)
        known.push(ofPort(own))
      }
  }

  of(found: WireConnection): PortLink | null {
    let last: PortLink | null = null
    for (const group of this.#byPort.get(found.connection.server.port) ?? []) {
      const link = lastIn(group, found)
      if (link !== null && (last === null || this.#order.get(link)! > this.#order.get(last)!)) last = link
    }
    return last
  }
}

function ofPort(links: readonly PortLink[]): OfPort {
  const from = links.map((link) => link.from ?? Number.NEGATIVE_INFINITY)
  const isOrdered = from.every((time, index) => index === 0 || time >= from[index - 1]!)
  let latest = Number.NEGATIVE_INFINITY
  const to = links.map((link) => {
    latest = Math.max(latest, link.to ?? Number.POSITIVE_INFINITY)
    return latest
  })
  return { links, from: isOrdered ? from : null, to, slack: slackOf(links[0]!.process) }
}

/** A connection whose handshake the capture does not hold may be older than the socket that is told of. */
function lastIn({ links, from, to, slack }: OfPort, found: WireConnection): PortLink | null {
  const { start, synAcks } = found
  const begun = synAcks.length === 0 ? Number.POSITIVE_INFINITY : start + slack
  const { address } = found.connection.server
  for (let index = lastBegun(links, from, begun); index >= 0 && to[index]! > start; index--) {
    const link = links[index]!
    const isInTime = (link.from ?? Number.NEGATIVE_INFINITY) <= begun && (link.to === null || start < link.to)
    if (isInTime && sameAddress(link.address, address)) return link
  }
  return null
}

/** The last that may have begun by then. */
function lastBegun(links: readonly PortLink[], from: readonly number[] | null, begun: number): number {
  if (from === null) return links.length - 1
  let after = countBelow(from, begun, itself)
  while (after < from.length && from[after]! <= begun) after++
  return after - 1
}

/** Finders for the links of all processes together, and of each. */
export class LinkFinders {
  readonly ofAll: LinkFinder
  readonly #links: readonly PortLink[]
  readonly #ofProcess = new Map<LoggedProcess, LinkFinder>()

  constructor(links: readonly PortLink[]) {
    this.ofAll = new LinkFinder(links)
    this.#links = links
  }

  of(process: LoggedProcess): LinkFinder {
    const known = this.#ofProcess.get(process)
    if (known !== undefined) return known
    const made = new LinkFinder(this.#links.filter((link) => link.process === process))
    this.#ofProcess.set(process, made)
    return made
  }
}
