import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Netty's LoggingHandler: channel id, local and remote address, event. */
export const netty: readonly EventPattern[] = [
  {
    id: 'netty-accept',
    kind: 'accept',
    keywords: ['] active', '] registered'],
    // A channel with two ends that becomes active: of a server it was accepted; of a client its remote port is no client's.
    pattern: wording`
      \[id: (?<handle>0x[\da-f]{1,16}), L:\S{0,80}/(?<address>[\da-f.:]{2,45}):(?<port>\d{1,5}) - R:\S{0,80}/
        (?<peerAddress>[\da-f.:]{2,45}):(?<peerPort>\d{1,5})\] ACTIVE$
    `,
    samples: [
      {
        message: 'i.n.h.l.LoggingHandler - [id: 0x1a2b3c4d, L:/127.0.0.1:9000 - R:/127.0.0.1:54321] ACTIVE',
        facts: { handle: '0x1a2b3c4d', port: 9000, peerAddress: '127.0.0.1', peerPort: 54321 },
      },
    ],
  },
  {
    id: 'netty-listening',
    kind: 'listening',
    keywords: ['] active'],
    pattern: /\[id: (?<handle>0x[\da-f]{1,16}), L:\S{0,80}\/(?<address>[\da-f.:]{2,45}):(?<port>\d{1,5})\] ACTIVE$/i,
    samples: [
      {
        message: '[id: 0x99aa00bb, L:/0:0:0:0:0:0:0:0:9000] ACTIVE',
        facts: { handle: '0x99aa00bb', address: '0:0:0:0:0:0:0:0', port: 9000 },
      },
    ],
  },
  {
    id: 'netty-read',
    kind: 'recv',
    keywords: ['] read'],
    pattern: /\[id: (?<handle>0x[\da-f]{1,16}), L:.{0,200}\] READ: (?<bytes>\d{1,12})B/i,
    samples: [
      {
        message: '[id: 0x1a2b3c4d, L:/127.0.0.1:9000 - R:/127.0.0.1:54321] READ: 44B',
        facts: { handle: '0x1a2b3c4d', bytes: 44 },
      },
    ],
  },
  {
    id: 'netty-write',
    kind: 'send',
    keywords: ['] write'],
    pattern: /\[id: (?<handle>0x[\da-f]{1,16}), L:.{0,200}\] WRITE: (?<bytes>\d{1,12})B/i,
    samples: [
      {
        message: '[id: 0x1a2b3c4d, L:/127.0.0.1:9000 - R:/127.0.0.1:54321] WRITE: 9B',
        facts: { handle: '0x1a2b3c4d', bytes: 9 },
      },
    ],
  },
  {
    id: 'netty-close',
    kind: 'close',
    keywords: ['] close', '] inactive'],
    pattern: /\[id: (?<handle>0x[\da-f]{1,16}), L:.{0,200}\] (?:CLOSE|INACTIVE)$/i,
    samples: [
      {
        message: '[id: 0x1a2b3c4d, L:/127.0.0.1:9000 ! R:/127.0.0.1:54321] INACTIVE',
        facts: { handle: '0x1a2b3c4d' },
      },
    ],
  },
]
