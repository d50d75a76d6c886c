const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const

/** The number in three digits, and its decimal prefix. */
function scaled(count: number): readonly [digits: string, prefix: string] {
  let value = count
  let step = 0
  while (value >= 999.5 && step < PREFIXES.length - 1) {
    value /= 1000
    step++
  }
  const digits = step === 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return [value.toFixed(digits), PREFIXES[step]!]
}

/** `950`, `12.3 M`. */
export function formatCount(count: number): string {
  const [digits, prefix] = scaled(count)
  return prefix === '' ? digits : `${digits} ${prefix}`
}

/** `950 B`, `1.24 kB`, `2.00 GB`: powers of 1000. */
export function formatBytes(count: number): string {
  const [digits, prefix] = scaled(count)
  return `${digits} ${prefix}B`
}
