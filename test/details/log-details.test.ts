import { describe, expect, it } from 'vitest'
import { correlateFiles } from '../../src/correlate.ts'
import { logDetails } from '../../src/details/log-details.ts'

const story = (file: string): string => new URL(`../../fixtures/stories/slot-race/${file}`, import.meta.url).pathname
const clocks = () => ({ zone: null, logDate: null, offsets: new Map() })

describe('what a page draws of logs', async () => {
  const { correlation } = await correlateFiles([story('slot-race.pcap')], [story('network.log'), story('app.log')], {
    clocks,
  })
  const { timeline, slots, leftOut } = logDetails(correlation.scene)

  it('is one time line of both sources, in the order of time', () => {
    const times = timeline.map((row) => row.time!)
    expect([...times].sort((a, b) => a - b)).toEqual(times)
    expect(new Set(timeline.map((row) => row.source))).toEqual(new Set(['log', 'packet']))
    expect(leftOut).toEqual([])
  })

  it('says which line and which log each event is of, with the uncertainty of its clock', () => {
    const readable = timeline.find((row) => row.kind === 'not-matched')!
    expect(readable.text).toMatch(/not matched/)
    expect(readable.line).toBeGreaterThan(0)
    expect(readable.uncertainty).toBeGreaterThan(0)
  })

  it('puts the lines of an accepted socket to its connection', () => {
    const facts = correlation.scene.facts.filter((one) => one.accepted !== null)
    for (const { accepted, wire } of facts) {
      const row = timeline.find(
        (one) => one.log !== null && one.line === accepted!.first.line && one.text === accepted!.first.text,
      )
      expect(row?.stream).toBe(wire.connection.stream)
    }
  })

  it('shows the listening socket overwritten in its slot', () => {
    const listener = slots.find((slot) => slot.label.includes('listening'))!
    expect(listener.overwritten).toBe(true)
    const next = slots.find((slot) => slot.slot === listener.slot && slot.from >= listener.to! && slot !== listener)
    expect(next?.from).toBe(listener.to)
  })
})
