import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { FIELD_TABLE } from '../../src/filter/field-table.ts'
import { valueNamed } from '../../src/filter/names/named-values.ts'
import { tsharkVersion } from '../witness/captures.ts'

/** Tables of one name: Wireshark looks a name up in the first of them. */
const TABLES_OF_PRIORITIES = 5

/** Parts of a field that is a number in 4.0. */
const OF_LATER_VERSIONS = /^tcp\.completeness\./

/** The names of each field's values, in order. */
function theirNames(): Map<string, [value: number, name: string][]> {
  const names = new Map<string, [number, string][]>()
  const output = execFileSync('tshark', ['-G', 'values'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' })
  for (const line of output.split('\n')) {
    const [kind, field = '', first = '', second = ''] = line.split('\t')
    if (!FIELD_TABLE.has(field)) continue
    const known = names.get(field) ?? []
    if (kind === 'V') known.push([Number(first), second])
    if (kind === 'T') known.push([1, first], [0, second])
    names.set(field, known)
  }
  const priorities = names.get('vlan.priority')!
  names.set('vlan.priority', priorities.slice(0, priorities.length / TABLES_OF_PRIORITIES))
  return names
}

describe.skipIf(tsharkVersion !== '4.0')('Wireshark', () => {
  it('has the same names for the same values', () => {
    const theirs = theirNames()
    for (const [name, field] of FIELD_TABLE) {
      if (OF_LATER_VERSIONS.test(name)) continue
      const names = field.kind === 'number' ? field.names : []
      const known = theirs.get(name) ?? []
      expect(
        known.map(([, text]) => [text, valueNamed(text, names)]),
        name,
      ).toEqual(known.map(([, text]) => [text, valueNamed(text, known)]))
      expect(
        names.every(([, text]) => valueNamed(text, known) !== undefined),
        name,
      ).toBe(true)
    }
  })
})
