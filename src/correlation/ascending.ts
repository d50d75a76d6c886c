/** Lists in ascending order of a number, by bisection. */

/** How many of them are before `bound`. */
export function countBelow<T>(list: readonly T[], bound: number, of: (item: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (of(list[middle]!) < bound) low = middle + 1
    else high = middle
  }
  return low
}

/** The number itself. */
export const itself = (value: number): number => value
