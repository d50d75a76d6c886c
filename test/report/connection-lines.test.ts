import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { generate } from '../../bench/generate.mjs'
import { analyze, reportOf } from '../../src/analyze.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { BEAT_WORDS, Beat, OTHER_BEATS_WORDS } from '../../src/flow/beats.ts'
import { Dossier } from '../../src/flow/dossier.ts'
import { sideBase } from '../../src/flow/flow-table.ts'
import { RARE_DOSSIER_WORDS, RareDossier } from '../../src/flow/rare-dossier.ts'
import { ROW_WORDS, Row, Side, State } from '../../src/flow/row.ts'
import { connectionJson } from '../../src/report/json/json-model.ts'
import { json } from '../../src/report/json.ts'
import { ndjson } from '../../src/report/ndjson.ts'
import type { Report } from '../../src/report/report.ts'
import { type Scan, scan } from '../../src/scan.ts'
import { visibleJson } from '../../src/text/visible-json.ts'
import { randomTraffic } from '../support/random-traffic.ts'
import { HOSTILE, plain, report, silentConnection } from '../support/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAPTURES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(pcap|pcapng|txt)$/.test(name) && /^(rules|stories|incident|capture)\b/.test(name))
  .map((name) => join('fixtures', name))

/** Lines of the connections in a JSON report. */
const linesOf = (text: string): string[] =>
  text
    .slice(text.indexOf('"connections": ['))
    .split('\n')
    .slice(1)
    .filter((_line, at, all) => all.indexOf('  ],') > at)
    .map((line) => line.trim().replace(/,$/, ''))

const objectLines = (shown: Report): string[] =>
  Array.from(shown.connections(), (connection) => visibleJson(connectionJson(shown, connection)))

describe('connections that are written straight from their flows', () => {
  it.each(CAPTURES)('are written as their objects are: %s', async (path) => {
    const found = await analyze([path]).catch(() => null)
    if (found === null || found.diagnosis.connectionCount === 0) return
    expect(linesOf([...json(reportOf(found), plain)].join(''))).toEqual(objectLines(reportOf(found)))
  })

  it('are written as their objects are, whatever they do', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const path = join(folder, `${seed}.pcap`)
      writeFileSync(path, randomTraffic(seed, 300))
      const shown = reportOf(await analyze([path]))
      const lines = objectLines(shown)
      expect(linesOf([...json(shown, plain)].join(''))).toEqual(lines)
      const typed = [...ndjson(shown, plain)]
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{"type":"connection"'))
      expect(typed).toEqual(lines.map((line) => `{"type":"connection",${line.slice(1)}`))
    }
  })
})

/** Requests and answers on so many connections, of which a tenth is never answered. */
async function busy(flows: number, isIpv6 = false): Promise<Scan> {
  const path = join(folder, `${flows}.pcap`)
  generate({ packets: 25 * flows, flows, payload: 44, kind: 'mixed', isIpv6 }, path)
  return await scan([path])
}

