import type { FlowView } from '../../flow/flow-view.ts'
import { Speech } from '../../flow/speech.ts'
import { AT_ONCE, isOneMessage } from './pending-message.ts'
import { speaksHttp, speaksHttp2 } from './protocol.ts'
import { CONTROL_RECORD } from './session-tickets.ts'

/** First words of protocols in which a client is answered before it speaks again, whoever spoke first. */
const TAKES_TURNS: readonly Speech[] = [
  Speech.REPLY_CODE,
  Speech.MYSQL_GREETING,
  Speech.REDIS_COMMAND,
  Speech.POSTGRES_START,
  Speech.HTTP2,
]

/**
 * The protocol has the next word be the server's, so that one message without an answer is enough: a request of HTTP/1, a
 * command after a reply code or to a database, a TLS handshake of which one flight was answered.
 */
export function owesAnswer(flow: FlowView): boolean {
  if (flow.answered === 0) return false
  // Each stream is owed its answer, however many were asked for meanwhile.
  if (speaksHttp2(flow) && flow.http.isFramed && flow.http.openRequests > 0) return true
  if (!isOneMessage(flow)) return false
  const server = flow.speech(flow.server)
  if (server === Speech.TLS) return flow.answered === 1
  // RFC 4253 §7.1: each end sends its key exchange right after its greeting, unasked.
  if (server === Speech.SSH) return flow.segments(flow.server) === 1
  if (TAKES_TURNS.includes(server) || TAKES_TURNS.includes(flow.speech(flow.client))) return true
  return speaksHttp(flow) && !isReaction(flow)
}

/** The server may have spoken unasked before, and this came right after its last word: so a WebSocket's pong comes. */
const isReaction = (flow: FlowView): boolean =>
  flow.segments(flow.server) > flow.answered && flow.pendingSince - flow.lastReply < AT_ONCE

/** Four bytes of header, the command, and the statement's number. */
const STATEMENT_CLOSE = 9

/** The one command of MySQL after which a client goes on and is told nothing: it closes a statement, and may be idle then. */
export const isStatementClosed = (flow: FlowView): boolean =>
  flow.speech(flow.server) === Speech.MYSQL_GREETING &&
  flow.unanswered === 1 &&
  flow.newestBeat?.size === STATEMENT_CLOSE

/** All that was answered in TLS is the handshake, which a library does, and perhaps one request: what the client says now is a message. */
export const isFirstInTls = (flow: FlowView): boolean =>
  flow.speech(flow.client) === Speech.TLS &&
  flow.speech(flow.server) === Speech.TLS &&
  flow.answered === 2 &&
  flow.unanswered === 1 &&
  (flow.newestBeat?.size ?? 0) > CONTROL_RECORD
