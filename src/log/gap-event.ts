import type { LogEvent } from './event.ts'

/** In place of an event pattern: no line says so, the reader does. */
export const NOT_KEPT = 'not-kept'

/**
 * Stands where events were counted and not kept, before the one on the line behind it: for whoever reads on, the log leaves
 * out lines there.
 */
export function gapEvent(log: number, line: number, time: number | null, count: number): LogEvent {
  return {
    kind: 'lines-dropped',
    pattern: NOT_KEPT,
    log,
    line,
    order: line,
    time,
    thread: null,
    level: null,
    process: null,
    handle: null,
    listener: null,
    handles: [],
    slot: null,
    name: null,
    address: null,
    port: null,
    peerAddress: null,
    peerPort: null,
    bytes: null,
    errno: null,
    errorName: null,
    value: null,
    text: `(${count} events up to this line are counted and not kept)`,
  }
}
