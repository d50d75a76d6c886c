import { describe, expect, it } from 'vitest'
import { endLineFinder, type LineFinder, NOT_ZERO, Run, startLineFinder } from '../../src/log/lines/line-finder.ts'

const NEWLINE = 0x0a
/** As many lines as may be remembered in one place. */
const TOGETHER = 4

/** Puts lines into a finder's window, and returns where each begins and ends. */
function put(finder: LineFinder, lines: readonly string[]): [start: number, end: number][] {
  let start = 0
  return lines.map((line) => {
    const end = start + finder.bytes.write(`${line}\n`, start, 'latin1') - 1
    const place: [number, number] = [start, end]
    start = end + 1
    return place
  })
}

function withFinder(use: (finder: LineFinder) => void): void {
  const finder = startLineFinder()!
  try {
    use(finder)
  } finally {
    endLineFinder(finder)
  }
}

/** What the finder tells of lines: the slot of each, and the nanoseconds that it says of the second of the line before. */
function told(finder: LineFinder, lines: readonly string[]) {
  const places = put(finder, lines)
  expect(finder.findLines(0, places.at(-1)![1] + 1, NEWLINE)).toBe(lines.length)
  return lines.map((_, index) => ({ slot: finder.found[index * 3 + 1]!, nanoseconds: finder.found[index * 3 + 2]! }))
}

/** How the stamps of lines that are remembered here are laid out. */
const LAYOUT = 7

/** Remembers a line with a stamp, whose fraction has a mark before it; returns its slot. */
function remember(finder: LineFinder, line: string, stamp: string, fraction: number, digits: number, layout = LAYOUT) {
  const [[start, end]] = put(finder, [line]) as [[number, number]]
  const slot = finder.remember(start, end)
  finder.setStamp(slot, line.indexOf(stamp), stamp.length, fraction, digits, layout)
  return slot
}

describe('finding lines', () => {
  it('remembers lines that belong in one place beside each other, and the latest of more', () => {
    withFinder((finder) => {
      // Lines of other lengths, with what would be the same slot for all.
      const ofSet = new Map<number, [start: number, end: number][]>()
      const lines = Array.from({ length: 900 }, (_, i) => `${'abcdefghij'.charAt(i % 10)}${'x'.repeat(1 + (i >> 2))}`)
      for (const place of put(finder, lines)) {
        const set = finder.remember(...place) - (finder.remember(...place) % TOGETHER)
        ofSet.set(set, [...(ofSet.get(set) ?? []), place])
      }
      finder.forgetAll()
      const crowd = [...ofSet.values()].find((places) => places.length > TOGETHER)!
      for (const place of crowd) finder.remember(...place)
      const slots = crowd.map((place) => finder.find(...place))
      expect(new Set(slots.slice(-TOGETHER)).size).toBe(TOGETHER)
      expect(slots.slice(-TOGETHER).every((slot) => slot >= 0)).toBe(true)
      expect(slots.slice(0, -TOGETHER).every((slot) => slot < 0)).toBe(true)
    })
  })

  it('remembers lines that differ in a digit that matters beside each other', () => {
    withFinder((finder) => {
      const [one, other] = put(finder, ['errno 11 at 5', 'errno 24 at 7']) as [[number, number], [number, number]]
      for (const [start, end] of [one, other]) {
        const slot = finder.remember(start, end)
        for (const at of [6, 7]) expect(finder.pin(slot, at, finder.bytes[start + at]!)).toBe(1)
      }
      expect(finder.find(...one)).toBeGreaterThanOrEqual(0)
      expect(finder.find(...other)).toBeGreaterThanOrEqual(0)
      expect(finder.find(...one)).not.toBe(finder.find(...other))
    })
  })

  it.each([
    ['', 0],
    ['.5', 500_000_000],
    [',25', 250_000_000],
    ['.001', 1_000_000],
    ['.123456', 123_456_000],
    ['.1234567', 123_456_700],
    ['.12345678', 123_456_780],
    ['.123456789', 123_456_789],
    ['.000000009', 9],
    ['.999999999', 999_999_999],
  ])('reads the fraction %j of a second that is said again', (fraction, nanoseconds) => {
    withFinder((finder) => {
      const line = `12:00:07${fraction}Z closed socket 5`
      remember(finder, line, `12:00:07${fraction}Z`, 8, Math.max(0, fraction.length - 1))
      expect(told(finder, [line, line]).map((each) => each.nanoseconds)).toEqual([-1, nanoseconds])
    })
  })

  it('tells no nanoseconds of another second, nor in another zone', () => {
    withFinder((finder) => {
      const line = (words: string, second: string, zone: string) => `[t${words}] 12:00:${second}.250${zone} closed 5`
      const all = [
        ['07', '01', '+01'],
        ['07', '02', '+01'],
        ['08', '02', '+01'],
        ['08', '02', '+02'],
        ['08', '02', '+02'],
      ].map(([words, second, zone]) => line(words!, second!, zone!))
      remember(finder, all[0]!, '12:00:01.250+01', 8, 3)
      expect(told(finder, all).map(({ nanoseconds }) => nanoseconds)).toEqual([-1, -1, 250_000_000, -1, 250_000_000])
    })
  })

  it('knows the second of the line before wherever the stamps stand', () => {
    withFinder((finder) => {
      const stamp = '12:00:07.250Z'
      const [front, back] = [`${stamp} closed 5`, `{"msg":"closed 5","time":"${stamp}"}`]
      remember(finder, front, stamp, 8, 3)
      remember(finder, back, stamp, 8, 3)
      const lines = [front, back, back.replace('250', '251'), 'no stamp', front, front.replace('07', '08')]
      expect(told(finder, lines).map(({ nanoseconds }) => nanoseconds)).toEqual([
        -1, 250_000_000, 251_000_000, -1, -1, -1,
      ])
    })
  })

  it('tells none of a stamp that is too long', () => {
    withFinder((finder) => {
      const stamp = `${'w'.repeat(40)} 12:00:07.250`
      remember(finder, `${stamp} closed 5`, stamp, 49, 3)
      const [, again] = told(finder, [`${stamp} closed 5`, `${stamp} closed 5`])
      expect(again).toEqual({ slot: expect.any(Number), nanoseconds: -1 })
      expect(again!.slot).toBeGreaterThanOrEqual(0)
    })
  })

  it('takes no line for alike with a zero where there must be none', () => {
    withFinder((finder) => {
      const [line, other, zero] = put(finder, ['{"fd":17}', '{"fd":90}', '{"fd":07}']) as [number, number][]
      const slot = finder.remember(...line!)
      expect(finder.pin(slot, 6, NOT_ZERO)).toBe(1)
      expect([line!, other!, zero!].map((place) => finder.find(...place) === slot)).toEqual([true, true, false])
    })
  })
})

