import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { CAPS, Signal } from '../../flow/signal-log.ts'
import { formatDuration } from '../../text/duration.ts'
import { counted, times } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { hasOutgrownBuffer } from '../evidence/drain.ts'
import { isServed } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Candidate } from '../verdict.ts'

/** The least time-out after which a sender probes (TCP_RTO_MIN): a shorter closing is ordinary flow control. */
const SHORTEST_PROBE = 200e6

/** A window that opened before and then stays shut for most of the connection's life will not open again. */
const MOST_OF_ITS_LIFE = 0.5

/** Since when a side's window has been closed, if it still is at the end: the server's is tracked, the client's found in signals. */
function closedSince({ flow }: Case, side: number): number {
  if (side === flow.server) return flow.zeroSince
  if (!flow.has(State.ZERO_WINDOW << side)) return Number.NaN
  const signals = flow.signals(Signal.ZERO_WINDOW)
  const told = signals.filter((signal) => signal.side === side).at(-1)?.time ?? 0
  // Of many closings the newest are not kept: what the server sent last went into a window that was open.
  const since = signals.length < CAPS[Signal.ZERO_WINDOW]! ? told : Math.max(told, flow.lastReply)
  return since > 0 ? since : Number.NaN
}

/** The side whose window is closed at the end, for longer than flow control explains; null where neither is. */
export function shutSide(judged: Case): number | null {
  const { flow } = judged
  for (const side of [flow.server, flow.client]) {
    const closed = judged.end - closedSince(judged, side)
    if (!(closed > SHORTEST_PROBE)) continue
    const opened = flow.signals(Signal.REOPENED).some((signal) => signal.side === side)
    if (!opened || closed > MOST_OF_ITS_LIFE * (judged.end - flow.firstTime)) return side
  }
  return null
}

/** Both ends wait for the other to read. */
const isDeadlock = (judged: Case): boolean =>
  [0, 1].every((side) => judged.end - closedSince(judged, side) > SHORTEST_PROBE)

/** Probes of a side's window; where there were more than are kept, those that the flow counted. */
function probesOf(flow: FlowView, side: number): number {
  const kept = flow.signals(Signal.PROBE).filter((probe) => probe.side !== side).length
  return kept < CAPS[Signal.PROBE]! ? kept : flow.probes
}

/** A receiver's window went to zero and stayed there. */
export const zeroWindowStall: VerdictRule = {
  verdict: 'zero-window-stall',
  needs: [Fact.ZERO_WINDOW],
  holds: (judged) => (shutSide(judged) === null ? null : 'certain'),
  candidates: (judged) => stalledReaders(judged),
  finding: {
    id: 'zero-window-stall',
    title: 'Receive window closed and stayed closed',
    severity: 'error',
    meaning:
      'The receiver’s kernel, as a rule the server’s, took data until its receive buffer was full; the application takes none out of it. Whether it ever accepted the connection cannot be seen: accept() leaves no trace on the wire, and an unaccepted connection fills up in the same way.',
    lookAlikes: [
      'A slow reader: its window opens again, if only a little. One that takes a few bytes at a time opens it late: a receiver waits for a segment’s worth, or half the buffer (RFC 9293 §3.8.6.2.2).',
      'A process that is stopped (debugger, SIGSTOP, swapping): it had read before.',
    ],
    nextSteps: [
      'On the server: ss -tanpe: Recv-Q of the connection; “ino:0” and no process means never accepted.',
      'Wireshark: tcp.analysis.zero_window || tcp.analysis.zero_window_probe',
    ],
    reference: 'RFC 9293 §3.8.6',
    confidence: 'certain',
    tell: (judged) => {
      const { flow } = judged
      const side = shutSide(judged) ?? flow.server
      const who = side === flow.server ? 'server' : 'client'
      const probes = probesOf(flow, side)
      const closed = formatDuration(judged.end - closedSince(judged, side))
      return {
        title: `${judged.name}: the ${who}’s window has been closed for ${closed}: what fills its buffer is not read`,
        explanation: `After ${flow.acknowledged(1 - side)} bytes the receive buffer was full; the window opens when a segment’s worth of it, or half of it, has been read.${probes === 0 ? '' : ` ${counted(probes, 'probe')} found it still full.`}${isDeadlock(judged) ? ' The client’s window is closed as well: both ends send, and neither reads until the other does.' : ''}`,
        evidence: [
          judged.signalled('window of zero', Signal.ZERO_WINDOW, side),
          ...(probes > 0 ? [judged.signalled('probes that found it closed', Signal.PROBE, 1 - side)] : []),
        ],
      }
    },
  },
}

const STOPPED_READING: Candidate = {
  verdict: 'peer-stalled',
  standing: 'supported',
  reasons: [
    'more was taken in than Linux’s receive buffer holds by default, which grows only for an application that reads',
  ],
}

function stalledReaders(judged: Case): readonly Candidate[] {
  const { flow } = judged
  if (shutSide(judged) === flow.client)
    return [
      {
        verdict: 'zero-window-stall',
        standing: 'supported',
        reasons: ['the client takes nothing out of its receive buffer'],
      },
    ]
  const full = `${flow.acknowledged(flow.client)} bytes were acknowledged and none was read any more`
  if (flow.reopened > 0)
    return [
      { verdict: 'slow-reader', standing: 'possible', reasons: [`its window opened ${times(flow.reopened)} before`] },
      { verdict: 'peer-stalled', standing: 'supported', reasons: ['it read before, so it was accepted', full] },
    ]
  if (isServed(flow))
    return [
      { verdict: 'peer-stalled', standing: 'supported', reasons: ['it answered before, so it was accepted', full] },
    ]
  const outgrown = hasOutgrownBuffer(flow)
  const untouched = outgrown ? 'possible' : 'supported'
  return [
    { verdict: 'never-accepted', standing: untouched, reasons: [full, 'the server never sent a byte'] },
    { verdict: 'accepted-never-read', standing: untouched, reasons: [full] },
    ...(outgrown ? [STOPPED_READING] : []),
    {
      verdict: 'accepted-no-reply',
      standing: 'contradicted',
      reasons: ['an application that reads keeps the window open'],
    },
  ]
}
