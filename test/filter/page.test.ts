import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'

const page = readFileSync('docs/filters.md', 'utf8')
/** Silence after a handshake, a full queue, a path that dies. */
const CAPTURES = [
  'fixtures/incident/listing-1.pcap',
  'fixtures/stories/backlog-overflow/backlog-overflow.pcap',
  'fixtures/rules/data-unacknowledged/fires.txt',
]
const named = [...page.matchAll(/`([a-z]\w*(?:\.[\w-]+)*)`/g)].map(([, name]) => name!)

describe('the page about filters', () => {
  it('names every field that there is, and no other', () => {
    for (const field of FIELD_TABLE.keys()) expect(named, field).toContain(field)
    for (const name of named.filter((one) => one.includes('.'))) expect([...FIELD_TABLE.keys()], name).toContain(name)
  })

  it.each([...page.matchAll(/--filter '([^']+)'/g)].map(([, filter]) => filter!))(
    'has an example that finds something: %s',
    async (filter) => {
      const { diagnosis } = await analyze(CAPTURES, { filter })
      expect(diagnosis.connectionCount).toBeGreaterThan(0)
    },
  )
})
