/** A look costs some microseconds, and a call next to nothing: only one call in so many looks. */
const EVERY = 256

// State of the process, because what runs out is the process's own heap: the command line sets it, the library never.
let look: (() => void) | null = null
let calls = 0

/** Says what is looked at: `ask` may throw, which ends the work at a checkpoint. */
export function atCheckpoints(ask: () => void): void {
  look = ask
}

/**
 * To be called for each connection by work over all of them: such work gives the event loop no turn, so that neither a
 * timer nor a signal could end it in time.
 */
export function checkpoint(): void {
  if (look !== null && ++calls % EVERY === 0) look()
}
