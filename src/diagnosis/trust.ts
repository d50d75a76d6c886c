import type { CaptureSummary } from '../capture/capture-reader.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Scanned } from './scanned.ts'
import { isMidstream, isOneSided } from './stance.ts'

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

/** Looks once at every flow. */
export function trustOf({ captures, flows }: Scanned): Trust {
  const midstream = { count: 0, streams: [] as number[] }
  const oneSided = { count: 0, streams: [] as number[] }
  const holed = { count: 0, streams: [] as number[] }
  const note = (examples: { count: number; streams: number[] }, row: number) => {
    if (examples.count++ < MOST_EXAMPLES) examples.streams.push(row)
  }
  const view = new FlowView(flows)
  let tcpPackets = 0
  for (let row = 0; row < flows.table.count; row++) {
    const flow = view.at(row)
    tcpPackets += flow.packets(0) + flow.packets(1)
    if (isOneSided(flow)) note(oneSided, row)
    else if (isMidstream(flow)) note(midstream, row)
    if (flow.hasUnseen(0) || flow.hasUnseen(1)) note(holed, row)
  }
  const { duplicates, inversions, table } = flows
  return { captures, duplicates, inversions, tcpPackets, flows: table.count, midstream, oneSided, holed }
}
