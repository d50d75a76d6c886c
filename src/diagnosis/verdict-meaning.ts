import type { Verdict } from './verdict.ts'

/** What each verdict says of a connection, in one sentence. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  'never-accepted':
    'The kernel completed the handshake and acknowledged the data; the process that owns the listening socket never called accept().',
  'accept-stopped':
    'As never-accepted, on a listener that served earlier connections: there is a moment from which nothing is accepted any more.',
  'accepted-never-read':
    'The process accepted the connection and never reads from it: what the client sends fills the receive buffer.',
  'accepted-no-reply':
    'The process accepted the connection and reads what the client sends, and never answers any of it.',
  'ack-only':
    'A symptom: the handshake completed and the client’s data is acknowledged, no payload byte comes back, and what was given cannot tell why.',
  'zero-window-stall': 'A symptom: the receiver’s window went to zero and stayed there; the sender may send nothing.',
  'slow-reader': 'The receiver’s window closes and opens again: it reads, but slower than the sender sends.',
  'slow-responder': 'Every request is answered, and late.',
  'delayed-accept':
    'Nothing for seconds after the handshake, then everything that waited is answered: accept() came late.',
  'peer-stalled': 'The server was answering and then says nothing any more, while its kernel still acknowledges.',
  healthy: 'Requests are answered.',
  'healthy-one-way': 'The client sends and the server reads, and the protocol has it say nothing.',
  'healthy-server-push': 'The server sends without being asked, and the client takes it.',
  'half-close': 'The client closed its side, and got its answer on the other.',
  idle: 'No payload in either direction; the connection is alive.',
  refused: 'The SYN was answered with RST: nothing listened, or the system refused to queue the connection.',
  'syn-unanswered':
    'The SYN and its retransmissions were never answered: dropped on the way, filtered, or no such host.',
  'synack-lost': 'The SYN-ACK never gets through: both ends send theirs again and again.',
  'backlog-overflow':
    'The accept queue is full: later SYNs are ignored or reset while earlier connections stay established and unaccepted.',
  'server-idle-close': 'The server closed the connection with FIN after it had been idle.',
  'reset-unread-data':
    'The server closed the socket with data in it that it had not read: the client gets RST instead of FIN.',
  'server-died': 'The server’s connections were all reset at the same moment: the process ended.',
  'wrong-service': 'Another program than the one expected owns the port.',
  insufficient: 'The capture does not show enough of the connection to say anything.',
}

/** Rules whose pages say more of a verdict than its sentence, where none has the verdict's own name. */
export const RULES_OF_VERDICT: Partial<Readonly<Record<Verdict, readonly string[]>>> = {
  'never-accepted': ['no-accept-signature', 'accept-missing', 'listener-overwritten'],
  'accepted-never-read': ['no-accept-signature', 'read-missing'],
  'ack-only': ['no-accept-signature'],
  insufficient: ['capture-midstream', 'one-direction', 'data-unacknowledged'],
}
