import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { captures } from '../../fixtures/capture/make.mjs'

const FOLDER = 'fixtures/capture'
const NOT_GENERATED = /^make\.|\.(?:zst|lz4)$/

describe('the generated captures', () => {
  it.each(Object.entries(captures))('%s is what the script writes', (name, bytes) => {
    expect(readFileSync(`${FOLDER}/${name}`).equals(bytes)).toBe(true)
  })

  it('are all there is, and each packed one is told of', () => {
    const told = readFileSync('fixtures/README.md', 'utf8')
    const others = readdirSync(FOLDER).filter((name) => captures[name] === undefined)
    expect(others.filter((name) => !NOT_GENERATED.test(name))).toEqual([])
    for (const name of others.filter((each) => !each.startsWith('make.'))) expect(told).toContain(name)
    for (const name of readdirSync('fixtures/incident'))
      expect(told.includes(name) || name.startsWith('log-')).toBe(true)
    expect(existsSync('fixtures/README.md')).toBe(true)
  })
})
