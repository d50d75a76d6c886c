import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { LateFinding } from '../../src/diagnosis/late-finding.ts'
import { analyzed, Conversation } from '../support/scene-capture.ts'

/** Two clients that a server acknowledges and never answers. */
async function unanswered() {
  const lines = [50_001, 50_002].flatMap((port, at) => {
    const c = new Conversation(port)
    return [c.opened(at), ...[1, 2, 3, 4].flatMap((turn) => [c.push(at + turn), c.acked(at + turn + 0.0001)])]
  })
  const { diagnosis } = await analyzed(lines.join('\n'))
  return diagnosis.findings.filter((finding) => finding instanceof LateFinding)
}

describe('a finding that is told when it is read', () => {
  it('tells the same again after another was read', async () => {
    const [first, second] = await unanswered()
    const before = JSON.stringify(first)
    expect(second!.title).not.toBe(first!.title)
    expect(JSON.stringify(first)).toBe(before)
  })

  it('is copied with all that it tells', async () => {
    const [first] = await unanswered()
    const copy = { ...first! }
    expect(copy.title).toBe(first!.title)
    expect(copy.ladder).toEqual(first!.ladder)
    expect(copy.filter).toBe('tcp.stream eq 0')
  })

  it('is shown with all that it tells', async () => {
    const [first] = await unanswered()
    expect(inspect(first)).toBe(inspect({ ...first! }))
    expect(inspect(first)).toContain(first!.title)
  })
})
