import { describe, expect, it } from 'vitest'
import { wording, words } from '../../src/log/wording.ts'

describe('a wording that is laid out over lines', () => {
  it('is one regular expression: what begins and ends a line is no part of it', () => {
    expect(wording`
      ^(?:
        accept(?:ed|ing)
        |listen
      )\b
    `).toEqual(/^(?:accept(?:ed|ing)|listen)\b/i)
  })

  it('takes blanks and tabs for a blank, as many as there are', () => {
    const pattern = wording`accept on port`
    expect(pattern).toEqual(/accept[ \t]+on[ \t]+port/i)
    expect(pattern.test('Accept \t on  port 9000')).toBe(true)
    expect(pattern.test('accepton port 9000')).toBe(false)
  })

  it('lets a blank be counted', () => {
    expect(wording`fd *= ?\d{1,9}, {2}`).toEqual(/fd[ \t]*=[ \t]?\d{1,9},[ \t]{2}/i)
  })

  it('leaves classes and escapes as they are, and takes an escaped blank for that alone', () => {
    expect(wording`[ :\] ]x\[ \ y`).toEqual(/[ :\] ]x\[[ \t]+ y/i)
  })

  it('puts parts in as they are', () => {
    const part = words`(?:a b|c)`
    expect(part).toBe('(?:a[ \\t]+b|c)')
    expect(wording`x ${part}{0,2} ${'(?: )'}`).toEqual(/x[ \t]+(?:a[ \t]+b|c){0,2}[ \t]+(?: )/i)
  })
})
