/** A look is worth some microseconds: one in so many calls. */
const EVERY = 256

let look: (() => void) | null = null
let calls = 0

/** What is asked at each checkpoint; it may throw, which ends the work. */
export function atCheckpoints(ask: () => void): void {
  look = ask
}

/** Called for each connection by work over all of them, which gives the event loop no turn: signals and timers wait. */
export function checkpoint(): void {
  if (look !== null && ++calls % EVERY === 0) look()
}