describe('counting lines of one second', () => {
  const line = (milliseconds: number, words: string) => `12:00:07.${String(milliseconds).padStart(3, '0')} ${words}`
  const SECOND = 1_000_000_000

  /** Counts lines, of which the first has the second that the others say again. */
  function counted(finder: LineFinder, lines: readonly string[], longest = SECOND, stopsAtEvents = 0) {
    told(finder, lines)
    const before = Number(lines[0]!.slice(9, 12)) * 1e6
    const end = finder.countRun(1, lines.length, LAYOUT, before, before, longest, stopsAtEvents)
    const slots = Array.from({ length: finder.run[Run.SLOTS]! }, (_, i) => finder.counted.slice(2 * i, 2 * i + 2))
    return { end, slots: new Map(slots.map(([slot, count]) => [slot!, count!])), run: finder.run }
  }

  it('tells how many are like which, and forgets that for the next', () => {
    withFinder((finder) => {
      const closed = remember(finder, line(0, 'closed 5'), '12:00:07.000', 8, 3)
      const sent = remember(finder, line(0, 'sent 44 bytes'), '12:00:07.000', 8, 3)
      const lines = [line(1, 'closed 1'), line(2, 'sent 10 bytes'), line(3, 'closed 3'), line(3, 'closed 4')]
      for (let time = 0; time < 2; time++) {
        const { end, slots } = counted(finder, lines)
        expect(end).toBe(lines.length)
        expect(slots).toEqual(
          new Map([
            [sent, 1],
            [closed, 2],
          ]),
        )
      }
    })
  })

  it('follows times forwards and backwards', () => {
    withFinder((finder) => {
      remember(finder, line(0, 'closed 5'), '12:00:07.000', 8, 3)
      const { run } = counted(
        finder,
        [500, 500, 700, 650, 400, 600].map((milliseconds) => line(milliseconds, 'closed 5')),
      )
      expect(run[Run.FORWARDS]).toBe(2)
      expect(run[Run.BACKWARDS]).toBe(2)
      expect(run[Run.FARTHEST_BACK]).toBe(250_000_000)
      expect(run[Run.FIRST_BACK]).toBe(3)
      expect(run[Run.LATEST]).toBe(700_000_000)
    })
  })

  it('ends before a line that is later than the latest by too much', () => {
    withFinder((finder) => {
      remember(finder, line(0, 'closed 5'), '12:00:07.000', 8, 3)
      const lines = [100, 150, 120, 170, 221].map((milliseconds) => line(milliseconds, 'closed 5'))
      expect(counted(finder, lines, 50_000_000).end).toBe(4)
    })
  })

  it('ends before an event where it must, before other stamps, and before what is unknown', () => {
    withFinder((finder) => {
      const words = ['closed 5', 'sent 44 bytes', 'lookup took 3us']
      const [closed, sent] = words.map((some) => remember(finder, line(0, some), '12:00:07.000', 8, 3))
      finder.setTelling(sent!)
      remember(finder, line(0, 'other stamps'), '12:00:07.000', 8, 3, LAYOUT + 1)
      const lines = [line(1, words[0]!), line(2, words[0]!), line(3, words[1]!), line(4, words[2]!), line(5, 'new')]
      expect(counted(finder, lines, SECOND, 1)).toMatchObject({ end: 2, slots: new Map([[closed, 1]]) })
      expect(counted(finder, lines).end).toBe(4)
      expect(counted(finder, [...lines.slice(0, 3), line(4, 'other stamps')]).end).toBe(3)
    })
  })
})
