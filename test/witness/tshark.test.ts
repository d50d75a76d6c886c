import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { Failure } from '../../src/failure.ts'
import { ANALYSIS_NAMES, analysisNames } from '../../src/flow/analysis/analysis-flag.ts'
import type { Current } from '../../src/flow/current.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { Protocol, Stop } from '../../src/packet/packet.ts'
import { fixtures, forEachAtOnce, publicCaptures, tshark, tsharkVersion } from './captures.ts'

/** Names of numbers, and the fields that Wireshark shows them in. */
const NUMBERS = {
  stream: 'tcp.stream',
  seq: 'tcp.seq',
  ack: 'tcp.ack',
  payloadLength: 'tcp.len',
  window: 'tcp.window_size',
  sourcePort: 'tcp.srcport',
  destinationPort: 'tcp.dstport',
} as const
type Numbers = Record<keyof typeof NUMBERS, number>
const FLAGS = ANALYSIS_NAMES.map(([name]) => name)

interface Tally {
  frames: number
  readonly differing: Record<string, number>
  readonly shown: string[]
}

interface Seen extends Numbers {
  readonly analysis: readonly string[]
}

async function fromTshark(file: string): Promise<{ rows: Map<number, string[]>; bytes: Map<number, number[]> } | null> {
  const fields = [
    'frame.number',
    ...Object.values(NUMBERS),
    ...FLAGS.map((flag) => `tcp.analysis.${flag}`),
    'frame.len',
  ]
  // A TCP header that an ICMP error quotes is nobody's segment.
  const choice = ['-Y', 'tcp && !icmp && !icmpv6', '-T', 'fields', '-E', 'occurrence=f']
  const text = await tshark('-r', file, ...choice, ...fields.flatMap((field) => ['-e', field]))
  if (text === null) return null
  const rows = new Map<number, string[]>()
  const bytes = new Map<number, number[]>()
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const cells = line.split('\t')
    rows.set(Number(cells[0]), cells)
    const stream = bytes.get(Number(cells[1])) ?? [0, 0]
    bytes.set(Number(cells[1]), [stream[0]! + 1, stream[1]! + Number(cells[fields.length - 1])])
  }
  return { rows, bytes }
}

async function fromHere(file: string): Promise<{ rows: Map<number, Seen>; bytes: Map<number, number[]> } | null> {
  const analysis = new TcpAnalysis()
  const rows = new Map<number, Seen>()
  const keep = ({ packet, flow, frame }: Current) => {
    if (flow < 0 || packet.protocol !== Protocol.TCP || packet.stop !== Stop.NONE) return
    const { sourcePort, destinationPort, payloadLength } = packet
    const [seq, ack] = [analysis.seq >>> 0, analysis.ack >>> 0]
    const names = analysisNames(analysis.flags)
    const { window } = analysis
    rows.set(frame.number, {
      stream: flow,
      seq,
      ack,
      payloadLength,
      window,
      sourcePort,
      destinationPort,
      analysis: names,
    })
  }
  try {
    const report = reportOf(await analyze([file], { visitors: [analysis, { visit: keep }] }))
    const bytes = new Map<number, number[]>()
    for (const { stream, clientToServer, serverToClient } of report.connections())
      bytes.set(stream, [clientToServer.packets + serverToClient.packets, clientToServer.bytes + serverToClient.bytes])
    return { rows, bytes }
  } catch (error) {
    // A format that is not read.
    if (error instanceof Failure) return null
    throw error
  }
}

async function compare(file: string, tally: Tally): Promise<void> {
  const [theirs, ours] = [await fromTshark(file), await fromHere(file)]
  if (theirs === null || ours === null) return
  const differ = (name: string, text: string) => {
    tally.differing[name] = (tally.differing[name] ?? 0) + 1
    tally.shown.push(`${file} ${name}: ${text}`)
  }
  for (const [frame, cells] of theirs.rows) {
    const row = ours.rows.get(frame)
    if (row === undefined) continue
    tally.frames++
    Object.keys(NUMBERS).forEach((name, at) => {
      const cell = cells[at + 1]!
      if (cell !== '' && Number(cell) !== row[name as keyof Numbers])
        differ(name, `frame ${frame}: tshark ${cell}, here ${row[name as keyof Numbers]}`)
    })
    FLAGS.forEach((flag, at) => {
      const theirs = cells[at + 1 + Object.keys(NUMBERS).length] !== ''
      if (theirs !== row.analysis.includes(flag)) differ(flag, `frame ${frame}: only ${theirs ? 'tshark' : 'here'}`)
    })
  }
  if ([...theirs.rows.keys()].every((frame) => ours.rows.has(frame)))
    for (const [stream, told] of theirs.bytes)
      if (ours.bytes.get(stream)?.join() !== told.join())
        differ('conversation', `stream ${stream}: tshark ${told}, here ${ours.bytes.get(stream)}`)
}

async function compareAll(files: readonly string[]): Promise<Tally> {
  const tally: Tally = { frames: 0, differing: {}, shown: [] }
  await forEachAtOnce(files, (file) => compare(file, tally))
  return tally
}

describe.skipIf(tsharkVersion !== '4.0')('beside tshark 4.0', () => {
  it('tells of every frame of the fixtures what tshark tells', async () => {
    const tally = await compareAll(fixtures)
    expect(tally.shown).toEqual([])
    expect(tally.frames).toBeGreaterThan(100)
  })

  it.skipIf(publicCaptures === null)(
    'tells of public captures what tshark tells, but for the causes that docs/wireshark-parity.md lists',
    async () => {
      const tally = await compareAll(publicCaptures!)
      expect(tally.frames).toBeGreaterThan(100_000)
      for (const name of [...Object.keys(NUMBERS), ...FLAGS, 'conversation'])
        expect(
          tally.differing[name] ?? 0,
          tally.shown.filter((text) => text.includes(` ${name}:`)).join('\n'),
        ).toBeLessThan(tally.frames / 5_000)
    },
    900_000,
  )
})
