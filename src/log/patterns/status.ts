import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What a client says of a link that is not answered. */
export const status: readonly EventPattern[] = [
  {
    id: 'link-status',
    kind: 'status',
    keywords: ['link', 'status'],
    pattern: wording`
      ^(?!.{0,60}\bconnected\b)(?:
        .{0,60}\b(?:query|get|set|update)?[ \t_]*link[ \t_]*(?:status|state)\b(?:
          [^=:(\w]{0,4}(?:.{0,24}?\b(?:status|state))? *(?:=|:|->|\(|is(?: still)?|to|changed to)[ \t]*
          | (?:still )?
        )
        |(?:query|get|set|update)?[ \t_]*status *[=:(][ \t]*
        |.{0,60}\blink (?:\w{1,20} )?is[ \t]+
      )(?<value>[\w.+-]{1,40})
    `,
    samples: [
      { message: 'query link status, status = 0', facts: { value: '0' } },
      { message: 'setLinkStatus(1)', facts: { value: '1' } },
      { message: 'link state changed to down', facts: { value: 'down' } },
      { message: 'link is down', facts: { value: 'down' } },
      { message: 'link status is still 0', facts: { value: '0' } },
      { message: 'got link status 0', facts: { value: '0' } },
      { message: 'status = 0', facts: { value: '0' } },
      { message: 'connected to Network, link status = 0', facts: null },
      { message: 'exit status of job unknown', facts: null },
    ],
  },
  {
    id: 'no-answer',
    kind: 'no-answer',
    keywords: [
      'answer',
      'reply',
      'respon',
      'waiting for',
      'no data',
      'query timed out',
      'query timeout',
      'request timed out',
      'request timeout',
      'read timed out',
      'read timeout',
      'recv timeout',
      'i/o timeout',
      'deadline exceeded',
      'empty reply',
      'with 0 bytes received',
      'reading response',
    ],
    pattern: wording`
      \bno (?:\w{1,20} )?(?:answer|response|reply)\b|\bno data (?:was )?received\b|\b(?:not|un) ?answered\b
      |\bdid(?:n't| not) (?:answer|respond|reply)\b|\b(?:gave|giving) up waiting\b
      |\btimed?[ \t-]?out (?:while )?waiting for\b
      |\b(?:query|request|response|reply|read|recv) (?:has )?(?:timed[ \t]out|timeout)\b
      |\bread tcp(?:4|6)?\b.{0,120}\bi/o timeout\b|\bdeadline exceeded\b.{0,80}\bawaiting\b
      |\bempty reply from server\b
      |\btimed out after\b.{0,40}\bwith 0 bytes received\b
      |\btimed out\b.{0,60}\bwhile reading response\b
    `,
    samples: [
      { message: 'no answer after 6 queries, giving up', facts: {} },
      { message: 'no response from 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'server did not respond within 5 s', facts: {} },
      { message: 'java.net.SocketTimeoutException: Read timed out', facts: {} },
      {
        message: 'read tcp 10.1.2.3:50022->10.1.2.9:7001: i/o timeout',
        facts: { peerAddress: '10.1.2.9', peerPort: 7001 },
      },
      { message: 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)', facts: {} },
      { message: 'curl: (52) Empty reply from server', facts: {} },
      { message: 'curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received', facts: {} },
      { message: 'upstream timed out (110: Connection timed out) while reading response header', facts: {} },
      { message: 'waiting for work', facts: null },
    ],
  },
]
