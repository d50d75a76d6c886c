/**
 * Bits above a RST's window in its signal's value: what tells a kernel's refusal from an aborted socket's last word, and
 * from `TTL` on, in eight bits, how far it came.
 */
export const RstShape = { WINDOW: 0xffff, ACK: 1 << 16, IP_ID_ZERO: 1 << 17, TTL: 18 } as const
