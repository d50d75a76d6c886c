import type { CaptureSummary } from '../capture/capture-reader.ts'
import { Fact } from './fact.ts'
import type { Scanned } from './scanned.ts'
import type { Survey } from './survey.ts'

/** Streams named as examples. */
const MOST_EXAMPLES = 5

/** How far the captures themselves can be believed: what the rules about captures read. */
export interface Trust {
  readonly captures: readonly CaptureSummary[]
  /** Packets recorded twice, and packets recorded after what answers them. */
  readonly duplicates: number
  readonly inversions: number
  readonly tcpPackets: number
  readonly flows: number
  /** Flows without their beginning, with one direction alone, with bytes that were acknowledged and are not there. */
  readonly midstream: Examples
  readonly oneSided: Examples
  readonly holed: Examples
}

/** How many flows, and the first few of them. */
export interface Examples {
  readonly count: number
  readonly streams: readonly number[]
}

/** Counts the facts that a survey found. */
export function trustOf({ captures, flows }: Scanned, { facts, packets }: Survey): Trust {
  const { duplicates, inversions, table } = flows
  const oneSided = examplesOf(facts, Fact.ONE_SIDED, 0)
  const midstream = examplesOf(facts, Fact.MIDSTREAM, Fact.ONE_SIDED)
  const holed = examplesOf(facts, Fact.HOLED, 0)
  return { captures, duplicates, inversions, tcpPackets: packets, flows: table.count, midstream, oneSided, holed }
}

/** The flows that have one fact and lack another. */
function examplesOf(facts: Int32Array, having: number, lacking: number): Examples {
  const streams: number[] = []
  let count = 0
  for (let row = 0; row < facts.length; row++) {
    if ((facts[row]! & having) === 0 || (facts[row]! & lacking) !== 0) continue
    if (count++ < MOST_EXAMPLES) streams.push(row)
  }
  return { count, streams }
}
