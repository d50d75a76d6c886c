import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dossier } from '../../src/flow/dossier.ts'
import { followed } from '../support/one-flow.ts'

/** What a receiver with this buffer and window unit tells, where it leaves `unread(size)` of each segment unread. */
function series(sizes: readonly number[], buffer: number, unit: number, isn: number, reads: boolean) {
  const flows = followed([{ way: '<', flags: 'SA' }])
  const { dossiers, engine } = flows
  const dossier = flows.dossier(0)
  dossiers.words[dossier + Dossier.EDGE] = (isn + buffer) | 0
  let sent = 0
  const told = sizes.map((size) => {
    sent += size
    const free = Math.max(0, buffer - (reads ? size : sent))
    return engine.noteDrain(dossier, isn, (isn + sent) | 0, size, free - (free % unit), unit) === 1
  })
  const word = (at: number) => dossiers.words[dossier + at]!
  return {
    told,
    acks: word(Dossier.ACKS),
    discriminating: word(Dossier.DISCRIMINATING),
    unread: word(Dossier.UNREAD),
    read: word(Dossier.READ),
  }
}

const INCIDENT = [44, 138, 179, 44, 44, 44, 44]

describe('the right edge of the window', () => {
  it('tells in 5 of the incident’s 7 acknowledgments, and all say unread', () => {
    expect(series(INCIDENT, 8192, 256, 1, false)).toEqual({
      told: [false, false, true, true, true, true, true],
      acks: 7,
      discriminating: 5,
      unread: 5,
      read: 0,
    })
  })

  it('tells in 0 of the second capture’s 4: less than one unit came', () => {
    expect(series([44, 44, 44, 44], 8192, 256, 1, false)).toMatchObject({ acks: 4, discriminating: 0 })
  })

  it('tells in each but the first where the window has no unit', () => {
    expect(series([44, 44, 44], 8148, 1, 1, false)).toMatchObject({ discriminating: 2, unread: 2 })
  })

  const sizes = fc.array(fc.integer({ min: 1, max: 1460 }), { minLength: 1, maxLength: 20 })
  const unit = fc.constantFrom(1, 2, 128, 256, 1024)

  it('never takes one that reads at once for one that does not, nor the other way round, wherever numbers begin', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 30_000, max: 65_535 }), unit, fc.integer(), (pushed, buffer, of, isn) => {
        const reading = series(pushed, buffer, of, isn, true)
        const silent = series(pushed, buffer, of, isn, false)
        expect([reading.unread, reading.read]).toEqual([0, reading.discriminating])
        expect([silent.unread, silent.read]).toEqual([silent.discriminating, 0])
        expect(silent.told).toEqual(reading.told)
      }),
    )
  })
})
