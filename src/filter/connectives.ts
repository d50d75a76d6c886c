import type { Predicate } from './compare-numbers.ts'

/** Both, or all of more: an `and` has two parts at the least. */
export function allOf(parts: readonly Predicate[]): Predicate {
  const [first, second, ...more] = parts
  if (more.length === 0) return (scope) => first!(scope) && second!(scope)
  return (scope) => {
    for (let at = 0; at < parts.length; at++) if (!parts[at]!(scope)) return false
    return true
  }
}

/** One of the parts, of which there is at least one. */
export function someOf(parts: readonly Predicate[]): Predicate {
  const [first, second, ...more] = parts
  if (second === undefined) return first!
  if (more.length === 0) return (scope) => first!(scope) || second(scope)
  return (scope) => {
    for (let at = 0; at < parts.length; at++) if (parts[at]!(scope)) return true
    return false
  }
}
