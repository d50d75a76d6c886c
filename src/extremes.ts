/**
 * The least and the greatest of any number of values; an infinity of none, NaN where one of them is. Spread into `Math.min`,
 * more than some hundred thousand find no room on the stack.
 */
export function least(values: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY
  for (const value of values) found = Math.min(found, value)
  return found
}

/** See {@link least}. */
export function greatest(values: Iterable<number>): number {
  let found = Number.NEGATIVE_INFINITY
  for (const value of values) found = Math.max(found, value)
  return found
}
