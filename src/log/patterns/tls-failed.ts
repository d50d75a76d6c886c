import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Connections that were accepted, and that no handshake of TLS made usable. */
export const tlsFailed: readonly EventPattern[] = [
  {
    id: 'tls-failed',
    kind: 'error',
    keywords: [
      'tls handshake',
      'ssl_accept',
      'ssl accept',
      'tls accept',
      'ssl routines',
      'sslhandshake',
      'notsslrecord',
      'plain http',
      'ssl handshake',
      'ssl_do_handshake',
      'x16\\x03',
    ],
    pattern: wording`
      \b(?:TLS|SSL) handshake\b.{0,40}\b(?:error|fail(?:ed|ure)?)\b
      |\b(?:SSL|TLS)[ \t_]accept\b.{0,40}\b(?:error|failed)\b
      |\bSSL_do_handshake\b.{0,20}\bfailed\b|\bSSL routines:|\bSSLHandshakeException\b
      |\bNotSslRecordException\b
      |\bplain HTTP request (?:was )?sent to HTTPS port\b
      |\bsent plain HTTP request to HTTPS port\b|\\x16\\x03
    `,
    samples: [
      {
        message: 'http: TLS handshake error from 127.0.0.1:50003: tls: first record does not look like a TLS handshake',
        facts: { peerAddress: '127.0.0.1', peerPort: 50003 },
      },
      {
        message: 'SSL_accept failed: error:1408F10B:SSL routines:ssl3_get_record:wrong version number fd=6',
        facts: { handle: '6' },
      },
      { message: 'io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 474554', facts: {} },
      {
        message:
          '*3 client sent plain HTTP request to HTTPS port while reading client request headers, client: 127.0.0.1',
        facts: {},
      },
      { message: 'SSL_do_handshake() failed (SSL: error:0A00010B) while SSL handshaking', facts: {} },
      { message: String.raw`bad request: "\x16\x03\x01\x02\x00"`, facts: {} },
      { message: 'ssl accept error 1', facts: {} },
      { message: 'TLS handshake done', facts: null },
    ],
  },
]
