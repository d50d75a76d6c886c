import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compare } from '../../src/compare/comparison.ts'
import { comparisonJson } from '../../src/compare/json.ts'
import { comparisonMarkdown } from '../../src/compare/markdown.ts'
import { comparisonTerminal } from '../../src/compare/terminal.ts'
import { partingText } from '../../src/compare/wording.ts'

const incident = (name: string) => `fixtures/incident/${name}`
const story = (name: string) => `fixtures/stories/${name}/${name}.pcap`
const OPTIONS = { width: 100, color: 0, ascii: false, verbose: false } as const
const scratch = mkdtempSync(join(tmpdir(), 'noaccept-compare-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const terminal = async (a: string, b: string) => [...comparisonTerminal(await compare(a, b), OPTIONS)].join('')

/** A little-endian Ethernet pcap with every time moved and every port `from` replaced. */
function shifted(path: string, seconds: number, from: number, to: number): string {
  const bytes = readFileSync(path)
  for (let at = 24; at < bytes.length; ) {
    bytes.writeUInt32LE(bytes.readUInt32LE(at) + seconds, at)
    const length = bytes.readUInt32LE(at + 8)
    for (const port of [at + 16 + 34, at + 16 + 36])
      if (bytes.readUInt16BE(port) === from) bytes.writeUInt16BE(to, port)
    at += 16 + length
  }
  const out = join(scratch, 'shifted.pcap')
  writeFileSync(out, bytes)
  return out
}

describe('the comparison of two captures', () => {
  it.each(['pcap', 'txt'])('finds the incident in its second capture, after the refusals (%s)', async (extension) => {
    const text = await terminal(incident(`listing-1.${extension}`), incident(`listing-2.${extension}`))
    const unwrapped = text.replace(/\s+/g, ' ')
    expect(text).toContain('Same sequence after the refusals.')
    expect(text).toContain('B begins with 1 attempt refused (3 SYNs')
    expect(unwrapped).toContain('push 44, ack, push 138, ack, push 179, ack, (push 44, ack) ×4 every 2.103 s')
    expect(unwrapped).toContain('(push 44, ack) ×4 every 2.101 s')
    expect(unwrapped).toContain('5 of its 7 acknowledgments could have told, and all say so')
    expect(unwrapped).toContain('B cannot tell whether anything was read: 0 of its 4')
  })

  it('takes the race and the accept blocked on purpose for the same sequence', async () => {
    const { answer, points } = await compare(story('slot-race'), story('blocked-accept'))
    expect(answer).toBe('same')
    expect(points).toBeNull()
  })

  it('parts the race from its repair at the first answer', async () => {
    const { answer, roles } = await compare(story('slot-race'), story('repaired'), { ports: [9000] })
    expect(answer).toBe('differs')
    expect(roles).toHaveLength(1)
    expect(partingText(roles[0]!.pairs[0]!)).toMatchObject({
      step: 5,
      after: 'client push 44',
      a: { text: 'server ack', frame: expect.any(Number) },
      b: { text: 'server push 32', frame: expect.any(Number) },
    })
  })

  it('parts a process that froze from one that went on, although both served at first', async () => {
    const { roles } = await compare(story('frozen-process'), story('repaired'), { ports: [9000] })
    expect(partingText(roles[0]!.pairs[0]!)).toMatchObject({ a: { text: 'server ack' }, b: { text: 'server push 32' } })
  })

  it('takes no queries that are only acknowledged for the beginning of answered ones', async () => {
    const { roles } = await compare(story('repaired'), story('read-never-answered'), { ports: [9000] })
    expect(partingText(roles[0]!.pairs[0]!)).toMatchObject({ a: { text: 'server push 32' }, b: { text: 'server ack' } })
  })

  it('takes a connection that the capture cut off for the same as far as it goes', async () => {
    const bytes = readFileSync(story('repaired'))
    let end = 24
    const stamp = bytes.readUInt32LE(24)
    // Up to the middle of the run: the third query is answered, the others are not captured.
    while (bytes.readUInt32LE(end) < stamp + 7) end += 16 + bytes.readUInt32LE(end + 8)
    const cut = join(scratch, 'cut.pcap')
    writeFileSync(cut, bytes.subarray(0, end))
    expect((await compare(story('repaired'), cut, { ports: [9000] })).answer).toBe('same')
    expect((await compare(cut, story('slot-race'), { ports: [9000] })).answer).toBe('differs')
  })

  it('takes a service that was refused at first for the same, once it listens', async () => {
    const { answer } = await compare(story('refused-first'), story('repaired'), { ports: [9000] })
    expect(answer).toBe('same-after-refusals')
  })

  it('parts a service that refused all along from one that came about', async () => {
    // Frames 1 to 6 of the second capture of the incident: the SYNs, each answered with RST.
    const bytes = readFileSync(incident('listing-2.pcap'))
    let end = 24
    for (let frame = 1; frame <= 6; frame++) end += 16 + bytes.readUInt32BE(end + 8)
    const refused = join(scratch, 'refused.pcap')
    writeFileSync(refused, bytes.subarray(0, end))
    expect((await compare(refused, incident('listing-2.pcap'))).answer).toBe('differs')
    expect((await compare(refused, refused)).answer).toBe('same')
  })

  it('parts where attempts go unanswered while other connections live', async () => {
    const { answer } = await compare(story('backlog-overflow'), story('blocked-accept'), { ports: [9000] })
    expect(answer).toBe('differs')
  })

  it('takes a capture for its own, moved in time and to another port, and measures by how much', async () => {
    const { answer, roles, points } = await compare(story('repaired'), shifted(story('repaired'), 86_400, 9000, 7777))
    expect(answer).toBe('same')
    expect(roles.map(({ a, b, by }) => [a.port, b.port, by])).toContainEqual([9000, 7777, 'sizes'])
    expect(points!.clock).toEqual({ known: true, offset: 86_400e9, uncertainty: 0, pairs: points!.matched })
  })

  it('says of unrelated captures that they are', async () => {
    const { answer } = await compare(incident('listing-1.pcap'), story('repaired'), { ports: [61169, 9100] })
    expect(answer).toBe('unrelated')
  })

  it('tells the same in JSON and in Markdown', async () => {
    const comparison = await compare(story('slot-race'), story('repaired'), { ports: [9000] })
    const document = JSON.parse([...comparisonJson(comparison)].join(''))
    expect(document).toMatchObject({ answer: 'differs', complete: true, samePoints: null })
    expect(document.roles[0].pairs[0].parting).toMatchObject({ step: 5, a: { text: 'server ack' } })
    expect(document.roles[0].pairs[0].a.rounds.at(-1)).toMatchObject({ count: 5, periodMs: expect.any(Number) })
    const markdown = [...comparisonMarkdown(comparison)].join('')
    expect(markdown).toContain('**They part at step 5**')
    expect(markdown).toContain('| server pushes | none | 32 ×5 |')
  })

  it('cuts no number of the table, however narrow the terminal is', async () => {
    const comparison = await compare(story('slot-race'), story('blocked-accept'))
    for (const width of [60, 80, 120]) {
      const text = [...comparisonTerminal(comparison, { ...OPTIONS, width })].join('')
      expect(text).not.toContain('…')
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width)
      for (const row of comparison.roles.flatMap(({ numbers }) => numbers).filter(({ a, b }) => a !== b))
        for (const word of `${row.a} ${row.b}`.split(' ')) expect(text).toContain(word)
    }
  })

  it('tells six sequences of a service, and how many more there are', async () => {
    const comparison = await compare(story('slot-race'), story('repaired'), { ports: [9000] })
    const [role] = comparison.roles
    const shown = (pairs: number, verbose = false) => {
      const roles = [{ ...role!, pairs: Array.from({ length: pairs }, () => role!.pairs[0]!) }]
      return [...comparisonTerminal({ ...comparison, roles }, { ...OPTIONS, verbose })].join('')
    }
    expect(shown(6)).not.toContain('more sequence')
    expect(shown(7)).toContain('  1 more sequence: --verbose tells it\n')
    expect(shown(8)).toContain('  2 more sequences: --verbose tells them\n')
    expect(shown(8, true)).not.toContain('more sequence')
  })

  it('gives the same bytes for the same captures', async () => {
    const once = await terminal(story('slot-race'), story('repaired'))
    expect(await terminal(story('slot-race'), story('repaired'))).toBe(once)
  })
})
