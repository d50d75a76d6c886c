import { describe, expect, it } from 'vitest'
import { counted, times } from '../../src/text/plural.ts'

describe('a count in a sentence', () => {
  it.each([
    [counted(1, 'answer'), '1 answer'],
    [counted(0, 'answer'), '0 answers'],
    [counted(2, 'push', 'pushes'), '2 pushes'],
    [times(1), 'once'],
    [times(2), 'twice'],
    [times(7), '7 times'],
  ])('reads %s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
