import type { LogEvent } from '../log/event.ts'
import type { WireConnection } from './wire-connection.ts'

const NONE: readonly WireConnection[] = []

/** Connections by what log lines name: server port, and the client's address and port. */
export class WireIndex {
  readonly all: readonly WireConnection[]
  readonly #byServerPort = new Map<number | string, WireConnection[]>()
  readonly #byClientPort = new Map<number | string, WireConnection[]>()

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

  serverPorts(): (number | string)[] {
    return [...this.#byServerPort.keys()]
  }
}

function push<K>(map: Map<K, WireConnection[]>, key: K, connection: WireConnection): void {
  const list = map.get(key)
  if (list) list.push(connection)
  else map.set(key, [connection])
}

/** An address as packets have it: on a socket of both IP versions, one of version 4 is printed within version 6 (RFC 4291 §2.5.5.2). */
export const plainAddress = (printed: string): string => printed.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')

/** True unless the line names an address that is another one. A listener's wildcard address, a masked one or none fits any. */
export function sameAddress(printed: string | null, address: string): boolean {
  if (printed === null || !/^[0-9a-f:.]+$/i.test(printed)) return true
  const plain = plainAddress(printed)
  return plain === '0.0.0.0' || plain === '::' || plain === '*' || plain === address.toLowerCase()
}
