import type { Judgement } from './verdict.ts'

/** One end of a connection. */
export interface Endpoint {
  readonly address: string
  /** A number; the label as printed where a packet list masks it (`xx`). */
  readonly port: number | string
}

/** What one end sent. */
export interface Traffic {
  readonly packets: number
  /** On the wire, link layer included, as Wireshark's conversation table counts. */
  readonly bytes: number
  /** First transmissions only. */
  readonly payloadBytes: number
  readonly retransmissions: number
}

/** The client's most frequent push of one size, where it recurs. */
export interface Heartbeat {
  readonly payloadBytes: number
  readonly count: number
  /** Mean and standard deviation of the gaps. */
  readonly periodMs: number
  readonly jitterMs: number
  /** How many of them a payload from the server followed before the next. */
  readonly answered: number
}

/** One TCP connection with its verdict. Times are nanoseconds since the run's epoch. */
export interface Connection extends Judgement {
  /** Equals Wireshark's tcp.stream. */
  readonly stream: number
  readonly capture: number
  readonly client: Endpoint
  readonly server: Endpoint
  /** Zeek's conn_state and history. */
  readonly state: string
  readonly history: string
  readonly firstFrame: number
  readonly lastFrame: number
  /** The capture that holds the last frame, where that is not the first one's. */
  readonly lastCapture?: number
  readonly start: number
  readonly end: number
  readonly clientToServer: Traffic
  readonly serverToClient: Traffic
  readonly heartbeat: Heartbeat | null
  /** Indexes into the report's findings. */
  readonly findings: readonly number[]
}
