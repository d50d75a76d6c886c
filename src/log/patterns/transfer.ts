import type { EventPattern } from '../pattern.ts'

/** Bytes read from and written to a connection. */
export const transfer: readonly EventPattern[] = [
  {
    id: 'recv',
    kind: 'recv',
    keywords: [' bytes', 'bytes received', 'bytes read', 'read(', 'recv', 'receiv', 'read ', 'bytes from', 'got '],
    pattern:
      /\b(?:recv(?:from|msg|ed|d)?|OnReceive)\b(?:\(\))?.{0,60}\d|\bread[ \t]+\d{1,15}[ \t]+from[ \t]+(?:fd|socket|peer|client)\b|\breceived?\b.{0,40}\b\d{1,15}[ \t]*(?:bytes?|octets?|B)\b|\b(?:read|got)[ \t]+\d{1,15}[ \t]*(?:bytes?|octets?|B)\b(?![ \t]+(?:from|of)[ \t]+(?:the[ \t]+)?(?:disk|file|cache|config))|\bread\b.{0,40}\b(?:bytes|len|n|size)[ \t]*[=:][ \t]*\d|\breceived?\b.{0,40}\b(?:bytes|len|length|n|size)[ \t]*[=:][ \t]*\d|\b\d{1,15}[ \t]+bytes?[ \t]+(?:were[ \t]+)?(?:received|read)?[ \t]*from\b(?![ \t]+(?:the[ \t]+)?(?:disk|file|cache|config))|\b\d{1,15}[ \t]+bytes?[ \t]+(?:received|read)\b|(?:\brx|<-|<<)[ \t]+\d{1,15}[ \t]*bytes?\b|\bbytes[ \t]+(?:received|read)[ \t]*[:=][ \t]*\d|\b(?:recv|read)\(\d{0,9}\)[ \t]*(?:=|returned|->)[ \t]*\d/i,
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
      { message: 'read config file', facts: null },
      { message: 'read 4096 bytes from disk cache', facts: null },
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
    ],
    pattern:
      /\b(?:send|sent|sendto|sendmsg|OnSend|replied)\b(?:\(\))?.{0,60}\b(?:\d{1,15}[ \t]*(?:bytes?|octets?|B)\b|(?:bytes|len|length|n|size)[ \t]*[=:][ \t]*\d)|\b(?:wrote|written|write)\b.{0,40}\b(?:\d{1,15}[ \t]*(?:bytes?|octets?|B)\b|(?:bytes|len|n|size)[ \t]*[=:][ \t]*\d)|\b\d{1,15}[ \t]+bytes?[ \t]+(?:sent|written|to[ \t]+(?:[\d[/]|fd|socket|peer|client|server|remote))\b|(?:\btx|->|>>)[ \t]+\d{1,15}[ \t]*bytes?\b|\bbytes[ \t]+(?:sent|written)[ \t]*[:=][ \t]*\d|\b(?:send|write)\(\d{0,9}\)[ \t]*(?:=|returned|->)[ \t]*\d/i,
    samples: [
      { message: 'Socket 608 sent 96 bytes', facts: { handle: '608', bytes: 96 } },
      { message: 'send fd=6 bytes=24', facts: { handle: '6', bytes: 24 } },
      { message: 'Wrote 200 bytes to /127.0.0.1:55362', facts: { bytes: 200, peerPort: 55362 } },
      { message: 'send() returned 96', facts: { bytes: 96 } },
      { message: 'OnSend: hSocket=1204 44 bytes', facts: { handle: '1204', bytes: 44 } },
      { message: 'sent mail to admin', facts: null },
      { message: 'flushed 4096 bytes to disk', facts: null },
    ],
  },
  {
    id: 'heartbeat-sent',
    kind: 'send',
    keywords: ['heartbeat', 'heart beat', 'keepalive', 'keep-alive', 'ping'],
    pattern:
      /^(?!.{0,200}\b(?:not|fail\w{0,3}|missed|no|will be)\b).{0,80}\b(?:(?:send(?:ing)?|sent)[ \t]+(?:an?[ \t]+|the[ \t]+)?(?:heart[ -]?beat|keep-?alive|ping)\b|(?:heart[ -]?beat|keep-?alive|ping)(?:[ \t]+(?:request|message|packet|query))?[ \t]+(?:was[ \t]+)?(?:sent|sending)\b)/i,
    samples: [
      { message: 'heartbeat sent', facts: {} },
      { message: 'sending keep-alive to 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'ping request sent', facts: {} },
      { message: 'heartbeat not sent', facts: null },
      { message: 'heartbeat interval 5 s', facts: null },
    ],
  },
]
