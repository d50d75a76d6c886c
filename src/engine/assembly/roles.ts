import { ports, ttl } from './packet'

/**
 * Who is the client where no SYN tells? A client's port is given by its system from a range of its own: RFC 6056 and
 * IANA give 49152 up, which Windows, macOS and the BSDs use; Linux uses 32768 to 60999. Windows sends with a TTL of 128.
 */
const IANA_EPHEMERAL = 49152
const LINUX_FIRST = 32768
const LINUX_LAST = 60999
const LARGEST_UNIX_TTL = 64

/** True where the current packet's receiver looks like the client. The sender is, if nothing speaks for either. */
export function receiverLooksLikeClient(): bool {
  const source = ports >>> 16
  const destination = ports & 0xffff
  if (looksEphemeral(source) !== looksEphemeral(destination)) return looksEphemeral(destination)
  return !looksEphemeral(source) && source < destination
}

function looksEphemeral(port: i32): bool {
  if (ttl > LARGEST_UNIX_TTL) return port >= IANA_EPHEMERAL
  return port >= LINUX_FIRST && port <= LINUX_LAST
}
