/** Ascending numbers with neighbours joined: `1–3, 5, 7–9`. Beyond `limit` ranges it says how many numbers are left. */
export function formatRanges(numbers: readonly number[], limit = Number.POSITIVE_INFINITY): string {
  const ranges: string[] = []
  let at = 0
  while (at < numbers.length && ranges.length < limit) {
    const first = at
    while (at + 1 < numbers.length && numbers[at + 1] === numbers[at]! + 1) at++
    const dash = at - first === 1 ? ', ' : '–'
    ranges.push(at === first ? `${numbers[first]}` : `${numbers[first]}${dash}${numbers[at]}`)
    at++
  }
  const left = numbers.length - at
  return left === 0 ? ranges.join(', ') : `${ranges.join(', ')} and ${left} more`
}
