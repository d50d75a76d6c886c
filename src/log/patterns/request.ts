import type { EventPattern } from '../pattern.ts'

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
]
