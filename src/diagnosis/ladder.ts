import { Signal, type SignalView } from '../flow/signal-log.ts'
import type { Case } from './case.ts'
import type { LadderRow } from './finding.ts'

/** Lines a ladder is cut to: what stands between its head and its tail is folded into one. */
const HEAD = 8
const TAIL = 3

const WORDS: Readonly<Record<Signal, (signal: SignalView) => string>> = {
  [Signal.SYN]: () => 'SYN',
  [Signal.SYN_ACK]: ({ value }) => `SYN-ACK, window ${value}`,
  [Signal.HANDSHAKE]: () => 'ACK: handshake complete',
  [Signal.RST]: () => 'RST',
  [Signal.FIN]: () => 'FIN',
  [Signal.PUSH]: ({ value }) => `push ${value} bytes`,
  [Signal.ACKED]: ({ value }) => `ACK by the kernel, window ${value < 0 ? ~value : value}`,
  [Signal.REPLY]: ({ value }) => `${value} bytes from the server`,
  [Signal.ZERO_WINDOW]: () => 'window is zero',
  [Signal.REOPENED]: ({ value }) => `window opens again: ${value} bytes`,
  [Signal.PROBE]: () => 'probe of the zero window',
  [Signal.KEEP_ALIVE]: () => 'keep-alive',
  [Signal.ICMP]: ({ value }) => `ICMP error, type ${value >> 8} code ${value & 255}`,
  [Signal.HOLE]: ({ value }) => `${value} bytes before this are not in the capture`,
  [Signal.LATE_REPLY]: ({ value }) => `reply after ${value} ms`,
  [Signal.RETRANSMISSION]: ({ value }) => `${value} bytes sent again`,
}

/** The flow's kept packets as lines, the middle folded. `note` says what a packet decides, or null. */
export function ladder(judged: Case, note: (signal: SignalView) => string | null = () => null): LadderRow[] {
  const signals = judged.flow.signals().sort((a, b) => a.time - b.time || a.frame - b.frame)
  const shown = (some: readonly SignalView[]) => some.map((signal) => row(judged, signal, note(signal)))
  if (signals.length <= HEAD + TAIL + 1) return shown(signals)
  const folded = signals.length - HEAD - TAIL
  const first = signals[HEAD]!
  const fold: LadderRow = {
    frame: judged.frames.numberOf(first.frame),
    time: first.time,
    direction: null,
    text: `${folded} more of these`,
    note: null,
  }
  return [...shown(signals.slice(0, HEAD)), fold, ...shown(signals.slice(-TAIL))]
}

function row(judged: Case, signal: SignalView, note: string | null): LadderRow {
  return {
    frame: judged.frames.numberOf(signal.frame),
    time: signal.time,
    direction: signal.side === judged.flow.client ? 'to-server' : 'to-client',
    text: WORDS[signal.kind](signal),
    note,
  }
}
