import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/log/formats.ts'
import type { EventPattern } from '../../src/log/pattern.ts'
import { readText } from '../support/log-text.ts'

/** A pattern without keywords makes every line be read by itself. */
const never: EventPattern = { id: 'never', kind: 'error', keywords: [], pattern: /(?!)/, samples: [] }

/** As many lines as are looked up together, and a few: what the first of them taught is known of those behind. */
const LINES = 1040
const MESSAGE = 'accepted connection from 10.0.0.1:4711 on socket 5'

const frames = FORMATS.flatMap(({ samples }) => samples.filter(({ line, message }) => line.includes(message)))

/** Another digit at some of a line's digits: of its stamp, of what stands before and behind it. */
const changes = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 9 })), { maxLength: 3 })

function changed(line: string, some: readonly (readonly [number, number])[]): string {
  const bytes = [...line]
  const digits = bytes.flatMap((character, at) => (/\d/.test(character) ? [at] : []))
  for (const [which, digit] of some) if (digits.length > 0) bytes[digits[which % digits.length]!] = String(digit)
  return bytes.join('')
}

/** Lines of one form, each with a few other digits than the one before. */
const alike = fc
  .tuple(fc.constantFrom(...frames), fc.array(changes, { minLength: 10, maxLength: 40 }))
  .map(([frame, all]) => {
    let line = frame.line.replace(frame.message, MESSAGE)
    const others = all.map((some) => {
      line = changed(line, some)
      return line
    })
    return [...Array.from({ length: LINES }, () => frame.line.replace(frame.message, MESSAGE)), ...others]
  })

const times = async (lines: readonly string[], patterns?: EventPattern[]) => {
  const { events, ...log } = await readText(`${lines.join('\n')}\n`, patterns && { patterns })
  return { ...log, events: events.map(({ line, time, kind }) => ({ line, time, kind })) }
}

/** Enough lines of one form to know them, then those that are asked about. */
const known = (line: string, ...asked: string[]) => [...Array.from({ length: LINES }, () => line), ...asked]
const lastTimes = async (lines: readonly string[], count: number) => {
  const { base, events } = await times(lines)
  return events.slice(-count).map(({ time }) => new Date(base * 1000 + time! / 1e6).toISOString().slice(11, 23))
}

describe('stamps of the second of the line before', () => {
  it('are read as those of any other line', async () => {
    await fc.assert(
      fc.asyncProperty(alike, async (lines) => {
        expect(await times(lines)).toEqual(await times(lines, [never]))
      }),
      { numRuns: 150 },
    )
  })

  it('have a fraction of their own', async () => {
    const line = (fraction: string) => `2026-01-01T12:00:00.${fraction}Z INFO ${MESSAGE}`
    expect(await lastTimes(known(line('001'), line('002'), line('950')), 2)).toEqual(['12:00:00.002', '12:00:00.950'])
  })

  it('may be of another zone', async () => {
    const line = (fraction: string, zone: string) => `2026-01-01T12:00:00.${fraction}${zone} INFO ${MESSAGE}`
    const lines = known(line('001', '+01:00'), line('002', '+02:00'), line('003', '+02:00'), line('004', '+01:00'))
    expect(await lastTimes(lines, 3)).toEqual(['10:00:00.002', '10:00:00.003', '11:00:00.004'])
  })

  it('may lack the zone that the line before names', async () => {
    const line = (fraction: string) => `2026-01-01T12:00:00.${fraction} INFO ${MESSAGE}`
    const both = [...known(line('001+01:00')), ...known(line('001'))]
    const lines = [...both, line('002+01:00'), line('003'), line('004+01:00')]
    expect(await lastTimes(lines, 3)).toEqual(['11:00:00.002', '12:00:00.003', '11:00:00.004'])
  })

  it('may have a fraction where the zone of the line before stood', async () => {
    const line = (rest: string) => `2026-01-01 12:00:00${rest} ${MESSAGE}`
    const lines = [...known(line('-0100')), ...known(line('.0100')), line('-0100'), line('.0100'), line('-0100')]
    expect(await lastTimes(lines, 3)).toEqual(['13:00:00.000', '12:00:00.010', '13:00:00.000'])
  })

  it('are none where the line before had none for the same reason', async () => {
    const line = (second: string) => `2026-01-01 12:00:${second} ${MESSAGE}`
    const { events } = await times(known(line('01.001'), line('61.002'), line('61.003'), line('01.004')))
    expect(events.slice(-4).map(({ time }) => time)).toEqual([1e6, null, null, 4e6])
  })

  it('have a zone behind them in one line, and a number that is none in the next', async () => {
    const line = (number: string) => `2026-01-01 12:00:00.001 ${number} ${MESSAGE}`
    expect(await lastTimes(known(line('-27'), line('-05'), line('-27')), 2)).toEqual(['17:00:00.001', '12:00:00.001'])
  })

  it('may stand behind words that are others', async () => {
    const line = (thread: string, second: string) => `[thread-${thread}] 2026-01-01 12:00:${second} ${MESSAGE}`
    const lines = known(line('07', '01.001'), line('08', '01.002'), line('08', '02.002'), line('08', '02.003'))
    expect(await lastTimes(lines, 3)).toEqual(['12:00:01.002', '12:00:02.002', '12:00:02.003'])
  })

  it('go on behind a line without a stamp', async () => {
    const line = (second: string) => `2026-01-01 12:00:${second} ${MESSAGE}`
    const lines = known(line('01.001'), line('02.001'), '  at Server.accept', line('02.002'), line('03.002'))
    expect(await lastTimes(lines, 2)).toEqual(['12:00:02.002', '12:00:03.002'])
  })
})

