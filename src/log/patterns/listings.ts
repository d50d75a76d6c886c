import type { EventPattern } from '../pattern.ts'

/** An address and its port as ss, netstat and lsof print them, the port of the other end left open. */
const OWN = String.raw`\S{0,60}:\d{1,5}`
const ANY = String.raw`\S{1,60}:(?:\*|0)(?![\w.])`
/** Recv-Q, Send-Q, and both ends of a connection, the system's own first. */
const ROW = String.raw`(?<bytes>\d{1,10})[ \t]+\d{1,10}[ \t]+\[?(?<address>[\da-f.:]{2,45}?)(?:%\w{1,15})?\]?:(?<port>\d{1,5})[ \t]+\[?(?<peerAddress>[\da-f.:]{2,45}?)(?:%\w{1,15})?\]?:(?<peerPort>\d{1,5})(?![\w.])`

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
      { message: 'socket 932 now in LISTEN state', facts: null },
      { message: 'LISTEN 127.0.0.1:9000', facts: null },
    ],
  },
  {
    // Whose it is: Linux gives a socket an inode, and a process a descriptor of it, when accept() returns it.
    id: 'ss-connection',
    kind: 'connection-listed',
    keywords: ['estab', 'close-wait'],
    pattern: new RegExp(
      String.raw`^(?:.{0,60}[ \t])?(?:ESTAB|CLOSE-WAIT)[ \t]+${ROW}(?:.{0,200}?(?<value>users:\(\("[^"]{1,60}",pid=\d{1,10}|ino:\d{1,12}))?`,
    ),
    samples: [
      {
        message: 'ESTAB  88  0  127.0.0.1:9000  127.0.0.1:50022  ino:0 sk:2 <->',
        facts: {
          bytes: 88,
          address: '127.0.0.1',
          port: 9000,
          peerAddress: '127.0.0.1',
          peerPort: 50022,
          value: 'ino:0',
        },
      },
      {
        message: 'tcp ESTAB 0 0 [::1]:9000 [::1]:50022 users:(("gated",pid=512,fd=7)) ino:4242 sk:3 <->',
        facts: { bytes: 0, address: '::1', port: 9000, peerPort: 50022, value: 'users:(("gated",pid=512' },
      },
      { message: 'CLOSE-WAIT 45 0 127.0.0.1:9000 127.0.0.1:50022', facts: { bytes: 45, peerPort: 50022, value: null } },
      { message: 'TIME-WAIT 0 0 127.0.0.1:9000 127.0.0.1:50022', facts: null },
    ],
  },
  {
    id: 'netstat-connection',
    kind: 'connection-listed',
    keywords: ['established', 'close_wait'],
    pattern: new RegExp(
      String.raw`^(?:.{0,60}[ \t])?tcp6?[ \t]+${ROW}[ \t]+(?:ESTABLISHED|CLOSE_WAIT)(?:[ \t]+\d{1,10}[ \t]+\d{1,12})?(?:[ \t]+(?<value>-|\d{1,10}\/[^ \t]{1,60}))?(?![^ \t])`,
    ),
    samples: [
      {
        message: 'tcp       88      0 127.0.0.1:9000          127.0.0.1:50022         ESTABLISHED -',
        facts: { bytes: 88, port: 9000, peerPort: 50022, value: '-' },
      },
      {
        message: 'tcp6       0      0 ::1:9000                ::1:50022               ESTABLISHED 1000 4242 512/gated',
        facts: { bytes: 0, address: '::1', port: 9000, peerAddress: '::1', peerPort: 50022, value: '512/gated' },
      },
      {
        message: 'tcp        0      0 127.0.0.1:9000          127.0.0.1:50022         ESTABLISHED',
        facts: { peerPort: 50022, value: null },
      },
      { message: '  TCP    127.0.0.1:9000         127.0.0.1:50022        ESTABLISHED     512', facts: null },
    ],
  },
  {
    // Only what a process has open is in it.
    id: 'lsof-connection',
    kind: 'connection-listed',
    keywords: ['(established)', '(close_wait)'],
    pattern:
      /^(?<value>\S{1,60}[ \t]+\d{1,10})[ \t].{1,80}[ \t]TCP[ \t]+\[?(?<address>[\da-f.:]{2,45}?)\]?:(?<port>\d{1,5})->\[?(?<peerAddress>[\da-f.:]{2,45}?)\]?:(?<peerPort>\d{1,5})[ \t]+\((?:ESTABLISHED|CLOSE_WAIT)\)/,
    samples: [
      {
        message: 'gated 512 root 7u IPv4 4242 0t0 TCP 127.0.0.1:9000->127.0.0.1:50022 (ESTABLISHED)',
        facts: { address: '127.0.0.1', port: 9000, peerAddress: '127.0.0.1', peerPort: 50022, value: 'gated 512' },
      },
      { message: 'gated 512 root 5u IPv4 4242 0t0 TCP *:9000 (LISTEN)', facts: null },
    ],
  },
]
