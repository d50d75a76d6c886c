import { describe, expect, it } from 'vitest'
import { followed, onlyFlow } from '../support/one-flow.ts'

/** Who is taken for the client of a flow that begins with this segment. */
function clientOf(sourcePort: number, destinationPort: number, ttl: number): 'sender' | 'receiver' {
  const flow = onlyFlow(
    followed([{ way: '>', flags: 'A' }], (packet) => Object.assign(packet, { sourcePort, destinationPort, ttl })),
  )
  return flow.client === 0 ? 'sender' : 'receiver'
}

describe('who is the client of a connection older than the capture', () => {
  it.each([
    ['the receiver, where a well-known port sends', 443, 51000, 64, true],
    ['the sender, where a well-known port receives', 51000, 443, 64, false],
    ['the receiver on Linux, whose range begins at 32768', 9000, 33000, 64, true],
    ['the receiver on Windows, from 49152 up', 9000, 49152, 128, true],
    ['the receiver, where 40000 is a service of Windows', 40000, 50000, 128, true],
    ['the sender, where both ports could be a client’s', 40000, 50000, 64, false],
    ['the receiver, where neither port is a client’s and the lower one sends', 502, 4446, 128, true],
    ['the sender, where neither is and the higher one sends', 4446, 502, 128, false],
  ])('is %s', (_name, source, destination, ttl, expected) => {
    expect(clientOf(source, destination, ttl)).toBe(expected ? 'receiver' : 'sender')
  })
})
