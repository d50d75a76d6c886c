/** The value of a first reply's signal: its bytes, and from `TTL` on, in eight bits, how far it came. */
export const ReplyShape = { BYTES: 0xfffff, TTL: 20 } as const

/**
 * The value of a second one's signal, of the same frame, complemented: that the answer is longer than its first segment tells.
 * `BEGUN` where that segment held some of what is announced: a header alone may announce what another request would get (HEAD).
 * From `BYTES` on, how many bytes the whole answer has, `MOST` of them at most.
 */
export const Announcement = { BEGUN: 1, BYTES: 1, MOST: 0x3fffffff } as const
