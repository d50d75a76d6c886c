import { Spread } from './spread.ts'
import type { Step } from './step.ts'

/** One end of a connection, as far as its story needs it. Windows are as in the header, -1 for none seen. */
export class StoryEnd {
  next = 0
  nextKnown = false
  acked = 0
  ackedKnown = false
  ackFrame = 0
  ackTime = Number.NaN
  /** Last message whose PSH is still to come. */
  open: Step | null = null
  fin = false
  /** As in its SYN, never scaled; the others are as in the header. */
  synWindow = -1
  leastWindow = -1
  lastWindow = -1
  retransmissions = 0
  keepAlives = 0
  payload = 0
  readonly sizes = new Map<number, number>()
  /** Times from its pushes to their acknowledgment, and from its pushes to what the other end pushes next. */
  readonly ackDelay = new Spread()
  readonly answerDelay = new Spread()

  noteWindow(window: number): void {
    if (this.leastWindow < 0 || window < this.leastWindow) this.leastWindow = window
    this.lastWindow = window
  }
}
