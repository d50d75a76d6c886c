/**
 * The value of a late reply's signal, negative (`~value`) where nothing of the server had acknowledged all of the request before it:
 * the delay in milliseconds, twelve days at most, and whether the reply followed at once what the client had said last.
 */
export const LateReply = { MOST: 0x3fffffff, PROMPTED: 0x40000000 } as const
