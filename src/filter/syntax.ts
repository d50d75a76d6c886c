/** Where something stands in the filter's text. */
export interface Place {
  readonly start: number
  readonly end: number
}

export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<='
/** Of a field that occurs several times: whether one must compare so, or all. */
export type Quantifier = 'any' | 'all'
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&'

/** Bytes of a slice: from `offset` on, or from the end where it is negative; to the end where `length` is null. */
export interface SliceRange {
  readonly offset: number
  readonly length: number | null
}

/** Something with a value. */
export type Operand =
  | (Place & { readonly type: 'field'; readonly name: string })
  | (Place & { readonly type: 'literal'; readonly form: 'word' | 'string' | 'character'; readonly text: string })
  | (Place & { readonly type: 'slice'; readonly of: Operand; readonly ranges: readonly SliceRange[] })
  | (Place & {
      readonly type: 'arithmetic'
      readonly operator: ArithmeticOperator
      readonly left: Operand
      readonly right: Operand
    })
  | (Place & { readonly type: 'call'; readonly name: string; readonly of: readonly Operand[] })

/** One member of a set: a value, or all from `low` to `high`. */
export interface SetMember {
  readonly low: Operand
  readonly high: Operand | null
}

/** Something that is true or false. */
export type Expression =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly type: 'xor'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'not'; readonly of: Expression }
  | { readonly type: 'exists'; readonly operand: Operand }
  | {
      readonly type: 'compare'
      readonly comparison: Comparison
      readonly quantifier: Quantifier
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly type: 'contains' | 'matches'
      readonly quantifier: Quantifier
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly type: 'in'
      readonly quantifier: Quantifier
      readonly left: Operand
      readonly members: readonly SetMember[]
    }
