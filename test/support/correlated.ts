import type { ClockOptions } from '../../src/correlation/clocks/log-clocks.ts'
import { type Correlation, correlate } from '../../src/correlation/correlate.ts'
import { logOf } from './log-text.ts'
import { captureOf, type Told, wireOf } from './wire.ts'

/** Nothing is told of the logs' clocks. */
export const UNKNOWN: ClockOptions = { zone: null, logDate: null, offsets: new Map() }
/** The logs' stamps are UTC. */
export const UTC: ClockOptions = { ...UNKNOWN, zone: 0 }

/** Connections of a capture of so many seconds, which begins at 03:53:40 UTC, with the logs of these texts. */
export async function correlated(
  told: readonly Told[],
  texts: readonly string[],
  seconds: number,
  clocks = UNKNOWN,
): Promise<Correlation> {
  const logs = await Promise.all(texts.map((text, index) => logOf(text, index)))
  return correlate(
    told.map((each, stream) => wireOf({ stream, ...each })),
    captureOf(seconds),
    logs,
    clocks,
  )
}

/** The story of connections to 127.0.0.1:9000 within 20 s, with a log in UTC. */
export const storyOf = (log: string, ...told: readonly Told[]): Promise<Correlation> =>
  correlated(
    told.map((each) => ({ serverPort: 9000, ...each })),
    [log],
    20,
    UTC,
  )
