import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Requests that were answered: an access log's line is written after its answer was sent. */
export const request: readonly EventPattern[] = [
  {
    id: 'access',
    kind: 'send',
    keywords: ['http/1.', 'http/2', 'http/3', 'http/0.9'],
    pattern: /"[A-Z]{3,10} .{0,600}HTTP\/\d(?:\.\d)?" \d{3} (?<bytes>\d{1,12})\b/,
    samples: [
      {
        message: 'request from 10.1.2.3 "GET /a HTTP/1.1" 200 512 "-" "curl/8"',
        facts: { peerAddress: '10.1.2.3', bytes: 512 },
      },
    ],
  },
  {
    // Windows' HTTP driver, of what never came to a worker: its queue was full.
    id: 'http-driver-queue-full',
    kind: 'error',
    keywords: ['queuefull'],
    pattern: wording`
      ^(?<peerAddress>[\d.]{7,15}|[\da-f:%]{2,45})\ (?<peerPort>\d{1,5})
      \ (?<address>[\d.]{7,15}|[\da-f:%]{2,45})\ (?<port>\d{1,5})\ .{0,600}\ QueueFull\b
    `,
    samples: [
      {
        message: '10.1.2.3 50022 10.1.2.9 9000 HTTP/1.1 GET /q 503 1 QueueFull gate',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, address: '10.1.2.9', port: 9000 },
      },
    ],
  },
  {
    // UWSGI: its own request line.
    id: 'uwsgi-access',
    kind: 'send',
    keywords: ['=> generated '],
    pattern:
      /\|req: \d{1,12}\/\d{1,12}\] (?<peerAddress>[\da-f.:]{2,45}) .{0,800}=> generated (?<bytes>\d{1,12}) bytes\b/i,
    samples: [
      {
        message:
          '[pid: 513|app: 0|req: 1/1] 10.1.2.3 () {28 vars in 331 bytes} [Fri Nov 27 10:00:01 2026] GET /q => generated 20 bytes in 1 msecs (HTTP/1.1 200)',
        facts: { peerAddress: '10.1.2.3', bytes: 20 },
      },
    ],
  },
]
