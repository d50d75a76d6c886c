import type { Listener } from '../diagnosis/listeners/listener.ts'
import type { Verdict } from '../diagnosis/verdict.ts'
import type { Report } from '../report/report.ts'

/** What was found of one port: where several addresses listen on it, of all of them together. */
export interface FoundPort {
  readonly listeners: readonly Listener[]
  /** One where the addresses do not differ. */
  readonly verdicts: readonly Verdict[]
  readonly connections: number
  readonly served: number
}

/** By port, in order of their first connections. */
export function foundPorts(report: Report): Map<string, FoundPort> {
  const byPort = new Map<string, Listener[]>()
  for (const listener of report.listeners) {
    const same = byPort.get(String(listener.port))
    if (same === undefined) byPort.set(String(listener.port), [listener])
    else same.push(listener)
  }
  return new Map([...byPort].map(([port, listeners]) => [port, together(listeners)]))
}

function together(listeners: readonly Listener[]): FoundPort {
  const sum = (key: 'connections' | 'served'): number => listeners.reduce((total, one) => total + one[key], 0)
  const verdicts = [...new Set(listeners.map(({ verdict }) => verdict))]
  return { listeners, verdicts, connections: sum('connections'), served: sum('served') }
}
