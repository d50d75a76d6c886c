import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { MAX_NESTING, tooDeepAt } from '../../src/yaml/nesting.ts'
import { readYaml } from '../../src/yaml/read-yaml.ts'

const DEEP = 1000

describe('the nesting of a YAML file', () => {
  it.each([
    ['maps in braces', `${'{a: '.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
    ['lists in brackets', '['.repeat(DEEP) + ']'.repeat(DEEP)],
    ['lists in brackets over lines', '[\n'.repeat(DEEP) + ']'.repeat(DEEP)],
    ['lists on one line', `${'- '.repeat(DEEP)}x`],
    ['maps, each farther in', Array.from({ length: DEEP }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('is bounded for %s', (_, text) => {
    expect(tooDeepAt(text)).not.toBeNull()
    expect(() => readYaml(text, 'deep.yaml', z.unknown(), 'anything')).toThrow(
      /deep\.yaml:\d+:\d+: nested more than 64/,
    )
  })

  it('is not mistaken for brackets in patterns, quotes and comments', () => {
    const lines = Array.from({ length: 200 }, (_, at) => `p${at}: ^\\[(?<time>[0-9]+ "[[[" # [[[`)
    expect(tooDeepAt(lines.join('\n'))).toBeNull()
    expect(tooDeepAt(`a: "${'['.repeat(DEEP)}"`)).toBeNull()
    expect(tooDeepAt(`a: |\n  ${'[ '.repeat(DEEP)}`)).toBeNull()
  })

  it('tells the place', () => {
    expect(tooDeepAt(`a: 1\n${'['.repeat(MAX_NESTING + 1)}`)).toBe(5 + MAX_NESTING)
  })

  it('lets every expectation of the fixtures pass', () => {
    const files = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path))
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) expect(tooDeepAt(readFileSync(join('fixtures', file), 'utf8')), file).toBeNull()
  })

  it('is looked at without throwing, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void tooDeepAt(text)))
  })
})