describe('connections that the engine writes, a batch at a time', () => {
  it.each([
    { version: 'IPv4', isIpv6: false },
    { version: 'IPv6', isIpv6: true },
  ])(
    'are nearly all, also of those about which there is a finding: over $version',
    async ({ isIpv6 }) => {
      const scanned = await busy(8000, isIpv6)
      const shown = reportOf({ scan: scanned, diagnosis: diagnose(scanned) })
      const alone = vi.spyOn(scanned.flows.engine, 'writeConnection')
      expect(linesOf([...json(shown, plain)].join(''))).toEqual(objectLines(shown))
      const told = new Set(shown.findings.map(({ stream }) => stream)).size
      expect(told).toBeGreaterThan(500)
      expect(alone.mock.calls.length).toBeLessThan(0.01 * shown.connectionCount)
    },
    60_000,
  )

  it('tell how late answers are as their objects do, however late', async () => {
    const SLOW = 5
    const scanned = await busy(20)
    const { dossiers, engine } = scanned.flows
    const dossier = scanned.flows.dossier(SLOW)
    const answer = (first: number, sum: number, answered: number) => {
      dossiers.doubles[(dossier + Dossier.FIRST_RESPONSE) >> 1] = first
      dossiers.doubles[(dossier + Dossier.RESPONSE_SUM) >> 1] = sum
      dossiers.doubles[(dossier + Dossier.RESPONSE_MAX) >> 1] = Math.max(first, sum)
      dossiers.words[dossier + Dossier.ANSWERED] = answered
    }
    answer(3e9, 3e9, 2)
    const shown = reportOf({ scan: scanned, diagnosis: diagnose(scanned) })
    expect(shown.connectionOf!(SLOW)!.verdict).toBe('slow-responder')
    const batched = vi.spyOn(engine, 'writeConnections')
    const runs = 2000
    const time = fc.oneof(
      fc.double({ min: 0, max: 3e11, noNaN: true }),
      fc.integer({ min: 0, max: 200_000 }).map((units) => units * 5e5),
      fc.constantFrom(999_949_999, 999_950_000, 1e9, 9_999_500_000, 99_995e6, 119_499_999_999, 119.5e9),
    )
    fc.assert(
      fc.property(time, time, fc.integer({ min: 1, max: 30 }), (first, sum, answered) => {
        answer(first, answered === 1 ? 0 : sum, answered)
        const line = linesOf([...json({ ...shown, findings: [] }, plain)].join(''))[SLOW]
        expect(line).toContain(`"candidates":${visibleJson(shown.connectionOf!(SLOW)!.candidates)}`)
      }),
      { numRuns: runs },
    )
    // It is left to the program where its time is out of the ordinary alone.
    const left = batched.mock.results.filter(({ value }) => value === SLOW).length
    expect(left).toBeLessThan(runs / 2)
  }, 60_000)
})

