import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeSeries, encodeSeries } from '../../../src/report/html/series-codec.ts'
import { emptyColumns } from '../../../src/report/packet-series.ts'
import { silentSeries } from './page-sample.ts'

const row = fc.record({
  frame: fc.nat(2 ** 32),
  time: fc.integer({ min: -1e15, max: 1e15 }),
  side: fc.constantFrom(0, 1),
  seq: fc.nat(2 ** 32 - 1),
  ack: fc.nat(2 ** 32 - 1),
  payload: fc.nat(65535),
  window: fc.nat(2 ** 30),
  flags: fc.nat(255),
  length: fc.nat(65535),
  analysis: fc.nat(2 ** 18),
})

it('gives back every packet that it was given', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const columns = emptyColumns()
      for (const one of rows)
        for (const [name, value] of Object.entries(one)) columns[name as keyof typeof columns].push(value)
      const series = { ...silentSeries(0, 0), columns }
      expect(decodeSeries(JSON.parse(JSON.stringify(encodeSeries(series))))).toEqual(series)
    }),
  )
})

it('needs less than 30 bytes a packet, as the budget of the page counts on', () => {
  const series = silentSeries(0, 1000, 50_000)
  expect(JSON.stringify(encodeSeries(series)).length).toBeLessThan(2003 * 30)
})
