import { describe, expect, it } from 'vitest'
import { digitsOfObject } from '../../src/log/alike/object-digits.ts'
import { withTimes } from '../../src/log/stamps/likely-digits.ts'

/** A line whose digits are shown as they must be: `=` the same, `+` none but zero, others free. */
function shown(line: string, stamp = ''): string {
  const at = stamp === '' ? 0 : line.indexOf(stamp)
  const signs = [...line]
  for (const pin of digitsOfObject(line, at, at + stamp.length)) signs[pin.at] = pin.byte === 0 ? '+' : '='
  return signs.join('')
}

describe('digits that decide what the words of an object are', () => {
  it.each([
    ['{"fd":7,"port":50022}', '{"fd":7,"port":+0022}'],
    ['{"n":0}', '{"n":0}'],
    ['{"n":-5}', '{"n":-+}'],
    ['{"n":-0}', '{"n":-=}'],
    ['{"took":1.25}', '{"took":1.2+}'],
    ['{"took":1.50}', '{"took":=.==}'],
    ['{"took":0.1234567}', '{"took":0.+23456+}'],
    ['{"took":0.0012345678}', '{"took":0.==+234567+}'],
    ['{"took":0.0000005}', '{"took":=.=======}'],
    ['{"n":1e5}', '{"n":=e=}'],
    ['{"id":12345678901234567890}', `{"id":${'='.repeat(20)}}`],
    ['{"n":007}', '{"n":===}'],
    ['{"a1":7,"2":8}', '{"a=":7,"=":8}'],
    ['{"log":"{\\"a1\\":7}"}', '{"log":"{\\"a=\\":7}"}'],
    ['{"msg":"\\u001b[32m"}', '{"msg":"\\u===b[32m"}'],
    ['{"peer":"10.1.2.3:50022"}', '{"peer":"10.1.2.3:+0022"}'],
    ['a1=7 b=1.50', 'a==7 b==.=='],
  ])('%s', (line, expected) => {
    expect(shown(line)).toBe(expected)
  })

  it('are none of its stamp', () => {
    const stamp = '1749046051.250817'
    expect(shown(`{"ts":${stamp},"fd":7}`, stamp)).toBe(`{"ts":${stamp},"fd":7}`)
  })
})

it('makes times of all digits that could be some', () => {
  expect(withTimes('25:61:99.250 on 99/99/9999 at 99999999999, 1749046051')).toBe(
    '11:11:11.111 on 11/11/2011 at 20111111111, 1500000000',
  )
})
