import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'
import { Scope } from '../../src/filter/scope.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { PacketDecoder } from '../../src/packet/decoder.ts'
import { anyFrame } from '../support/any-frame.ts'
import { frameOf } from '../support/frame-of.ts'

describe('every field', () => {
  it('has a value as often as it says, in its packet and nowhere else, whatever the bytes', () => {
    const decoder = new PacketDecoder()
    const scope = new Scope()
    scope.analysis = new TcpAnalysis()
    const { frame, packet } = scope.current
    fc.assert(
      fc.property(anyFrame, fc.nat(100), ([linkType, bytes], missing) => {
        Object.assign(frame, frameOf(linkType, bytes, bytes.length + missing))
        decoder.decode(frame, packet)
        for (const [name, field] of FIELD_TABLE) {
          for (let at = field.count(scope) - 1; at >= 0; at--) {
            if (field.kind === 'number') expect([name, Number.isFinite(field.value(scope, at))]).toEqual([name, true])
            if (field.kind !== 'bytes') continue
            for (const locate of [field.locate, field.locateAll ?? field.locate]) {
              locate(scope, at)
              const [low, high] = packet.reassembled ? [0, scope.bytes.byteLength] : [frame.start, frame.end]
              const inside = scope.from >= low && scope.from <= scope.to && scope.to <= Math.max(high, scope.from)
              expect([name, inside]).toEqual([name, true])
            }
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})
