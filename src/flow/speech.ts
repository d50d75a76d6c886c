/** What the first payload of a side looks like: enough to tell that two ends do not speak the same protocol. */
export const Speech = {
  NONE: 0,
  /** Bytes that match nothing below. */
  BINARY: 1,
  TEXT: 2,
  HTTP_REQUEST: 3,
  HTTP_RESPONSE: 4,
  TLS: 5,
  SSH: 6,
  /** A greeting with a reply code, as SMTP, FTP and NNTP servers send (RFC 5321 §4.2). */
  REPLY_CODE: 7,
  /** The snap length cut the bytes off. */
  UNSEEN: 8,
  /** A command as Redis's clients send it: an array of strings (RESP). */
  REDIS_COMMAND: 9,
  /** A first message of PostgreSQL's clients: a request for encryption, or a start of protocol 3. */
  POSTGRES_START: 10,
  /** The greeting of MySQL's servers: packet 0, protocol 10, and a version. */
  MYSQL_GREETING: 11,
  /** The preface of HTTP/2's clients (RFC 9113 §3.4), in plain text. */
  HTTP2: 12,
} as const
export type Speech = (typeof Speech)[keyof typeof Speech]
