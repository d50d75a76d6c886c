import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'
import { compileFilter } from '../../src/filter/filter.ts'

const page = readFileSync('docs/filters.md', 'utf8')
const named = [...page.matchAll(/`([a-z]\w*(?:\.\w+)*)`/g)].map(([, name]) => name!)

describe('the page about filters', () => {
  it('names every field that there is, and no other', () => {
    for (const field of FIELD_TABLE.keys()) expect(named, field).toContain(field)
    for (const name of named.filter((one) => one.includes('.'))) expect([...FIELD_TABLE.keys()], name).toContain(name)
  })

  it.each([...page.matchAll(/--filter '([^']+)'/g)].map(([, filter]) => filter!))(
    'has an example that is understood: %s',
    async (filter) => {
      await expect(compileFilter(filter)).resolves.toBeDefined()
    },
  )
})
