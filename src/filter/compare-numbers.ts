import type { NumberConstant } from './constant.ts'
import type { Scope } from './scope.ts'
import type { NumberSource } from './source.ts'
import type { Comparison } from './syntax.ts'

/** A filter or a part of it, ready to be asked of each packet. */
export type Predicate = (scope: Scope) => boolean

const ALL = 0xffffffff

/** True where any value of the source compares so with the constant. */
export function anyAgainstConstant(source: NumberSource, comparison: Comparison, constant: NumberConstant): Predicate {
  const { count } = source
  const { value: limit, mask } = constant
  const value = mask === ALL ? source.value : (scope: Scope, at: number) => (source.value(scope, at) & mask) >>> 0
  // A loop for each comparison: one that asks which comparison it is costs as much again for each packet.
  switch (comparison) {
    case '==':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) if (value(scope, at) === limit) return true
        return false
      }
    case '!=':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) {
          const here = value(scope, at)
          // Not !==, which holds for what is no number.
          if (here < limit || here > limit) return true
        }
        return false
      }
    case '>':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) if (value(scope, at) > limit) return true
        return false
      }
    case '<':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) if (value(scope, at) < limit) return true
        return false
      }
    case '>=':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) if (value(scope, at) >= limit) return true
        return false
      }
    case '<=':
      return (scope) => {
        for (let at = count(scope) - 1; at >= 0; at--) if (value(scope, at) <= limit) return true
        return false
      }
  }
}

/** True where any value of one source compares so with any of the other. */
export function anyAgainstNumbers(left: NumberSource, comparison: Comparison, right: NumberSource): Predicate {
  const holds = ORDER[comparison]
  return (scope) => {
    const rights = right.count(scope)
    if (rights === 0) return false
    for (let at = left.count(scope) - 1; at >= 0; at--) {
      const value = left.value(scope, at)
      for (let other = 0; other < rights; other++) if (holds(value - right.value(scope, other))) return true
    }
    return false
  }
}

/** What a comparison asks of the difference of two values. */
export const ORDER: Readonly<Record<Comparison, (difference: number) => boolean>> = {
  '==': (difference) => difference === 0,
  '!=': (difference) => difference < 0 || difference > 0,
  '>': (difference) => difference > 0,
  '<': (difference) => difference < 0,
  '>=': (difference) => difference >= 0,
  '<=': (difference) => difference <= 0,
}

/** True where any value lies in one of the ranges, both ends included. */
export function anyInRanges(
  source: NumberSource,
  ranges: readonly (readonly [low: number, high: number])[],
): Predicate {
  const { count, value } = source
  const single = new Set(ranges.filter(([low, high]) => low === high).map(([low]) => low))
  const wide = ranges.filter(([low, high]) => low !== high)
  return (scope) => {
    for (let at = count(scope) - 1; at >= 0; at--) {
      const here = value(scope, at)
      if (single.has(here)) return true
      for (const [low, high] of wide) if (here >= low && here <= high) return true
    }
    return false
  }
}
