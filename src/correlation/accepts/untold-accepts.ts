import { coverageAt, type LoggedProcess } from '../processes/logged-process.ts'
import type { LinkFinder } from '../sockets/link-finder.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import type { WireIndex } from '../wire/wire-index.ts'
import type { Accept } from './placed-accepts.ts'

/** What is asked of a connection that was answered. */
export interface AcceptTold {
  /** A line tells its accept. */
  readonly accepts: ReadonlyMap<WireConnection, Accept>
  /** True where the log may tell of its accept all the same, in other words or at a time when it leaves lines out. */
  readonly mayBeTold: (process: LoggedProcess, found: WireConnection) => boolean
}

/**
 * Ports on which connections were answered, so that somebody had accepted them, and the log that shows others' accepts shows none of
 * these: another process takes connections there, or lines are missing. No other accept is then missed in it.
 */
export class UntoldAccepts {
  readonly #finder: LinkFinder
  readonly #wire: WireIndex
  readonly #told: AcceptTold
  readonly #known = new Map<LoggedProcess, Map<number | string, boolean>>()

  constructor(finder: LinkFinder, wire: WireIndex, told: AcceptTold) {
    this.#finder = finder
    this.#wire = wire
    this.#told = told
  }

  /** Whether a log leaves accepts of a port untold; looked for once for each. */
  has(process: LoggedProcess, port: number | string): boolean {
    const ofProcess = this.#known.get(process) ?? new Map<number | string, boolean>()
    this.#known.set(process, ofProcess)
    const known = ofProcess.get(port)
    if (known !== undefined) return known
    const has = this.#wire.ofServerPort(port).some((found) => this.#isUntold(process, found))
    ofProcess.set(port, has)
    return has
  }

  #isUntold(process: LoggedProcess, found: WireConnection): boolean {
    const { established, serverPushes } = found
    if (established === null || serverPushes.length === 0 || this.#told.accepts.has(found)) return false
    if (coverageAt(process, established.time) !== 'covered' || this.#told.mayBeTold(process, found)) return false
    return this.#finder.of(found)?.process === process
  }
}
