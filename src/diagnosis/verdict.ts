/** What can be said of a connection. Symptoms name what is seen where its cause is not decidable. */
export const VERDICTS = [
  'never-accepted',
  'accept-stopped',
  'accepted-never-read',
  'accepted-no-reply',
  'ack-only',
  'zero-window-stall',
  'slow-reader',
  'slow-responder',
  'delayed-accept',
  'peer-stalled',
  'healthy',
  'healthy-one-way',
  'healthy-server-push',
  'half-close',
  'idle',
  'refused',
  'syn-unanswered',
  'synack-lost',
  'backlog-overflow',
  'server-idle-close',
  'reset-unread-data',
  'server-died',
  'wrong-service',
  'insufficient',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** certain: follows from the protocol. likely: an expert would act on it. suspected: one of several that fit. */
export type Confidence = 'certain' | 'likely' | 'suspected'

/** supported: something speaks for the cause. possible: nothing speaks against it. contradicted: something does. */
export type Standing = 'supported' | 'possible' | 'contradicted'

/** A cause that could be behind what is seen, with the reasons for or against it. */
export interface Candidate {
  readonly verdict: Verdict
  readonly standing: Standing
  readonly reasons: readonly string[]
}

/** What one connection amounts to. */
export interface Judgement {
  readonly verdict: Verdict
  readonly confidence: Confidence
  readonly candidates: readonly Candidate[]
}
