import { expect, it } from 'vitest'
import { icmpError } from '../../src/diagnosis/evidence/icmp-error.ts'

it('names what a firewall says, and leaves alone what means something else in IPv6', () => {
  expect(icmpError(0x30d, false)).toBe('ICMP type 3, code 13 (administratively prohibited)')
  expect(icmpError(0x30d, true)).toBe('ICMP type 3, code 13')
  expect(icmpError(0x30f, false)).toBe('ICMP type 3, code 15')
})
