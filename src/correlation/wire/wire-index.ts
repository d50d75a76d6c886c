import { isIPv6 } from 'node:net'
import type { LogEvent } from '../../log/event.ts'
import { countBelow, itself } from '../ascending.ts'
import type { WireConnection } from './wire-connection.ts'

const NONE: readonly WireConnection[] = []

/** Connections by what log lines name: server port, and the client's address and port. */
export class WireIndex {
  readonly all: readonly WireConnection[]
  readonly #byServerPort = new Map<number | string, WireConnection[]>()
  readonly #byClientPort = new Map<number | string, WireConnection[]>()
  /** In order of time. */
  readonly #established = new Map<number | string, readonly number[]>()

  constructor(all: readonly WireConnection[]) {
    this.all = all
    for (const connection of all) {
      push(this.#byServerPort, connection.connection.server.port, connection)
      push(this.#byClientPort, connection.connection.client.port, connection)
    }
  }

  /** Those to a server port; all where a line names none. */
  ofServerPort(port: number | string | null): readonly WireConnection[] {
    return port === null ? this.all : (this.#byServerPort.get(port) ?? NONE)
  }

  /** Those whose client is the peer that a server's line names, where it names one; several where the port was used again. */
  ofPeer(event: Pick<LogEvent, 'peerAddress' | 'peerPort'>): readonly WireConnection[] {
    if (event.peerPort === null) return NONE
    const same = this.#byClientPort.get(event.peerPort) ?? NONE
    return same.filter((found) => sameAddress(event.peerAddress, found.connection.client.address))
  }

  /** Whether a handshake with a server port was completed in a time, its ends included. */
  wasEstablished(port: number | string, from: number, to: number): boolean {
    const times = this.#established.get(port) ?? this.#establishedTimes(port)
    const next = times[countBelow(times, from, itself)]
    return next !== undefined && next <= to
  }

  #establishedTimes(port: number | string): readonly number[] {
    const times = this.ofServerPort(port).flatMap(({ established }) => established?.time ?? [])
    times.sort((a, b) => a - b)
    this.#established.set(port, times)
    return times
  }

  serverPorts(): (number | string)[] {
    return [...this.#byServerPort.keys()]
  }
}

function push<K>(map: Map<K, WireConnection[]>, key: K, connection: WireConnection): void {
  const list = map.get(key)
  if (list) list.push(connection)
  else map.set(key, [connection])
}

/** A zone says by which interface an address is reached (RFC 4007 §11), and is no part of what packets carry. */
const ZONE = /%.*$/
/** On a socket of both IP versions, an address of version 4 is printed within one of version 6 (RFC 4291 §2.5.5.2). */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/

/** An address as packets are shown to have it: programs write those of IPv6 out (Java), with zones, or in capitals. */
export function plainAddress(printed: string): string {
  if (!printed.includes(':')) return printed
  const address = printed.toLowerCase().replace(ZONE, '')
  if (!isIPv6(address)) return address
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const mapped = MAPPED.exec(short)
  return mapped === null ? short : `${dotted(mapped[1]!)}.${dotted(mapped[2]!)}`
}

/** Two bytes of an address of version 4, written as a group of version 6. */
function dotted(group: string): string {
  const word = Number.parseInt(group, 16)
  return `${word >> 8}.${word & 255}`
}

/** True unless the line names an address that is another one. A listener's wildcard address, a masked one or none fits any. */
export function sameAddress(printed: string | null, address: string): boolean {
  if (printed === null || printed === address || !/^[0-9a-f:.]+(?:%\w+)?$/i.test(printed)) return true
  const plain = plainAddress(printed)
  return plain === '0.0.0.0' || plain === '::' || plain === '*' || plain === plainAddress(address)
}
