import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Netcat, with which many a test server is made: each of its kinds names the two ends in an order of its own. */
export const netcat: readonly EventPattern[] = [
  {
    // OpenBSD's, from 1.206 on: "on" stands before the client.
    id: 'netcat-received',
    kind: 'accept',
    keywords: ['connection received on '],
    pattern: /^Connection received on (?<peerAddress>[\w.:-]{1,255}) (?<peerPort>\d{1,5})$/i,
    samples: [
      { message: 'Connection received on localhost 50022', facts: { peerAddress: 'localhost', address: null } },
      { message: 'Connection received on host 10.1.2.3', facts: null },
    ],
  },
  {
    // OpenBSD's before that: the client's address, the own port, and the client's port as the source.
    id: 'netcat-accepted',
    kind: 'accept',
    keywords: [' accepted (family '],
    pattern: wording`
      ^Connection from \[?(?<peerAddress>[\w.:-]{1,255})\]? port (?<port>\d{1,5}) \[[^\]]{1,40}\]
        [ \t]accepted \(family \d{1,3}, sport (?<peerPort>\d{1,5})\)
    `,
    samples: [
      {
        message: 'Connection from [10.1.2.3] port 9000 [tcp/*] accepted (family 2, sport 50022)',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, port: 9000 },
      },
      { message: 'Connection from 10.1.2.3 port 50022 accepted', facts: null },
    ],
  },
  {
    // The traditional one speaks of the client's connect.
    id: 'netcat-connect',
    kind: 'accept',
    keywords: ['connect to ['],
    pattern: wording`
      ^connect to \[(?<address>[\d.]{7,15})\] from \S{1,255} \[(?<peerAddress>[\d.]{7,15})\] (?<peerPort>\d{1,5})$
    `,
    samples: [
      {
        message: 'connect to [10.1.2.9] from client.lan [10.1.2.3] 50022',
        facts: { address: '10.1.2.9', peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'connect to [10.1.2.9]:9000 failed', facts: null },
    ],
  },
]
