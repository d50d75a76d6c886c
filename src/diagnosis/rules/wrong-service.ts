import type { FlowView } from '../../flow/flow-view.ts'
import { State } from '../../flow/row.ts'
import { Signal } from '../../flow/signal-log.ts'
import { Speech } from '../../flow/speech.ts'
import type { Case } from '../case.ts'
import { firstReplyBytes } from '../evidence/first-byte.ts'
import { Fact, LATE, PATIENCE } from '../fact.ts'
import type { VerdictRule } from '../rule.ts'
import type { Confidence } from '../verdict.ts'

const NAMES: Readonly<Record<Speech, string>> = {
  [Speech.NONE]: 'nothing',
  [Speech.BINARY]: 'binary data',
  [Speech.TEXT]: 'text',
  [Speech.HTTP_REQUEST]: 'an HTTP request',
  [Speech.HTTP_RESPONSE]: 'an HTTP response',
  [Speech.TLS]: 'TLS',
  [Speech.SSH]: 'an SSH greeting',
  [Speech.REPLY_CODE]: 'a greeting with a reply code (as of SMTP or FTP)',
  [Speech.UNSEEN]: 'bytes that were not captured',
  [Speech.REDIS_COMMAND]: 'a command of Redis',
  [Speech.POSTGRES_START]: 'a start of PostgreSQL’s protocol',
  [Speech.MYSQL_GREETING]: 'MySQL’s greeting',
  [Speech.HTTP2]: 'the preface of HTTP/2',
}

/** What a client may send first to a server that speaks so; TLS may follow a negotiation in another protocol. */
const PARTNERS: Partial<Readonly<Record<Speech, readonly Speech[]>>> = {
  [Speech.HTTP_RESPONSE]: [Speech.HTTP_REQUEST, Speech.TEXT],
  [Speech.TLS]: [Speech.TLS, Speech.BINARY, Speech.TEXT, Speech.POSTGRES_START],
  [Speech.SSH]: [Speech.SSH],
  [Speech.REPLY_CODE]: [Speech.TEXT, Speech.REPLY_CODE, Speech.HTTP_REQUEST],
}

/** What a server says when it has accepted, without being asked; what comes after a transfer is its answer. */
const GREETINGS: readonly Speech[] = [Speech.SSH, Speech.REPLY_CODE]
/** A client may speak at once, and more than once, before it is greeted; so much is a transfer. */
const TRANSFER = 3

/** The shortest beginning by which an answer of HTTP or TLS is told. */
const FIRST_WORD = 4

/** Clients of protocols in which the server waits to be asked, and answers in the same one: HTTP/1.1 and TLS. */
const ASKS_FIRST: readonly Speech[] = [Speech.HTTP_REQUEST, Speech.TLS]

/** The two ends do not speak the same protocol. */
export const wrongService: VerdictRule = {
  verdict: 'wrong-service',
  needs: [Fact.AT_ODDS],
  holds,
  candidates: (judged) => [
    {
      verdict: 'wrong-service',
      standing: 'supported',
      reasons: [`the client sends ${said(judged, judged.flow.client)}, the server ${said(judged, judged.flow.server)}`],
    },
    ...(holds(judged) === 'suspected'
      ? [
          {
            verdict: 'healthy' as const,
            standing: 'possible' as const,
            reasons: ['a protocol of its own may begin like another one, and the server answered'],
          },
        ]
      : []),
    { verdict: 'never-accepted', standing: 'contradicted', reasons: ['some process accepted and speaks'] },
  ],
  finding: {
    id: 'wrong-service',
    title: 'Another program answers on the port',
    severity: 'error',
    meaning:
      'What the server says first belongs to another protocol than what the client says: another program owns the port, or the client was given a wrong one.',
    lookAlikes: [
      'A protocol of its own that borrows a request line of HTTP, or the first bytes of TLS: then its answers are of no known kind, or its client goes on.',
      'A protocol that begins as text and changes over (STARTTLS, HTTP upgrade): the first payloads fit together.',
    ],
    nextSteps: [
      'Linux: ss -ltnp: which process owns the port? On Windows netstat -ano tells.',
      'Look in the intended server’s log for “bind failed”.',
    ],
    reference: 'RFC 9112 §2.1; RFC 4253 §4.2; RFC 5321 §4.2',
    confidence: (judged) => holds(judged) ?? 'suspected',
    tell: (judged) => ({
      title: `${judged.name}: the client sends ${said(judged, judged.flow.client)} and gets ${said(judged, judged.flow.server)}`,
      explanation: 'The first payloads of the two ends do not belong to one protocol.',
      evidence: [judged.signalled('first payload of the server', Signal.REPLY, judged.flow.server)],
    }),
  },
}

