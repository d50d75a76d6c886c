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
