import { describe, expect, it } from 'vitest'
import { flowFilter } from '../../src/diagnosis/flow-filter.ts'

const client = { address: '10.0.0.1', port: 50_001 }
const server = { address: '10.0.0.2', port: 9000 }

describe('the display filter for a connection', () => {
  it('is its stream, where one capture holds it', () => {
    expect(flowFilter({ stream: 7, client, server }, 1)).toBe('tcp.stream eq 7')
  })

  it('is its addresses and ports in a run of several captures, each of which numbers its own streams', () => {
    const filter = flowFilter({ stream: 7, client, server }, 2)
    expect(filter).toBe('ip.addr eq 10.0.0.1 && ip.addr eq 10.0.0.2 && tcp.port eq 50001 && tcp.port eq 9000')
  })

  it('names the address of one host once, and those of IPv6 as such', () => {
    const own = { address: '::1', port: 50_001 }
    expect(flowFilter({ stream: 0, client: own, server: { ...own, port: 9000 } }, 2)).toBe(
      'ipv6.addr eq ::1 && tcp.port eq 50001 && tcp.port eq 9000',
    )
  })

  it('asks for no port that a packet list masks', () => {
    expect(flowFilter({ stream: 0, client, server: { ...server, port: 'xx' } }, 2)).not.toContain('xx')
  })
})
