import { Completeness } from '../../flow/completeness.ts'
import { type Fields, Need, type NumberField, type NumberType, numberField, textField } from '../field.ts'
import type { Scope } from '../scope.ts'

const NEEDS = Need.FLOWS | Need.STATISTICS
/** One letter for each bit, the highest first, as Wireshark 4.2 writes them. */
const LETTERS = 'RFDASS'

const hasFlow = ({ current, flows }: Scope): boolean => current.flow >= 0 && flows !== null

const bitsOf = ({ current, flows }: Scope): number => flows!.completeness(current.flow)

const value = (type: NumberType, read: (bits: number) => number): NumberField =>
  numberField(type, hasFlow, (scope) => read(bitsOf(scope)), NEEDS)

const bit = (of: number): NumberField => value('boolean', (bits) => ((bits & of) === 0 ? 0 : 1))

const write = (bits: number): string =>
  Array.from(LETTERS, (letter, at) => ((bits & (Completeness.RST >> at)) === 0 ? '·' : letter)).join('')

/** How much of a connection's life the capture has: the final value, for all of its packets. */
export const TCP_COMPLETENESS_FIELDS: Fields = {
  'tcp.completeness': value('integer', (bits) => bits),
  'tcp.completeness.rst': bit(Completeness.RST),
  'tcp.completeness.fin': bit(Completeness.FIN),
  'tcp.completeness.data': bit(Completeness.DATA),
  'tcp.completeness.ack': bit(Completeness.ACK),
  'tcp.completeness.syn-ack': bit(Completeness.SYN_ACK),
  'tcp.completeness.syn': bit(Completeness.SYN),
  'tcp.completeness.str': textField(hasFlow, (scope) => write(bitsOf(scope)), NEEDS),
}
