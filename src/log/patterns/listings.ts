import type { EventPattern } from '../pattern.ts'

/** An address and its port as ss, netstat and lsof print them, the port of the other end left open. */
const OWN = String.raw`\S{0,60}:\d{1,5}`
const ANY = String.raw`\S{1,60}:(?:\*|0)(?![\w.])`

/** Listings of sockets that somebody put into a log: they show the system's view, and are no line of the process. */
export const listings: readonly EventPattern[] = [
  {
    // Recv-Q of a listening socket is, on Linux, how many connections wait for accept(). Windows and lsof tell none.
    id: 'socket-listed',
    kind: 'queue-length',
    keywords: ['listen'],
    pattern: new RegExp(
      String.raw`^(?:(?=.{0,200}\bLISTEN\b).{0,60}?\b(?:LISTEN|tcp6?)[ \t]+(?<value>\d{1,7})[ \t]+\d{1,7}[ \t]+${OWN}[ \t]+${ANY}|.{0,60}?\bTCP[ \t]+${OWN}[ \t]+(?:${ANY}[ \t]+LISTENING\b|\(LISTEN\)))`,
    ),
    samples: [
      {
        message:
          'LISTEN   3        128        127.0.0.1:9000         0.0.0.0:*          users:(("gated",pid=512,fd=5))',
        facts: { address: '127.0.0.1', port: 9000, value: '3' },
      },
      { message: 'tcp   LISTEN 0      511          *:9000            *:*', facts: { port: 9000, value: '0' } },
      {
        message: 'tcp        3      0 127.0.0.1:9000          0.0.0.0:*               LISTEN      512/gated',
        facts: { address: '127.0.0.1', port: 9000, value: '3' },
      },
      {
        message: 'tcp6       0      0 :::9000                 :::*                    LISTEN',
        facts: { address: '::', port: 9000, value: '0' },
      },
      {
        message: '  TCP    127.0.0.1:9000         0.0.0.0:0              LISTENING       512',
        facts: { address: '127.0.0.1', port: 9000, value: null },
      },
      {
        message: 'gated 512 root 5u IPv4 123 0t0 TCP 127.0.0.1:9000 (LISTEN)',
        facts: { address: '127.0.0.1', port: 9000, value: null },
      },
      { message: 'tcp        0      0 127.0.0.1:9000          127.0.0.1:50022         ESTABLISHED', facts: null },
      { message: 'socket 932 now in LISTEN state', facts: null },
      { message: 'LISTEN 127.0.0.1:9000', facts: null },
    ],
  },
]
