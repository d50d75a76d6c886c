import { Frame } from '../capture/frame.ts'
import type { FrameTable } from '../capture/frame-table.ts'
import { Packet } from '../packet/packet.ts'
import type { Flows } from './flows.ts'

/** The packet that is being looked at, with the flow it belongs to. One instance per run, refilled per frame. */
export class Current {
  readonly frame = new Frame()
  readonly packet = new Packet()
  /** Unique over all captures of the run: the frame's number plus its capture's base. `FrameIds` turns it back. */
  frameId = 0
  /** Hash of the packet's ends, where it is TCP: see `FlowTable`. */
  hash = 0
  /** Row of its flow, which is its stream number; -1 for what belongs to no TCP flow. */
  flow = -1
  /** 0 where the sender of the flow's first packet sent it, 1 where the other end did. */
  side = 0
  /** True where it began its flow on addresses and ports that an earlier flow of the run had. */
  reused = false
  /** Its place in the engine's columns, where it is a plain segment whose flow they know; -1 elsewhere. */
  index = -1
}

/** Sees every frame of a scan in file order, TCP or not. Copies what it keeps: `current` is refilled. */
export interface PacketVisitor {
  /** Told of the run's flows before its first packet: what the visitor keeps of them can lie in the engine's memory. */
  begin?(flows: Flows): void
  visit(current: Current): void
  /**
   * For a visitor to whom a segment's flow, side and fields are enough: where all of a run's visitors are such, they are
   * shown plain segments, from one place of the table to another, by their columns and once these are followed.
   */
  visitSegments?(frames: FrameTable, from: number, to: number): void
  /** True where the engine does for the visitor what most segments need: those of them that it does not ask for are not shown. */
  readonly isServed?: boolean
  /**
   * Whether a further ordinary segment of the flow, sent by the side, could tell the visitor anything; without this
   * question all could, or none where it is served.
   */
  readonly asks?: (flow: number, side: number) => boolean
}
