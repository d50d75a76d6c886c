/**
 * The value of a first reply's signal: its bytes, and from `TTL` on, in eight bits, how far it came. In TLS, of the segments that
 * follow the handshake: from `RECORDS` on how many records of application data it is, where all are of one length.
 */
export const ReplyShape = { BYTES: 0xfffff, TTL: 20, RECORDS: 20, MOST_RECORDS: 255 } as const