const said = ({ flow }: Case, side: number): string => NAMES[flow.speech(side)]

function holds({ flow }: Case): Confidence | null {
  if (!isHeardFully(flow)) return null
  const client = flow.speech(flow.client)
  const server = flow.speech(flow.server)
  const partners = PARTNERS[server]
  if (partners !== undefined)
    return partners.includes(client) || (GREETINGS.includes(server) && isAnswer(flow)) ? null : 'likely'
  if (!ASKS_FIRST.includes(client)) return null
  // A greeting in text may belong to a protocol whose client begins in the same way.
  if (greets(flow)) return server === Speech.BINARY || server === Speech.MYSQL_GREETING ? 'likely' : null
  return isForeign(flow) && !NAMELESS.includes(server) ? 'suspected' : null
}

/** Words of no known protocol: a server of its own making may answer so, too. */
const NAMELESS: readonly Speech[] = [Speech.TEXT, Speech.BINARY]

/** What answers a request of HTTP/1 or a ClientHello is of another kind, and nothing came of it. */
const isForeign = (flow: FlowView): boolean =>
  ASKS_FIRST.includes(flow.speech(flow.client)) &&
  PARTNERS[flow.speech(flow.server)] === undefined &&
  firstReplyBytes(flow) >= FIRST_WORD &&
  !goesOn(flow)

/** The one answer that came to a request of HTTP/1 or a ClientHello is of no known protocol. */
export const healthyInOtherWords: VerdictRule = {
  verdict: 'healthy',
  needs: [Fact.AT_ODDS | Fact.ANSWERED],
  holds: ({ flow }) => (isHeardFully(flow) && isForeign(flow) ? 'likely' : null),
  candidates: ({ flow }) => [
    { verdict: 'healthy', standing: 'supported', reasons: ['the client was answered'] },
    {
      verdict: 'wrong-service',
      standing: 'possible',
      reasons: [
        `the client sends ${NAMES[flow.speech(flow.client)]}, and what answers is ${NAMES[flow.speech(flow.server)]} of another protocol`,
      ],
    },
  ],
  variant: ({ flow }) => flow.speech(flow.client) * 16 + flow.speech(flow.server),
}

/** The client asked again, or listened on: it understands what it is told. */
const goesOn = (flow: FlowView): boolean =>
  flow.answered > 1 || flow.unanswered > 0 || flow.lastReply - flow.oldestSignal(Signal.REPLY) > PATIENCE

/** The first words of both ends are in the capture. */
const isHeardFully = (flow: FlowView): boolean =>
  !flow.has(State.UNSEEN_REPLY) &&
  flow.has(State.ROLES_KNOWN) &&
  !lacksFirstWords(flow) &&
  ![Speech.NONE, Speech.UNSEEN].some(
    (speech) => speech === flow.speech(flow.client) || speech === flow.speech(flow.server),
  )

/** What the capture holds first of an end came behind bytes that it lacks. */
function lacksFirstWords(flow: FlowView): boolean {
  if (flow.signalCount(Signal.HOLE) === 0) return false
  const [first] = flow.signals(Signal.REPLY)
  return flow.signals(Signal.HOLE).some(({ side, frame, time }) => {
    if (side === flow.server) return frame === first?.frame
    return flow.has(State.SERVER_FIRST) || first === undefined || time <= first.time
  })
}

/** The server's first words came long after the client's, or after so many that they are about them. */
const isAnswer = (flow: FlowView): boolean =>
  !flow.has(State.SERVER_FIRST) && (flow.firstResponse >= LATE || flow.firstRun >= TRANSFER)

/** The server spoke unasked; an answer that some captures hold before its request took no time at all. */
const greets = (flow: FlowView): boolean => flow.has(State.SERVER_FIRST) && flow.firstResponse !== 0
