import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type Analysis, type AnalyzeOptions, analyze, reportOf } from '../../src/analyze.ts'
import { convertCapture, type WriteOptions } from '../../src/capture/convert.ts'
import { Epoch } from '../../src/capture/epoch.ts'
import { openCapture } from '../../src/capture/open.ts'
import { json } from '../../src/report/json.ts'
import {
  type CaptureRecord,
  changed,
  openSegment,
  type Records,
  readRecords,
  writeRecords,
} from '../support/records.ts'
import { plain } from '../support/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-laws-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Captures of real kernels: Windows (the incident) and Linux (the laboratory's stories). */
const CAPTURES = [
  'fixtures/incident/listing-1.pcap',
  'fixtures/incident/listing-2.pcap',
  ...readdirSync('fixtures/stories').map((story) => `fixtures/stories/${story}/${story}.pcap`),
]
/** Offsets of a sequence number: any, and those that bring the wrap near. */
const anIsn = fc.oneof(fc.integer(), fc.integer({ min: -1000, max: 1000 }))
const aCapture = fc.constantFrom(...CAPTURES)
const RUNS = { numRuns: 40 }

let written = 0
function file(bytes: Uint8Array): string {
  const path = join(folder, `${written++}.pcap`)
  writeFileSync(path, bytes)
  return path
}

/** What is said of each connection and listener, with rules that fire; nothing of frames, times and stream numbers. */
function said({ diagnosis }: Analysis): string[] {
  const of = [...diagnosis.connections()].map((one) => {
    const rules = one.findings
      .map((index) => diagnosis.findings[index]!)
      .map(({ rule, severity }) => `${severity} ${rule}`)
    const beat = one.heartbeat === null ? '' : `${one.heartbeat.count} of ${one.heartbeat.payloadBytes}`
    return [one.client.port, one.server.port, one.verdict, one.confidence, one.state, beat, ...rules].join(' ')
  })
  const listeners = diagnosis.listeners.map(({ port, verdict, served, connections }) =>
    [port, verdict, served, connections].join(' '),
  )
  return [...of.sort(), ...listeners.sort()]
}

const verdicts = async (paths: readonly string[], options: AnalyzeOptions = {}) => said(await analyze(paths, options))
const ofRecords = (records: Records) => verdicts([file(writeRecords(records))])

async function convert(path: string, options: WriteOptions): Promise<string> {
  const epoch = new Epoch()
  const reader = await openCapture(path, 0, epoch)
  const pieces: Uint8Array[] = []
  for await (const piece of convertCapture(reader, epoch, options)) pieces.push(piece)
  await reader.close()
  return file(Buffer.concat(pieces))
}

