export const ascending = (a: number, b: number): number => a - b

/** How many of the ascending moments are not after `time`. */
export function countUntil(moments: readonly number[], time: number): number {
  let low = 0
  let high = moments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (moments[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low
}
