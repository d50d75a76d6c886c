/** What each root cause says that is no verdict and no rule of its own, in one sentence, with the rules that its lines fire. */
export const CAUSE_MEANINGS = {
  'slot-race': {
    meaning:
      'Several threads took one slot of the socket table, and the listening socket was overwritten: it is found readable, matched by no entry, and never accepted from; or the socket of a connection, which is never read.',
    rules: ['slot-written-twice', 'listener-overwritten', 'readable-not-matched'],
  },
  'accept-failed': {
    meaning:
      'accept() failed, or the code that accepts ended, and no accept follows: the connection stays in the accept queue.',
    rules: ['accept-missing'],
  },
  'loop-ended': {
    meaning:
      'The loop that waits for the process’s sockets ended, and nothing calls the code that accepts: the connection stays in the accept queue.',
    rules: ['accept-missing'],
  },
  'accept-held-up': {
    meaning:
      'The poll reported the listening socket readable and no accept() followed: the code that accepts was held up or does not run.',
    rules: ['accept-missing', 'accept-late'],
  },
  'accept-queue-full': {
    meaning: 'The accept queue was full: the process accepted too slowly, or not at all; why, its log does not tell.',
    rules: ['backlog-overflow'],
  },
  'listener-not-matched': {
    meaning:
      'The poll reported the listening socket and the process found no table entry for it: accept() was not called. What removed the entry is not in the log.',
    rules: ['readable-not-matched', 'listener-not-polled'],
  },
  'listener-detached': {
    meaning:
      'The process took its listening socket out of what it polls or keeps, and did not put it back: nothing tells it of connections that wait.',
    rules: ['listener-not-polled', 'accept-missing'],
  },
  'listener-not-watched': {
    meaning:
      'The process could not put its listening socket into what it polls (FD_SETSIZE, epoll_ctl, WSAAsyncSelect): nothing tells it of connections that wait.',
    rules: ['accept-missing'],
  },
  'accepting-paused': {
    meaning:
      'The process was told to take no connections (drained, paused, in maintenance) and kept its listening socket open: the kernel goes on completing handshakes.',
    rules: ['accept-missing'],
  },
  'waits-for-dependency': {
    meaning: 'The process listens, and waits for another service before it accepts.',
    rules: ['accept-missing'],
  },
  'upstream-failed': {
    meaning: 'The process took the connection, and could not reach the service that it passes it on to.',
    rules: [],
  },
  'activation-failed': {
    meaning:
      'Another process listens for a service (systemd, launchd, inetd), and the service that should accept failed: the kernel goes on completing handshakes.',
    rules: ['accept-missing'],
  },
  'accept-thread-busy': {
    meaning:
      'The thread that accepts serves connections itself, and has not come back from one: whoever comes next stays in the accept queue.',
    rules: ['accept-missing'],
  },
  'shared-port': {
    meaning:
      'Several workers listen on the port, each with a queue of its own (SO_REUSEPORT), and one of them accepts nothing: what the system gives to it waits.',
    rules: ['accept-missing'],
  },
  'queue-not-drained': {
    meaning:
      'An edge-triggered poll reports the accept queue once; accept() was not called until the queue was empty, and what stays in it is not reported again.',
    rules: ['accept-missing'],
  },
  'not-yet-listening': {
    meaning: 'The connection was refused because the process listened only later.',
    rules: ['refused'],
  },
  'listener-closed': {
    meaning:
      'The connection was refused because the listening socket had been closed, or the process had ended; or it waits, because another process holds the socket open and does not accept.',
    rules: ['refused'],
  },
  'other-address': {
    meaning: 'The connection was refused because the process listens on another address of the host.',
    rules: ['refused'],
  },
  'tls-failed': {
    meaning:
      'The connection was taken and the TLS handshake failed: one end may speak plain where the other speaks TLS.',
    rules: [],
  },
  'waits-for-lock': {
    meaning:
      'What should accept the connection, or serve it once it was accepted, waits for a lock that another thread holds.',
    rules: ['accept-missing', 'answer-missing'],
  },
  'workers-exhausted': {
    meaning: 'The process had nobody free to serve the connection.',
    rules: [],
  },
} as const satisfies Readonly<Record<string, { readonly meaning: string; readonly rules: readonly string[] }>>

export type CauseName = keyof typeof CAUSE_MEANINGS

/** Rules whose name a root cause has, too. */
const RULES_THAT_ARE_CAUSES = ['bind-failed', 'descriptors-exhausted', 'process-stood-still'] as const

/** Names of root causes beside the connection's verdicts. */
export const CAUSE_NAMES = [...(Object.keys(CAUSE_MEANINGS) as CauseName[]), ...RULES_THAT_ARE_CAUSES] as const
