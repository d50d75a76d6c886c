import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Bytes read from and written to a connection. */
export const transfer: readonly EventPattern[] = [
  {
    id: 'recv',
    kind: 'recv',
    keywords: [
      ' bytes',
      'bytes received',
      'bytes read',
      'read(',
      'recv',
      'receiv',
      'read ',
      'bytes from',
      'got ',
      'rx fd',
      'rx sock',
      // Where the message is one of a line's fields or columns.
      '"read"',
      'read\\"',
      '\tread\t',
    ],
    pattern: wording`
      \b(?:(?:WSA)?recv(?:from|msg|ed|d)?|OnReceive)\b(?:\(\))?.{0,60}\d
      |\bRX (?:fd|sock(?:et)?)\b.{0,20}\b(?:len|bytes|n|size) *[=:] *\d
      |\b(?:message|data|packet|request|payload) from (?:
        fd|socket|client|peer|[(['"/]{0,3}(?:\d{1,3}\.\d|[\da-f]{0,4}:)
      ).{0,80}\b\d{1,15} bytes\b
      |\bread \d{1,15} from (?:fd|socket|peer|client)\b
      |\breceived?\b.{0,40}\b\d{1,15} *(?:bytes?|octets?|B)\b
      |\b(?:read|got) \d{1,15} *(?:bytes?|octets?|B)\b(?! (?:from|of) (?:the )?(?:disk|file|cache|config))
      |\bread\b.{0,80}\b(?:bytes|len|n|size) *[=:] *\d
      |\breceived?\b.{0,40}\b(?:bytes|len|length|n|size) *[=:] *\d
      |\b\d{1,15} bytes? (?:were )?(?:received|read)? *from\b(?! (?:the )?(?:disk|file|cache|config))
      |\b\d{1,15} bytes? (?:received|read)\b|(?:\brx|<-|<<) \d{1,15} *bytes?\b
      |\bbytes (?:received|read) *[:=] *\d
      |\b(?:recv|read)\(\d{0,9}\) *(?:=|returned|->) *\d
    `,
    samples: [
      { message: 'Socket 1204 recv 44 bytes', facts: { handle: '1204', bytes: 44 } },
      { message: 'recv fd=6 bytes=180', facts: { handle: '6', bytes: 180 } },
      { message: 'c.e.net.Session - Read 100 bytes from /127.0.0.1:55362', facts: { bytes: 100, peerPort: 55362 } },
      { message: 'read 12 bytes from fd 7', facts: { bytes: 12, handle: '7' } },
      { message: '<- 44 bytes from 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } },
      { message: 'rx 44 bytes fd=7', facts: { bytes: 44, handle: '7' } },
      { message: 'bytes received: 44', facts: { bytes: 44 } },
      { message: 'read(7) = 44', facts: { bytes: 44, handle: '7' } },
      { message: 'OnReceive: hSocket=1204 44 bytes', facts: { handle: '1204', bytes: 44 } },
      { message: 'RX fd=7 len=44', facts: { handle: '7', bytes: 44 } },
      { message: 'message from 10.1.2.3:50022 (44 bytes)', facts: { peerPort: 50022, bytes: 44 } },
      { message: 'WSARecv completed: socket 412, 44 bytes transferred', facts: { handle: '412', bytes: 44 } },
      { message: 'message from user bob (44 bytes)', facts: null },
      { message: 'read config file', facts: null },
      { message: 'read 4096 bytes from disk cache', facts: null },
    ],
  },
  {
    // Who works on a request has read it.
    id: 'request-taken',
    kind: 'recv',
    keywords: ['request', 'query', 'command', 'message'],
    pattern: wording`
      \b(?:process|handl|serv|execut|dispatch)ing (?:the |a |an )?(?:\w{1,20} )?(?:request|query|command|message)\b(?: \S{1,40})?
        [ \t]+(?:from|of|for) (?:client |peer )?[(['"/]{0,3}(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f:]{2,45}\]):\d{2,5}\b
    `,
    samples: [
      { message: 'processing request from /10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'Handling command GET from 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'processing request 12', facts: null },
      { message: 'handling message of 10:30', facts: null },
    ],
  },
  {
    id: 'send',
    kind: 'send',
    keywords: [
      ' bytes',
      'bytes sent',
      'bytes written',
      'send',
      'sent',
      'wrote',
      'written',
      'write',
      'bytes to',
      'replied',
      'tx fd',
      'tx sock',
    ],
    pattern: wording`
      \bTX (?:fd|sock(?:et)?)\b.{0,20}\b(?:len|bytes|n|size) *[=:] *\d
      |\b(?:echoed|(?:reply|response|answer) (?:of|to|was sent)\b).{0,80}\b\d{1,15} bytes\b
      |\b(?:(?:WSA)?send|sent|sendto|sendmsg|OnSend|replied)\b(?:\(\))?.{0,60}\b(?:
        \d{1,15} *(?:bytes?|octets?|B)\b|(?:bytes|len|length|n|size) *[=:] *\d
      )
      |\bwritten=\d
      |\b(?:wrote|written|write)\b.{0,80}\b(?:\d{1,15} *(?:bytes?|octets?|B)\b|(?:bytes|len|n|size) *[=:] *\d)
      |\b\d{1,15} bytes? (?:sent|written|to (?:[\d[/]|fd|socket|peer|client|server|remote))\b
      |(?:\btx|->|>>) \d{1,15} *bytes?\b|\bbytes (?:sent|written) *[:=] *\d
      |\b(?:send|write)\(\d{0,9}\) *(?:=|returned|->) *\d
    `,
    samples: [
      { message: 'Socket 608 sent 96 bytes', facts: { handle: '608', bytes: 96 } },
      { message: 'send fd=6 bytes=24', facts: { handle: '6', bytes: 24 } },
      { message: 'Wrote 200 bytes to /127.0.0.1:55362', facts: { bytes: 200, peerPort: 55362 } },
      { message: 'send() returned 96', facts: { bytes: 96 } },
      { message: 'OnSend: hSocket=1204 44 bytes', facts: { handle: '1204', bytes: 44 } },
      { message: 'TX fd=7 len=44', facts: { handle: '7', bytes: 44 } },
      { message: 'response cached 44 bytes', facts: null },
      { message: 'echoed 44 bytes', facts: { bytes: 44 } },
      { message: 'WSASend completed: socket 412, 44 bytes transferred', facts: { handle: '412', bytes: 44 } },
      { message: 'sent mail to admin', facts: null },
      { message: 'flushed 4096 bytes to disk', facts: null },
    ],
  },
  {
    id: 'heartbeat-sent',
    kind: 'send',
    keywords: ['heartbeat', 'heart beat', 'keepalive', 'keep-alive', 'ping'],
    pattern: wording`
      ^(?!.{0,200}\b(?:not|fail\w{0,3}|missed|no|will be)\b).{0,80}\b(?:
        (?:send(?:ing)?|sent) (?:an? |the )?(?:heart[ -]?beat|keep-?alive|ping)\b
        |(?:heart[ -]?beat|keep-?alive|ping)(?: (?:request|message|packet|query))? (?:was )?(?:sent|sending)\b
      )
    `,
    samples: [
      { message: 'heartbeat sent', facts: {} },
      { message: 'sending keep-alive to 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'ping request sent', facts: {} },
      { message: 'heartbeat not sent', facts: null },
      { message: 'heartbeat interval 5 s', facts: null },
    ],
  },
]
