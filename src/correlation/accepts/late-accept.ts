/**
 * From here on an accept is late: 1 s is the first retransmission time of TCP (RFC 6298 §2), below which no client would
 * notice; an event loop that is merely busy answers within it. Nanoseconds.
 */
export const LATE_ACCEPT = 1e9
