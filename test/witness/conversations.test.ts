import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { Failure } from '../../src/failure.ts'
import { FlowStatistics } from '../../src/flow/flow-statistics.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import { TcpAnalysis } from '../../src/flow/tcp-analysis.ts'
import { completeness } from '../../src/listing/flow-row.ts'
import { fixtures, forEachAtOnce, publicCaptures, tshark, tsharkVersion } from './captures.ts'

/** A line of tshark's conversation table: two ends, then frames and bytes of the way back and of the way there. */
const LINE = /^(\S+) +<-> (\S+) +(\d+) (\d+) (bytes|kB|MB|GB) +(\d+) (\d+) (bytes|kB|MB|GB) /
/** Ten thousand of a unit are told in the next one, cut. */
const UNITS = ['bytes', 'kB', 'MB', 'GB']
const MOST_OF_UNIT = 10_000

interface Tally {
  conversations: number
  /** Those of which the two tables tell differently: one that differs is a line in each. */
  differing: number
  streams: number
  readonly tables: string[]
  readonly completeness: string[]
}

interface Conversations {
  /** Both ends with what they sent, as tshark's table tells of it. */
  readonly lines: string[]
  /** By stream. */
  readonly completeness: ReadonlyMap<number, number>
}

function sized(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= MOST_OF_UNIT) {
    value = Math.floor(value / 1000)
    unit++
  }
  return `${value} ${UNITS[unit]}`
}

/** The same for both orders of the ends. */
const lineOf = (...ends: readonly string[]): string => [...ends].sort().join(' | ')

async function fromTshark(file: string): Promise<Conversations | null> {
  // Both in one run, because tshark takes long to start. The table is not filtered.
  const choice = ['-Y', 'tcp && !icmp && !icmpv6', '-T', 'fields', '-E', 'occurrence=f']
  const text = await tshark('-2', '-r', file, ...choice, '-e', 'tcp.stream', '-e', 'tcp.completeness', '-z', 'conv,tcp')
  if (text === null) return null
  const lines = text.split('\n').flatMap((line) => {
    const [, a, b, framesOfB, bytesOfB, unitOfB, framesOfA, bytesOfA, unitOfA] = LINE.exec(line) ?? []
    return a === undefined
      ? []
      : [lineOf(`${a} ${framesOfA} ${bytesOfA} ${unitOfA}`, `${b} ${framesOfB} ${bytesOfB} ${unitOfB}`)]
  })
  const told = text.split('\n').filter((line) => /^\d+\t\d+$/.test(line))
  return { lines, completeness: new Map(told.map((line) => line.split('\t').map(Number) as [number, number])) }
}

async function fromHere(file: string): Promise<Conversations | null> {
  const segments = new TcpAnalysis()
  const statistics = new FlowStatistics(segments)
  try {
    const analysis = await analyze([file], { visitors: [segments, statistics] })
    const view = new FlowView(analysis.scan.flows)
    const lines: string[] = []
    const bits = new Map<number, number>()
    for (const connection of reportOf(analysis).connections()) {
      const { stream, client, server, clientToServer, serverToClient } = connection
      const sides = view.at(stream)
      const row = { client: statistics.of(stream, sides.client), server: statistics.of(stream, sides.server) }
      bits.set(stream, completeness({ connection, ...row }))
      lines.push(
        lineOf(
          `${client.address}:${client.port} ${clientToServer.packets} ${sized(clientToServer.bytes)}`,
          `${server.address}:${server.port} ${serverToClient.packets} ${sized(serverToClient.bytes)}`,
        ),
      )
    }
    return { lines, completeness: bits }
  } catch (error) {
    // A format that is not read.
    if (error instanceof Failure) return null
    throw error
  }
}

async function compare(file: string, tally: Tally): Promise<void> {
  const [theirs, ours] = [await fromTshark(file), await fromHere(file)]
  if (theirs === null || ours === null) return
  tally.conversations += theirs.lines.length
  const left = [...ours.lines]
  const missing = theirs.lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  tally.differing += Math.max(missing.length, left.length)
  for (const line of missing) tally.tables.push(`${file}: only tshark has ${line}`)
  for (const line of left) tally.tables.push(`${file}: only here is ${line}`)
  for (const [stream, bits] of theirs.completeness) {
    const own = ours.completeness.get(stream)
    if (own === undefined) continue
    tally.streams++
    if (own !== bits) tally.completeness.push(`${file} stream ${stream}: tshark ${bits}, here ${own}`)
  }
}

async function compareAll(files: readonly string[]): Promise<Tally> {
  const tally: Tally = { conversations: 0, differing: 0, streams: 0, tables: [], completeness: [] }
  await forEachAtOnce(files, (file) => compare(file, tally))
  return tally
}

describe.skipIf(tsharkVersion !== '4.0')('conversations beside tshark 4.0', () => {
  it('have the same packets, bytes and completeness in the fixtures', async () => {
    const tally = await compareAll(fixtures)
    expect(tally.tables).toEqual([])
    expect(tally.completeness).toEqual([])
    expect(tally.conversations).toBeGreaterThan(50)
  }, 120_000)

  it.skipIf(publicCaptures === null)(
    'have them in public captures, but for the causes that docs/wireshark-parity.md lists',
    async () => {
      const tally = await compareAll(publicCaptures!)
      expect(tally.conversations).toBeGreaterThan(2_000)
      expect(tally.differing, tally.tables.join('\n')).toBeLessThan(tally.conversations / 100)
      expect(tally.completeness.length, tally.completeness.join('\n')).toBeLessThan(tally.streams / 200)
    },
    900_000,
  )
})
