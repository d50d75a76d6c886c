/** What accept() says where no connection waits, or a signal came: it is called again, and neither took a connection nor failed. */
export const WOULD_BLOCK = String.raw`(?:\b(?:WSA)?E(?:AGAIN|WOULDBLOCK|INTR)\b|\bwould block\b|temporarily unavailable|interrupted system call|\b10035\b|\berrno[ \t]{0,2}[=:]?[ \t]{0,2}11\b)`
