import type { EventKind } from '../../log/event.ts'
import { type Ground, type LoggedProcess, slackOf } from '../processes/logged-process.ts'
import type { WireConnection } from '../wire/wire-connection.ts'
import { Hearing, leavesOut } from './hearing.ts'
import { LATE_ACCEPT } from './late-accept.ts'

/** From when on a line of an accept, or of the first read, is due. */
const dueFrom = (kind: 'accept' | 'recv', found: WireConnection): number =>
  (kind === 'recv' ? found.clientPushes[0]?.time : undefined) ?? found.established?.time ?? found.start

/** Whether a log would have shown what was due, heard as it is until some time. */
export const isHeardOf = (kind: 'accept' | 'recv', found: WireConnection, until: number | null): boolean =>
  until === null || until > dueFrom(kind, found) + LATE_ACCEPT

/** What the logs leave out, by process and kind of line. */
export class Hearings {
  readonly #known = new Map<LoggedProcess, Map<EventKind, Hearing>>()

  /** From when on a line that is due may have been left out; null in a log that leaves out nothing. */
  untilOf(
    process: LoggedProcess,
    kind: 'accept' | 'recv',
    ground: Ground | null,
    found: WireConnection,
  ): number | null {
    if (ground === null || !leavesOut(process)) return null
    const ofProcess = this.#known.get(process) ?? new Map<EventKind, Hearing>()
    this.#known.set(process, ofProcess)
    const hearing = ofProcess.get(kind) ?? new Hearing(process, kind, ground)
    ofProcess.set(kind, hearing)
    return hearing.until(dueFrom(kind, found) - slackOf(process))
  }
}
