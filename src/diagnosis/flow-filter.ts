import type { Connection } from './connection.ts'

/** What tells a connection from others in a display filter. */
type Told = Pick<Connection, 'stream' | 'client' | 'server'>

const address = (name: string): string => `${name.includes(':') ? 'ipv6' : 'ip'}.addr eq ${name}`

/**
 * A display filter for a connection. Streams are numbered through a run: of several captures, which Wireshark opens one by
 * one, only addresses and ports name it in each. A masked port has no number to ask for.
 */
export function flowFilter({ stream, client, server }: Told, captures: number): string {
  if (captures <= 1) return `tcp.stream eq ${stream}`
  const addresses = [...new Set([client.address, server.address])].map(address)
  const ports = [client.port, server.port].filter(Number.isInteger).map((port) => `tcp.port eq ${port}`)
  return [...addresses, ...new Set(ports)].join(' && ')
}
