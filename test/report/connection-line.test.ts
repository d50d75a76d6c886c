import { describe, expect, it } from 'vitest'
import type { Connection } from '../../src/diagnosis/connection.ts'
import { ConnectionLines } from '../../src/report/connection-line.ts'
import { connectionJson } from '../../src/report/json-model.ts'
import { visibleJson } from '../../src/text/visible-json.ts'
import { HOSTILE, report, silentConnection } from '../support/report.ts'

const silent = silentConnection()
const constant = [{ verdict: 'idle', standing: 'supported', reasons: [] }] as const

const CONNECTIONS: readonly (Partial<Connection> & { readonly named: string })[] = [
  { named: 'with a heartbeat and reasons' },
  { named: 'without a heartbeat', heartbeat: null, findings: [] },
  { named: 'with several findings', findings: [0, 3, 12] },
  { named: 'between IPv6 addresses', client: { address: 'fe80::1', port: 1 }, server: { address: '::', port: 65535 } },
  { named: 'to a masked port', server: { address: '127.0.0.1', port: 'xx' } },
  { named: 'to a hostile label', server: { address: '127.0.0.1', port: HOSTILE.escape } },
  { named: 'from a hostile address', client: { address: HOSTILE.escape, port: 1 } },
  { named: 'with a history that was cut', history: '^sHaDd…' },
  { named: 'of a capture that is not listed', capture: 7 },
  { named: 'with a constant list of causes', verdict: 'idle', candidates: constant },
  { named: 'with the same list again', verdict: 'idle', candidates: constant, stream: 3 },
  { named: 'with another list for that verdict', verdict: 'idle', candidates: silent.candidates },
]

describe('a connection on a line', () => {
  const shown = report()
  const lines = new ConnectionLines(shown)

  it.each(CONNECTIONS)('$named is written as its object is', ({ named: _, ...changes }) => {
    const connection = { ...silent, ...changes }
    expect(lines.line(connection)).toBe(visibleJson(connectionJson(shown, connection)))
  })
})