describe('the numbers of a connection', () => {
  const whole = fc.oneof(fc.constantFrom(0, 9, 10, 99, 100, 2 ** 31 - 1, -1), fc.integer())
  const numbers = fc.record({
    epoch: fc.oneof(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: -1e11, max: 3e11 })),
    times: fc.tuple(fc.integer({ min: 0, max: 9e15 }), fc.integer({ min: 0, max: 9e15 })),
    digits: fc.nat(9),
    ends: fc.tuple(fc.integer(), fc.integer(), fc.integer()),
    /** Of each side: packets, bytes, payload, and what was sent again. */
    traffic: fc.tuple(whole, whole, whole, fc.nat()),
    carried: fc.integer(),
    beats: fc.array(fc.tuple(fc.nat(70_000), fc.nat(5)), { minLength: 4, maxLength: 4 }),
    mean: fc.oneof(fc.double({ min: 0, max: 1e5 }), fc.double({ noDefaultInfinity: true, noNaN: true })),
    deviations: fc.oneof(fc.double({ min: 0, max: 1e6 }), fc.float({ noDefaultInfinity: true, noNaN: true })),
    answered: fc.nat(1000),
  })

  it.each([
    { named: 'of the first connection', flow: 0 },
    { named: 'of one in a batch', flow: 3 },
  ])('are written as their object has them, whatever they are: $named', async ({ flow }) => {
    const scanned = await busy(6)
    const found = { scan: scanned, diagnosis: diagnose(scanned) }
    const { flows } = scanned
    const { words, doubles } = flows.table
    const { dossiers, rareDossiers, otherBeats } = flows
    const dossier = flows.dossier(flow)
    const row = flow * ROW_WORDS
    // Its first records of both kinds, whatever the capture needed of them.
    dossiers.words[dossier + Dossier.RARE] = 1
    dossiers.words[dossier + Dossier.OTHER_BEATS] = 1
    const rare = RARE_DOSSIER_WORDS
    const kept = [
      { records: dossiers, at: dossier + Dossier.BEAT },
      ...[0, 1, 2].map((other) => ({ records: otherBeats, at: OTHER_BEATS_WORDS + other * BEAT_WORDS })),
    ]
    fc.assert(
      fc.property(numbers, ({ epoch, times, digits, ends, traffic, carried, beats, mean, deviations, answered }) => {
        doubles.set(times, (row + Row.FIRST_TIME) >> 1)
        words.set(ends, row + Row.ADDRESS_A)
        for (const side of [0, 1]) {
          const own = sideBase(flow, side)
          words[own + Side.PACKETS] = traffic[0]
          words[own + Side.BYTES] = traffic[1]
          words[own + Side.PAYLOAD] = traffic[2]
          rareDossiers.words[rare + RareDossier.RETRANSMISSIONS + side] = traffic[3]
        }
        rareDossiers.words[rare + RareDossier.CARRY] = carried
        for (const [beat, { records, at }] of kept.entries()) {
          const [size, count] = beats[beat]!
          records.words[at + Beat.SIZE] = size
          records.words[at + Beat.COUNT] = count
          records.doubles[(at + Beat.MEAN) >> 1] = mean
          records.floats[at + Beat.DEVIATIONS] = deviations
          records.words[at + Beat.ANSWERED] = answered
        }
        const shown = reportOf(found)
        const captures = shown.captures.map((capture) => ({ ...capture, timeDigits: digits }))
        const changed = { ...shown, epochSeconds: epoch, captures }
        const lines = linesOf([...json({ ...changed, findings: [] }, plain)].join(''))
        expect(lines[flow]).toBe(objectLines(changed)[flow])
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    { named: 'of the first connection', flow: 0 },
    { named: 'of one in a batch', flow: 3 },
  ])('have IPv6 addresses as RFC 5952 writes them: $named', async ({ flow }) => {
    const scanned = await busy(6)
    const found = { scan: scanned, diagnosis: diagnose(scanned) }
    const { words, addresses } = scanned.flows.table
    const row = flow * ROW_WORDS
    words[row + Row.STATE]! |= State.IPV6
    const group = fc.oneof(fc.constantFrom(0, 0, 0, 1, 0xffff), fc.nat(0xffff))
    const address = fc
      .array(group, { minLength: 8, maxLength: 8 })
      .map((groups) => Int32Array.from([0, 2, 4, 6], (at) => (groups[at]! << 16) | groups[at + 1]!))
    const mapped = fc.integer().map((ipv4) => Int32Array.of(0, 0, 0xffff, ipv4))
    const any = fc.oneof(address, mapped)
    fc.assert(
      fc.property(any, any, (one, other) => {
        words[row + Row.ADDRESS_A] = addresses.number(one, 0)
        words[row + Row.ADDRESS_B] = addresses.number(other, 0)
        const shown = reportOf(found)
        expect(linesOf([...json({ ...shown, findings: [] }, plain)].join(''))[flow]).toBe(objectLines(shown)[flow])
      }),
      { numRuns: 1000 },
    )
  })

  it('are those of the report that is written, where two are at a time', async () => {
    const path = join(folder, 'both.pcap')
    writeFileSync(path, randomTraffic(7, 300))
    const shown = reportOf(await analyze([path]))
    const one = ndjson(shown, plain)[Symbol.iterator]()
    const other = ndjson({ ...shown, epochSeconds: -1e11 }, plain)[Symbol.iterator]()
    let lines = ''
    for (let piece = one.next(); !piece.done; piece = one.next()) {
      lines += piece.value
      other.next()
    }
    expect(lines).toBe([...ndjson(shown, plain)].join(''))
  })
})

describe('connections of a report that shows others than were judged', () => {
  it.each([
    { named: 'a masked port', change: { server: { address: '127.0.0.1', port: 'xx' } } },
    { named: 'a hostile label', change: { server: { address: '127.0.0.1', port: HOSTILE.escape } } },
    { named: 'a hostile address', change: { client: { address: HOSTILE.escape, port: 1 } } },
    { named: 'a history that was cut', change: { history: '^sHaDd…' } },
    { named: 'a capture that is not listed', change: { capture: 7 } },
  ])('are written as objects: $named', ({ change }) => {
    const shown = report({ list: [silentConnection(change), silentConnection({ stream: 1 })] })
    expect(linesOf([...json(shown, plain)].join(''))).toEqual(objectLines(shown))
  })
})
