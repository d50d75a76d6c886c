import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { json } from '../../src/report/json.ts'
import { connectionJson } from '../../src/report/json-model.ts'
import { ndjson } from '../../src/report/ndjson.ts'
import type { Report } from '../../src/report/report.ts'
import { visibleJson } from '../../src/text/visible-json.ts'
import { randomTraffic } from '../support/random-traffic.ts'
import { HOSTILE, plain, report, silentConnection } from '../support/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAPTURES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(pcap|pcapng|txt)$/.test(name) && /^(rules|stories|incident|capture)\b/.test(name))
  .map((name) => join('fixtures', name))

/** Lines of the connections in a JSON report. */
const linesOf = (text: string): string[] =>
  text
    .slice(text.indexOf('"connections": ['))
    .split('\n')
    .slice(1)
    .filter((_line, at, all) => all.indexOf('  ],') > at)
    .map((line) => line.trim().replace(/,$/, ''))

const objectLines = (shown: Report): string[] =>
  Array.from(shown.connections(), (connection) => visibleJson(connectionJson(shown, connection)))

describe('connections that are written straight from their flows', () => {
  it.each(CAPTURES)('are written as their objects are: %s', async (path) => {
    const found = await analyze([path]).catch(() => null)
    if (found === null || found.diagnosis.connectionCount === 0) return
    expect(linesOf([...json(reportOf(found), plain)].join(''))).toEqual(objectLines(reportOf(found)))
  })

  it('are written as their objects are, whatever they do', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const path = join(folder, `${seed}.pcap`)
      writeFileSync(path, randomTraffic(seed, 300))
      const shown = reportOf(await analyze([path]))
      const lines = objectLines(shown)
      expect(linesOf([...json(shown, plain)].join(''))).toEqual(lines)
      const typed = [...ndjson(shown, plain)]
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{"type":"connection"'))
      expect(typed).toEqual(lines.map((line) => `{"type":"connection",${line.slice(1)}`))
    }
  })
})

describe('connections of a report that shows others than were judged', () => {
  it.each([
    { named: 'a masked port', change: { server: { address: '127.0.0.1', port: 'xx' } } },
    { named: 'a hostile label', change: { server: { address: '127.0.0.1', port: HOSTILE.escape } } },
    { named: 'a hostile address', change: { client: { address: HOSTILE.escape, port: 1 } } },
    { named: 'a history that was cut', change: { history: '^sHaDd…' } },
    { named: 'a capture that is not listed', change: { capture: 7 } },
  ])('are written as objects: $named', ({ change }) => {
    const shown = report({ list: [silentConnection(change), silentConnection({ stream: 1 })] })
    expect(linesOf([...json(shown, plain)].join(''))).toEqual(objectLines(shown))
  })
})
