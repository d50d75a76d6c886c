import { describe, expect, it } from 'vitest'
import { are, counted, times } from '../../src/text/plural.ts'

describe('a count in a sentence', () => {
  it.each([
    [counted(1, 'answer'), '1 answer'],
    [counted(0, 'answer'), '0 answers'],
    [counted(2, 'push', 'pushes'), '2 pushes'],
    [`1 ${are(1)} left`, '1 is left'],
    [`2 ${are(2)} left`, '2 are left'],
    [times(1), 'once'],
    [times(2), 'twice'],
    [times(7), '7 times'],
  ])('reads %s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
