import type { Asked, BytesType, Field, Notation } from './field.ts'
import type { Scope } from './scope.ts'
import type { Operand } from './syntax.ts'

export type Literal = Extract<Operand, { type: 'literal' }>

export interface NumberSource extends Asked, Notation {
  readonly kind: 'number'
  readonly value: (scope: Scope, at: number) => number
}

export interface BytesSource extends Asked {
  readonly kind: 'bytes'
  readonly type: BytesType
  /** Puts value `at` into the scope; false where a slice lies outside of it. */
  readonly locate: (scope: Scope, at: number) => boolean
  /** Puts into the scope what `contains` and `matches` search. */
  readonly locateAll: (scope: Scope, at: number) => boolean
}

export interface TextSource extends Asked {
  readonly kind: 'text'
  readonly value: (scope: Scope, at: number) => string
}

interface MarkSource extends Asked {
  readonly kind: 'mark'
}

/** Where the values of an operand come from; a literal's meaning depends on what it is compared with. */
export type Source = NumberSource | BytesSource | TextSource | MarkSource | (Literal & { readonly kind: 'literal' })

/** A field as a source. */
export function sourceOf(field: Field): Source {
  if (field.kind !== 'bytes') return field
  const locate = always(field.locate)
  return { ...field, locate, locateAll: field.locateAll === null ? locate : always(field.locateAll) }
}

function always(locate: (scope: Scope, at: number) => void): (scope: Scope, at: number) => boolean {
  return (scope, at) => {
    locate(scope, at)
    return true
  }
}
