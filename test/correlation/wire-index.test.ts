import { describe, expect, it } from 'vitest'
import { sameAddress } from '../../src/correlation/wire/wire-index.ts'

describe('an address that a log line names', () => {
  it.each([
    ['written out, as Java prints it', '0:0:0:0:0:0:0:1', '::1'],
    ['of version 4 within version 6', '::ffff:127.0.0.1', '127.0.0.1'],
    ['of version 4 within version 6, all of it in groups', '0:0:0:0:0:ffff:7f00:1', '127.0.0.1'],
    ['with the zone of its interface', 'fe80::7%eth0', 'fe80::7'],
    ['in capitals', 'FE80::A', 'fe80::a'],
    ['that stands for all, written out', '0:0:0:0:0:0:0:0', '10.0.0.2'],
  ])('is the one of the packets %s', (_, printed, address) => {
    expect(sameAddress(printed, address)).toBe(true)
  })

  it('is another one where it differs, however it is written', () => {
    expect(sameAddress('0:0:0:0:0:0:0:2', '::1')).toBe(false)
    expect(sameAddress('0:0:0:0:0:ffff:7f00:2', '127.0.0.1')).toBe(false)
  })
})
