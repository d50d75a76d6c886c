import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Rows of SECURITY.md's table: a number, and the constant in the code that enforces it. */
const BOUNDS = [
  ...readFileSync('SECURITY.md', 'utf8').matchAll(/^\|([^|]+)\|\s*(\d+)\s*\|\s*`([^`]+)` `(\w+)`\s*\|$/gm),
].map(([, what, number, file, name]) => ({ what: what!.trim(), number: Number(number), file: file!, name: name! }))

/** The value of a constant or a property: a product or a power of whole numbers, or a shift. */
function valueIn(source: string, name: string): number | null {
  const expression = new RegExp(`\\b${name}\\b\\s*[:=]\\s*([\\d_]+(?:\\s*(?:\\*\\*|\\*|<<)\\s*[\\d_]+)*)`).exec(
    source,
  )?.[1]
  if (expression === undefined) return null
  const [base, shift] = expression.replaceAll('_', '').split('<<')
  const product = base!.split(/(?<!\*)\*(?!\*)/).map((factor) => {
    const [root, power = '1'] = factor.split('**')
    return Number(root) ** Number(power)
  })
  return product.reduce((all, factor) => all * factor, 1) * 2 ** Number(shift ?? 0)
}

describe('the bounds that SECURITY.md states', () => {
  it('are a table', () => {
    expect(BOUNDS.length).toBeGreaterThan(30)
  })

  it.each(BOUNDS)('$what: $number', ({ number, file, name }) => {
    expect(valueIn(readFileSync(file, 'utf8'), name)).toBe(number)
  })
})