describe('lines that are only counted', () => {
  const LINES_OF = ['accepted connection from 10.0.0.1:4711 on socket 5', 'closed socket 5', 'lookup key=5 took 3us']
  const counts = async (lines: readonly string[], events: boolean, patterns?: EventPattern[]) => {
    const log = await readText(`${lines.join('\n')}\n`, { events, shapes: true, ...(patterns && { patterns }) })
    return { ...log, events: [] }
  }
  const random = fc.array(fc.tuple(fc.constantFrom(...LINES_OF), fc.integer({ min: -40, max: 60 })), {
    minLength: 300,
    maxLength: 3000,
  })
  /** Lines from a time on, each so many milliseconds after the one before. */
  const from = (start: number, steps: readonly (readonly [string, number])[], digits: number) => {
    let time = start
    return steps.map(([words, step]) => {
      time += step
      return `${new Date(time).toISOString().slice(0, digits === 0 ? 19 : 23)}Z INFO ${words}`
    })
  }
  const START = Date.UTC(2026, 0, 1, 12)
  /** So many different stamps that the clock is known, and so many lines that not each one's shape is wanted. */
  const long = (count: number) =>
    Array.from({ length: count }, (_, i) => [LINES_OF[i % LINES_OF.length]!, i % 3] as const)

  it('tell the same of a log whose stamps have whole seconds', async () => {
    await fc.assert(
      fc.asyncProperty(random, async (steps) => {
        const lines = from(START, steps, 0)
        expect(await counts(lines, false)).toEqual(await counts(lines, true))
      }),
      { numRuns: 40 },
    )
  })

  it('tell the same of a long log that goes on and back', async () => {
    const known = from(START, long(210_000), 3)
    await fc.assert(
      fc.asyncProperty(random, async (steps) => {
        const lines = [...known, ...from(START + 300_000, steps, 3)]
        expect(await counts(lines, false)).toEqual(await counts(lines, true))
      }),
      { numRuns: 4 },
    )
  })

  it('tell the step of the clock that stamps events, which others do not', async () => {
    // Two events, by which others like them are known, and as many lines as make the clock known; then an event each 100 ms.
    const quiet = Array.from({ length: 210_000 }, (_, i) => [LINES_OF[i === 99 || i === 199 ? 1 : 2]!, 1] as const)
    const mixed = Array.from({ length: 2000 }, (_, i) => [LINES_OF[i % 20 === 0 ? 1 : 2]!, 5] as const)
    const lines = [...from(START, quiet, 3), ...from(START + 299_995, mixed, 3)]
    const counted = await counts(lines, false)
    expect(counted.tick).toBe(1e8)
    expect(counted).toEqual(await counts(lines, true))
  })
})
