/**
 * Numbers in the order of their keys, least first, equal ones as they stand. Array's own sort holds several objects of
 * each on the heap: a merge of typed arrays takes four bytes more of each, outside it.
 */
export function sortedByKey(numbers: Uint32Array, keys: Float64Array): Uint32Array {
  let from = numbers.slice()
  let to = new Uint32Array(numbers.length)
  for (let width = 1; width < numbers.length; width *= 2) {
    for (let at = 0; at < numbers.length; at += 2 * width) merge(from, to, at, width, keys)
    ;[from, to] = [to, from]
  }
  return from
}

/** Merges the runs of `width` at `start` and behind it. */
function merge(from: Uint32Array, to: Uint32Array, start: number, width: number, keys: Float64Array): void {
  const middle = Math.min(start + width, from.length)
  const end = Math.min(middle + width, from.length)
  let left = start
  let right = middle
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || keys[from[left]!]! <= keys[from[right]!]!)
    to[at] = takesLeft ? from[left++]! : from[right++]!
  }
}
