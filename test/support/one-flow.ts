import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import type { Flows } from '../../src/flow/flows.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { Segments, type Told } from './segments.ts'

/** A run whose only flow is the segments told; each packet may be changed before it is followed. */
export function followed(told: readonly Told[], change: (packet: Packet) => void = () => {}): Flows {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  for (const one of told) {
    const current = segments.next(one)
    change(current.packet)
    tracker.observe(current)
  }
  return tracker.flows
}

/** The only flow of a run. */
export const onlyFlow = (flows: Flows): FlowView => new FlowView(flows).at(0)
