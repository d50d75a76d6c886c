import { BIT_STATES, type NamedValues, NO_NAMES } from './names/named-values.ts'
import type { Scope } from './scope.ts'

/** What has to be at hand for a field: bits. */
export const Need = {
  NOTHING: 0,
  ANALYSIS: 1,
  FLOWS: 2,
  CLOCK: 4,
  /** Packets, which differ in it. */
  PACKETS: 8,
  /** Packets, which have it in common with all of their connection that go the same way. */
  ENDS: 16,
  /** Flags of the analysis, of which ordinary segments have none. */
  FLAGS: 32,
  /** What statistics of flows tell, which not every run keeps. */
  STATISTICS: 64,
} as const

/** What is asked of any field or operand. */
export interface Asked {
  /** Bits of {@link Need}. */
  readonly needs: number
  /** How often the packet has the field: 0 where it is not there. */
  readonly count: (scope: Scope) => number
}

/**
 * How a number is written: `duration` counts nanoseconds and is written in seconds; `instant` counts them from the run's
 * zero and is written as Unix time or as a date.
 */
export type NumberType = 'integer' | 'boolean' | 'ipv4' | 'duration' | 'instant'
export type BytesType = 'bytes' | 'ether' | 'ipv6' | 'protocol'

/** How a number is written in a filter. */
export interface Notation {
  readonly type: NumberType
  /** Names that may stand for a number; none for most fields. */
  readonly names: NamedValues
}

/** Of numbers that are no field's. */
export const INTEGER: Notation = { type: 'integer', names: NO_NAMES }

/** A number; of an IPv4 address, its 32 bits without sign. */
export interface NumberField extends Asked, Notation {
  readonly kind: 'number'
  readonly value: (scope: Scope, at: number) => number
}

/** A run of bytes, which `locate` puts into the scope. */
export interface BytesField extends Asked {
  readonly kind: 'bytes'
  readonly type: BytesType
  readonly locate: (scope: Scope, at: number) => void
  /** Where `contains` and `matches` search, if not there: a protocol with what it carries. */
  readonly locateAll: ((scope: Scope, at: number) => void) | null
}

export interface TextField extends Asked {
  readonly kind: 'text'
  readonly value: (scope: Scope, at: number) => string
}

/** Nothing but there or not. */
export interface MarkField extends Asked {
  readonly kind: 'mark'
}

export type Field = NumberField | BytesField | TextField | MarkField
export type Fields = Readonly<Record<string, Field>>

type Count = (scope: Scope) => number
type Present = (scope: Scope) => boolean

const asCount =
  (present: Present): Count =>
  (scope) =>
    present(scope) ? 1 : 0

/** A number that occurs once where `present`. */
export function numberField(
  type: NumberType,
  present: Present,
  value: (scope: Scope) => number,
  needs: number = Need.PACKETS,
): NumberField {
  return numbersField(type, asCount(present), value, needs)
}

/** A number that occurs `count` times. */
export function numbersField(
  type: NumberType,
  count: Count,
  value: (scope: Scope, at: number) => number,
  needs: number = Need.PACKETS,
): NumberField {
  return { kind: 'number', type, names: type === 'boolean' ? BIT_STATES : NO_NAMES, needs, count, value }
}

/** The field, for whose values names may stand. */
export function named(field: NumberField, names: NamedValues): NumberField {
  return { ...field, names }
}

/** Runs of bytes that occur `count` times. */
export function bytesField(
  type: BytesType,
  count: Count,
  locate: BytesField['locate'],
  locateAll: BytesField['locateAll'] = null,
): BytesField {
  return { kind: 'bytes', type, needs: Need.PACKETS, count, locate, locateAll }
}

/** A text that occurs once where `present`. */
export function textField(present: Present, value: (scope: Scope) => string, needs: number = Need.PACKETS): TextField {
  return textsField(asCount(present), value, needs)
}

/** A text that occurs `count` times. */
export function textsField(
  count: Count,
  value: (scope: Scope, at: number) => string,
  needs: number = Need.PACKETS,
): TextField {
  return { kind: 'text', needs, count, value }
}

/** Something that is there or not. */
export function markField(present: Present, needs: number = Need.PACKETS): MarkField {
  return marksField(asCount(present), needs)
}

/** Something without a value that occurs `count` times. */
export function marksField(count: Count, needs: number = Need.PACKETS): MarkField {
  return { kind: 'mark', needs, count }
}
