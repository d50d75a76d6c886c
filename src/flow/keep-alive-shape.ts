/**
 * Halves of a keep-alive's signal's value: how many packets its side had sent, the keep-alive with them, and how many the
 * other side had, which does not change as long as nothing answers.
 */
export const KeepAliveShape = { HEARD: 0xffff, SENT: 16 } as const
