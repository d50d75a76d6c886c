import { ORDER, type Predicate } from './compare-numbers.ts'
import type { TextSource } from './source.ts'
import type { Comparison } from './syntax.ts'

/** True where `test` holds for one of the texts. */
export function anyText(source: TextSource, test: (value: string) => boolean): Predicate {
  return (scope) => {
    for (let at = source.count(scope) - 1; at >= 0; at--) if (test(source.value(scope, at))) return true
    return false
  }
}

/** True where one of the texts compares so with `text`. */
export function anyAgainstText(source: TextSource, comparison: Comparison, text: string): Predicate {
  const holds = ORDER[comparison]
  return anyText(source, (value) => holds(compareTexts(value, text)))
}

/** True where one of the texts of `left` compares so with one of `right`. */
export function anyAgainstTexts(left: TextSource, comparison: Comparison, right: TextSource): Predicate {
  const holds = ORDER[comparison]
  return (scope) => {
    for (let at = right.count(scope) - 1; at >= 0; at--) {
      const other = right.value(scope, at)
      for (let own = left.count(scope) - 1; own >= 0; own--)
        if (holds(compareTexts(left.value(scope, own), other))) return true
    }
    return false
  }
}

const compareTexts = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1)
