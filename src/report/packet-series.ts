import type { Endpoint } from '../diagnosis/connection.ts'

/**
 * Packets of one flow in one capture, one array per column, in the order of the file: what pictures and packet tables
 * are drawn from. A flow that spans captures has a series for each.
 */
export interface PacketSeries {
  /** Equals Wireshark's tcp.stream. */
  readonly stream: number
  /** Index into the report's captures. */
  readonly capture: number
  readonly client: Endpoint
  readonly server: Endpoint
  /** Packets that the flow has in this capture: more than the columns hold where some were left out. */
  readonly packets: number
  /** Row before which packets were left out for the first time; -1 where the columns hold all of them. */
  readonly gapAt: number
  readonly columns: PacketColumns
}

/** All of one length. */
export interface PacketColumns {
  readonly frame: number[]
  /** Nanoseconds since the run's epoch. */
  readonly time: number[]
  /** 0 where the client sent it, 1 where the server did. */
  readonly side: number[]
  /** Relative to the sender's initial sequence number, as Wireshark prints it. */
  readonly seq: number[]
  /** Relative to the other end's initial sequence number; 0 without ACK. */
  readonly ack: number[]
  /** TCP payload in bytes. */
  readonly payload: number[]
  /** Scaled; as in the header where the scale is not known. */
  readonly window: number[]
  /** The control bits of the header's 14th byte. */
  readonly flags: number[]
  /** On the wire, link layer included. */
  readonly length: number[]
  /** Bits of `AnalysisFlag`: bit n stands for name n of the details' `analysisNames`. */
  readonly analysis: number[]
}

/** Columns without a row. */
export const emptyColumns = (): PacketColumns => ({
  frame: [],
  time: [],
  side: [],
  seq: [],
  ack: [],
  payload: [],
  window: [],
  flags: [],
  length: [],
  analysis: [],
})
