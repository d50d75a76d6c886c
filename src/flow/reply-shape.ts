/** The value of a first reply's signal: its bytes, and from `TTL` on, in eight bits, how far it came. */
export const ReplyShape = { BYTES: 0xfffff, TTL: 20 } as const
