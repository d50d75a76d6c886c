import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/filter.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { big, join } from '../support/headers.ts'
import { Segments } from '../support/segments.ts'

/** Two NOPs and a SACK option with these edges. */
const sack = (...edges: readonly number[]): number[] => [
  ...join(Uint8Array.of(1, 1, 5, 2 + 4 * edges.length), ...edges.map((edge) => big(edge, 4))),
]

/** Whether the filter lets an acknowledgment of 1101 with these blocks through, from a stream that begins at 1000. */
async function passes(filter: string, ...edges: readonly number[]): Promise<boolean> {
  const [segments, analysis] = [new Segments(), new TcpAnalysis()]
  const compiled = await compileFilter(filter)
  analysis.visit(segments.next({ way: '>', flags: 'S', seq: 1000 }))
  analysis.visit(segments.next({ way: '<', flags: 'SA', seq: 500, ack: 1001 }))
  const current = segments.next({ way: '<', flags: 'A', seq: 501, ack: 1101, options: sack(...edges) })
  analysis.visit(current)
  return compiled.matches(current, analysis)
}

describe('edges of selective acknowledgments', () => {
  it('count from the first byte of the stream that they acknowledge', async () => {
    expect(await passes('tcp.options.sack_le == 201 && tcp.options.sack_re == 301', 1201, 1301)).toBe(true)
    expect(await passes('any tcp.options.sack_le > 400', 1201, 1301, 1401, 1501)).toBe(true)
    expect(await passes('all tcp.options.sack_le > 400', 1201, 1301, 1401, 1501)).toBe(false)
  })

  it('are of bytes received twice where they lie below the acknowledgment, or within the second block', async () => {
    const twice = 'tcp.options.sack.dsack && tcp.options.sack.dsack_le == 1 && tcp.options.sack.dsack_re == 101'
    expect(await passes(twice, 1001, 1101)).toBe(true)
    expect(await passes('tcp.options.sack.dsack', 1201, 1301)).toBe(false)
    expect(await passes('tcp.options.sack.dsack', 1201, 1301, 1151, 1401)).toBe(true)
    expect(await passes('tcp.options.sack.dsack', 1201, 1301, 1401, 1501)).toBe(false)
    expect(await passes('tcp.options.sack.dsack', 1201, 1301, 1151, 1250)).toBe(false)
  })
})
