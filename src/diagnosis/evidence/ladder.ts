import { ReplyShape } from '../../flow/reply-shape.ts'
import { Signal, type SignalView } from '../../flow/signal-log.ts'
import type { Case } from '../case.ts'
import type { LadderRow } from '../finding.ts'
import { lateAnswer } from './late-answer.ts'

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
  [Signal.REPLY]: ({ value }) => `${value & ReplyShape.BYTES} bytes from the server`,
  [Signal.ZERO_WINDOW]: () => 'window is zero',
  [Signal.REOPENED]: ({ value }) => `window opens again: ${value} bytes`,
  [Signal.PROBE]: () => 'probe of the zero window',
  [Signal.KEEP_ALIVE]: () => 'keep-alive',
  [Signal.ICMP]: ({ value }) => `ICMP error, type ${value >> 8} code ${value & 255}`,
  [Signal.HOLE]: ({ value }) => `${value} bytes before this are not in the capture`,
  [Signal.LATE_REPLY]: (signal) => `reply after ${lateAnswer(signal).delay / 1e6} ms`,
  [Signal.RETRANSMISSION]: ({ value }) => `${value} bytes sent again`,
}

/** A flow's signals, oldest first, as lines, the middle folded. `note` says what a packet decides, or null. */
export function ladder(
  judged: Case,
  signals: readonly SignalView[],
  note: (signal: SignalView) => string | null,
): LadderRow[] {
  // Kept as they were recorded: a capture may hold packets out of order.
  const inOrder = [...signals].sort(byTime)
  const folded = signals.length <= HEAD + TAIL + 1 ? 0 : signals.length - HEAD - TAIL
  const home = judged.frames.captureOf(judged.flow.firstFrame)
  const rows: LadderRow[] = []
  for (let at = 0; at < inOrder.length; at++) {
    if (folded > 0 && at === HEAD) {
      rows.push(fold(judged, home, inOrder[at]!, folded))
      at += folded
    }
    rows.push(row(judged, home, inOrder[at]!, note(inOrder[at]!)))
  }
  return rows
}

const byTime = (a: SignalView, b: SignalView): number => a.time - b.time || a.frame - b.frame

function fold({ frames }: Case, home: number, { frame, time }: SignalView, folded: number): LadderRow {
  return {
    frame: frames.numberOf(frame),
    capture: otherThan(home, frames.captureOf(frame)),
    time,
    direction: null,
    text: `${folded} more of these`,
    note: null,
  }
}

function row({ flow, frames }: Case, home: number, signal: SignalView, note: string | null): LadderRow {
  return {
    frame: frames.numberOf(signal.frame),
    capture: otherThan(home, frames.captureOf(signal.frame)),
    time: signal.time,
    direction: signal.side === flow.client ? 'to-server' : 'to-client',
    text: WORDS[signal.kind](signal),
    note,
  }
}

const otherThan = (home: number, capture: number): number | undefined => (capture === home ? undefined : capture)
