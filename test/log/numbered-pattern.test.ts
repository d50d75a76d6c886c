import { describe, expect, it } from 'vitest'
import { numbered } from '../../src/log/numbered-pattern.ts'

describe('a pattern whose groups have numbers only', () => {
  it.each([
    ['groups with and without a name', /(a)(?<level>b)(?:c)(?<thread>d)/, 'abcd', ['b', 'd']],
    ['what looks behind and ahead', /(?<=x)(?<!y)(?=a)(?!b)(?<level>a)(?<thread>.)/, 'xaz', ['a', 'z']],
    ['brackets that are escaped or in a class', /\((?<level>[(\]]+)\)(?<thread>.)/, '((])t', ['(]', 't']],
  ])('reads %s as before', (_name, pattern, text, [level, thread]) => {
    const found = numbered(pattern)
    const match = found.pattern.exec(text)!
    expect(match.groups).toBeUndefined()
    expect(match[0]).toBe(pattern.exec(text)![0])
    expect([match[found.numberOf('level')], match[found.numberOf('thread')]]).toEqual([level, thread])
    expect(found.numberOf('process')).toBe(-1)
  })
})
