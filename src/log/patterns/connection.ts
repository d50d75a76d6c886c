import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What either end says of a connection that it has. */
export const connection: readonly EventPattern[] = [
  {
    id: 'connect-failed',
    kind: 'connect-failed',
    keywords: ['connect', 'econnrefused', 'no route to host', 'dial ', 'not reach'],
    pattern: wording`
      \bconnect(?:ion|ing|\(\))?\b.{0,120}\b(?:
        fail(?:ed|ure|s)?|refused|timed[ \t]out|timeout|unreachable|could not|cannot
        |error *(?:10061|10060|111|110|113)|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH
      )\b
      |\b(?:fail(?:ed|ure|s)?|cannot|can't|could not|couldn't|unable) (?:to )?(?:re)?connect\b
      |\bdial\b.{0,120}\b(?:timeout|refused|unreachable)\b
      |\b(?:cannot|can't|could not) reach\b|\bECONNREFUSED\b|\bno route to host\b
    `,
    samples: [
      { message: 'connect to port 22765 failed: refused', facts: { peerPort: 22765, errorName: 'ECONNREFUSED' } },
      { message: 'connect to port 26945 failed: timeout', facts: { peerPort: 26945, errorName: 'ETIMEDOUT' } },
      { message: 'connect to Network failed, error 10061', facts: { errno: 10061, errorName: 'ECONNREFUSED' } },
      {
        message: 'connect() failed (111: Connection refused) while connecting to upstream, upstream: "10.1.2.3:7001"',
        facts: { peerAddress: '10.1.2.3', peerPort: 7001, errorName: 'ECONNREFUSED' },
      },
      {
        message: 'dial tcp 10.1.2.3:7001: connect: connection refused',
        facts: { peerPort: 7001, errorName: 'ECONNREFUSED' },
      },
      {
        message: 'dial tcp 10.1.2.3:7001: i/o timeout',
        facts: { peerPort: 7001, errorName: 'ETIMEDOUT' },
      },
      { message: 'Error: connect ECONNREFUSED 10.1.2.3:7001', facts: { peerPort: 7001, errorName: 'ECONNREFUSED' } },
    ],
  },
  {
    id: 'connection-error',
    kind: 'error',
    keywords: ['error', 'failed', 'errno'],
    pattern: wording`
      \b(?:connection|socket|sock|fd|recv|send|read|write|select|poll|epoll_wait|link|network)\b.{0,60}\b
        (?:error|failed|errno)\b
      |\b(?:error|failed|failure)\b.{0,40}\b(?:connection|socket|recv|send|select|poll)\b
      |\berrno *[=:] *\d
    `,
    samples: [
      { message: 'connection error 104', facts: { errno: 104, errorName: 'ECONNRESET' } },
      { message: 'recv failed, errno=104', facts: { errno: 104, errorName: 'ECONNRESET' } },
      { message: 'error count 0', facts: null },
    ],
  },
  {
    id: 'connected',
    kind: 'connected',
    keywords: ['established', 'connected', 'connection established', 'established connection', 'connect('],
    pattern: wording`
      ^(?!
        .{0,200}(?:
          \b(?:not|never|no longer|dis|are|still|yet|clients?|until|once|unless|when|if)[ \t-]?
          |SocketChannel(?:Impl)?\[
        )connected\b
      )(?:
        (?<name>[\w.*#-]{1,60}) (?:is )?(?:now )?connected(?=$| [\w.]{1,40}=)
        |.{0,120}\bconnect\(\) *(?:ok|succeeded|= *0|returned 0)\b
        |.{0,120}\bconnected\b(?: (?:to|with)\b| *[,.:;(]| *$| (?:fd|socket|peer|[\w.]{1,40}=))
          (?:.{0,60}\bstatus *= *(?<value>[\w.+-]{1,40}))?
        |.{0,120}\b(?:connection (?:to .{1,60})?established|established connection)\b
      )
    `,
    samples: [
      { message: 'link-3 connected', facts: { name: 'link-3' } },
      { message: 'link-3 is connected', facts: { name: 'link-3' } },
      { message: 'connected remote=10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'connected to port 26660', facts: { peerPort: 26660 } },
      { message: 'connected to Network, link status = 0', facts: { value: '0' } },
      { message: 'Connected to 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'Connection to 10.1.2.3:7001 established', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'connect() ok 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'Connected to server 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'not connected', facts: null },
      {
        message: 'Read 44 bytes from java.nio.channels.SocketChannel[connected local=/10.1.2.9:1 remote=/10.1.2.3:2]',
        facts: null,
      },
    ],
  },
  {
    id: 'connecting',
    kind: 'connect',
    keywords: ['connect ', 'dial ', 'connecting', 'connect to', 'connect fd', 'reconnect', 'dialing', 'connect('],
    pattern: wording`
      \b(?:re)?connecting\b|\b(?:re)?connect (?:to|fd|socket)\b|\bconnect\(|\bdialing\b
      |^(?:connect|dial) (?:tcp )?[\w.[:-]{1,80}[:\]]
    `,
    samples: [
      { message: 'connecting to 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'dial 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'Reconnecting in 5 s', facts: {} },
    ],
  },
]
