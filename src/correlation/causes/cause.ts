import type { RootCause } from '../chain.ts'
import type { Focus } from '../chain-step.ts'

/** A cause that lines may tell of: what it was for the connection in focus, or null. */
export type CauseRule = (focus: Focus) => RootCause | null