describe('what is said of a capture', () => {
  it.each(CAPTURES)('is the same bytes each time: %s', async (path) => {
    const told = async () => [...json(reportOf(await analyze([path])), plain)].join('')
    expect(await told()).toBe(await told())
  })

  it.each(CAPTURES)('is the same in another format: %s', async (path) => {
    const expected = await verdicts([path])
    for (const format of ['pcap', 'pcapng'] as const)
      for (const byteOrder of ['big', 'little'] as const) {
        const converted = await convert(path, { format, byteOrder })
        expect(await verdicts([converted])).toEqual(expected)
        expect(await verdicts([await convert(converted, { format: 'pcap' })])).toEqual(expected)
      }
  })

  it.each(CAPTURES)('is the same from standard input: %s', async (path) => {
    const { list, linkType } = readRecords(path)
    const stdin = Readable.from([writeRecords({ list, linkType })])
    expect(await verdicts(['-'], { stdin })).toEqual(await verdicts([path]))
  })

  it('is the same where the capture was split into files at any record', async () => {
    await fc.assert(
      fc.asyncProperty(
        aCapture,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
        async (path, cuts) => {
          const { linkType, list } = readRecords(path)
          const at = [0, ...cuts.map((cut) => Math.floor(cut * list.length)).sort((a, b) => a - b), list.length]
          const parts = at
            .slice(1)
            .map((end, index) => file(writeRecords({ linkType, list: list.slice(at[index], end) })))
          expect(await verdicts(parts)).toEqual(await verdicts([path]))
        },
      ),
      RUNS,
    )
  })

  it('is the same at any time of any day', async () => {
    await fc.assert(
      fc.asyncProperty(
        aCapture,
        fc.integer({ min: 0, max: 4e9 }),
        fc.integer({ min: 0, max: 999_999 }),
        async (path, seconds, micros) => {
          const { linkType, list } = readRecords(path)
          const first = list[0]!.time
          const moved = list.map((record) => ({ ...record, time: record.time - first + seconds * 1e6 + micros }))
          expect(await ofRecords({ linkType, list: moved })).toEqual(await verdicts([path]))
        },
      ),
      RUNS,
    )
  })

  it('is the same wherever sequence numbers begin, across the wrap too', async () => {
    await fc.assert(
      fc.asyncProperty(aCapture, anIsn, anIsn, async (path, forClients, forServers) => {
        const records = readRecords(path)
        const list = records.list.map((record) => {
          const segment = openSegment(records, record)
          const { view, tcp } = segment
          const fromServer = segment.sourcePort < segment.destinationPort
          const [own, other] = fromServer ? [forServers, forClients] : [forClients, forServers]
          view.setInt32(tcp + 4, view.getInt32(tcp + 4) + own)
          if ((view.getUint8(tcp + 13) & 0x10) !== 0) view.setInt32(tcp + 8, view.getInt32(tcp + 8) + other)
          return changed(record, segment)
        })
        expect(await ofRecords({ ...records, list })).toEqual(await verdicts([path]))
      }),
      RUNS,
    )
  })

  it('is the same beside traffic that has nothing to do with it', async () => {
    await fc.assert(
      fc.asyncProperty(aCapture, aCapture, fc.integer({ min: -20e6, max: 20e6 }), async (path, other, lead) => {
        const own = readRecords(path)
        const strange = readRecords(other)
        fc.pre(own.linkType === strange.linkType)
        const [from, to] = [own.list[0]!.time, own.list.at(-1)!.time]
        const elsewhere = strange.list
          .map((record) => {
            const segment = openSegment(strange, record)
            for (const address of [12, 16]) segment.view.setUint32(segment.ip + address, 0x0a00_0001)
            return { ...changed(record, segment), time: record.time + from - strange.list[0]!.time + lead }
          })
          // A capture that goes on shows more: silence until its end is longer.
          .filter(({ time }) => time >= from && time <= to)
        const list = [...own.list, ...elsewhere].sort((a, b) => a.time - b.time)
        const merged = await analyze([file(writeRecords({ ...own, list }))], {
          selects: (flow) => flow.address(0) !== '10.0.0.1',
        })
        expect(said(merged)).toEqual(await verdicts([path]))
      }),
      RUNS,
    )
  })

  it('is the same of a port where the packets of all others are taken out', async () => {
    await fc.assert(
      fc.asyncProperty(aCapture, async (path) => {
        const records = readRecords(path)
        const ports = new Set(
          records.list.map((record) => {
            const { sourcePort, destinationPort } = openSegment(records, record)
            return Math.min(sourcePort, destinationPort)
          }),
        )
        for (const port of ports) {
          const list = records.list.filter((record) => {
            const { sourcePort, destinationPort } = openSegment(records, record)
            return sourcePort === port || destinationPort === port
          })
          expect(await ofRecords({ ...records, list })).toEqual(await verdicts([path], { ports: [port] }))
        }
      }),
      RUNS,
    )
  })

  it('is the same where packets of equal stamps were recorded in another order of directions', async () => {
    await fc.assert(
      fc.asyncProperty(aCapture, fc.integer(), async (path, seed) => {
        const records = readRecords(path)
        // RawCap's clock: ticks of a millisecond, so that a reply often shares the stamp of its cause.
        const ticks = records.list.map((record) => ({ ...record, time: record.time - (record.time % 1000) }))
        const list = shuffled(records, ticks, seed)
        expect(await ofRecords({ ...records, list })).toEqual(await ofRecords({ ...records, list: ticks }))
      }),
      RUNS,
    )
  })
})

const isForward = (records: Records, record: CaptureRecord): boolean => {
  const { sourcePort, destinationPort } = openSegment(records, record)
  return sourcePort > destinationPort
}

/** Within each stamp: packets of one direction keep their order, the directions are dealt anew. */
function shuffled(records: Records, list: readonly CaptureRecord[], seed: number): CaptureRecord[] {
  let state = seed
  const coin = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state < 0
  }
  const result: CaptureRecord[] = []
  for (let at = 0; at < list.length; ) {
    const group: CaptureRecord[] = []
    for (const { time } = list[at]!; list[at]?.time === time; at++) group.push(list[at]!)
    const forward = group.filter((record) => isForward(records, record))
    const backward = group.filter((record) => !isForward(records, record))
    while (forward.length + backward.length > 0)
      result.push(backward.length === 0 || (forward.length > 0 && coin()) ? forward.shift()! : backward.shift()!)
  }
  return result
}
