/** Bytes from `b` forward to `a`, negative where `a` is older. Right across the 2^32 wrap (RFC 9293 §3.4). */
export const distance = (a: number, b: number): number => (a - b) | 0

/** The sequence number `bytes` after `seq`. */
export const advance = (seq: number, bytes: number): number => (seq + bytes) | 0
