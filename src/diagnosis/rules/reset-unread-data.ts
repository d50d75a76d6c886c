import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { counted } from '../../text/plural.ts'
import type { Case } from '../case.ts'
import { isServed } from '../evidence/stance.ts'
import { Fact } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'

/** The server closed the connection with data unread: RST instead of FIN. */
export const resetUnreadData: VerdictRule = {
  verdict: 'reset-unread-data',
  needs: [Fact.SERVER_RST | Fact.PENDING],
  holds: (judged) => {
    const { flow, serverReset } = judged
    if (serverReset === undefined || flow.payload(flow.client) === 0 || flow.has(State.FIN << flow.client)) return null
    if (flow.has(State.FIN << flow.server) || flow.unanswered === 0) return null
    return confidence(judged)
  },
  candidates: (judged) => [
    {
      verdict: 'reset-unread-data',
      standing: 'supported',
      reasons: [
        `the last data of the client got no answer but a RST${livesOn(judged) === null ? '' : ', and the port lives on'}`,
      ],
    },
    {
      verdict: 'server-died',
      standing: 'possible',
      reasons: ['a process that ended and was started again at once looks the same'],
    },
    {
      verdict: 'accepted-no-reply',
      standing: 'possible',
      reasons: ['SO_LINGER with a time of 0 sends RST even where all was read'],
    },
    ...(isQueuePossible(judged)
      ? [
          {
            verdict: 'never-accepted' as const,
            standing: 'possible' as const,
            reasons: ['a listener that is closed, or closed and opened again, resets so what waits in its queue'],
          },
        ]
      : []),
  ],
  finding: {
    id: 'reset-unread-data',
    title: 'The server closed with data unread',
    severity: 'warning',
    meaning:
      'close() on a socket whose receive buffer is not empty sends RST instead of FIN: the server gave the connection up without reading all.',
    lookAlikes: [
      'SO_LINGER with a time of 0 sends RST even where all was read.',
      'A listener that is closed and opened again: what waited in its queue is reset.',
      'A relay (proxy, port forwarding, a container’s published port) whose own connection is refused: it closes at once, with the request unread.',
      'A process that dies: all its connections are reset at once, and the port refuses afterwards.',
      'A middlebox that ends idle connections: its RST has another TTL.',
    ],
    nextSteps: ['Look in the server’s log for what made it close: an error in parsing, a limit, a time-out.'],
    reference: 'RFC 2525 §2.17; RFC 9293 §3.6.1',
    confidence,
    tell: (judged) => ({
      title: `${judged.name}: reset by the server after ${counted(judged.flow.unanswered, 'unanswered segment')}`,
      explanation:
        livesOn(judged) ??
        'The RST answers data that the process had not read, if it was the process that closed; the capture shows no later connection that would tell whether it lives on.',
      evidence: [judged.signalled('RST from the server', Signal.RST, judged.flow.server)],
    }),
  },
}

/** A process that went on closed the socket itself; but where nothing was ever answered it may have closed the listener. */
function confidence(judged: Case): Confidence {
  return livesOn(judged) === null || isQueuePossible(judged) ? 'suspected' : 'likely'
}

/**
 * True where the connection may have been waiting to be accepted: it was never answered, no older one was answered after the
 * reset, and no other one was reset in this way while the port lived on.
 */
function isQueuePossible({ flow, life, serverReset }: Case): boolean {
  const { time } = serverReset!
  const servesOn = life.lastServed > time && life.lastServedBegan < time
  return !isServed(flow) && !servesOn && !life.survivedReset(time)
}

/** What shows that the process went on after the reset; null where nothing does. */
function livesOn({ life, serverReset }: Case): string | null {
  const { time } = serverReset!
  if (Number.isFinite(life.synAckAfter(time)))
    return 'The port went on answering, so the process lived: it closed this one connection without reading what had arrived.'
  if (life.lastServed > time)
    return 'Other connections to the port were answered afterwards: what serves it lived on, and this one was closed without reading what had arrived.'
  return life.survivedReset(time)
    ? 'Connections before were reset in the same way one by one, and the port went on answering: the process closes each without reading what had arrived.'
    : null
}
