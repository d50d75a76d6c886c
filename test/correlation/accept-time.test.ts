import { describe, expect, it } from 'vitest'
import { correlated } from '../support/correlated.ts'
import type { Told } from '../support/wire.ts'

const line = (seconds: number, words: string): string =>
  `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z INFO ${words}\n`
const BEGIN = line(0, 'listening fd=5 addr=127.0.0.1:9000')
const accept = (seconds: number, port: number) => line(seconds, `accepted connection fd=7 peer=127.0.0.1:${port}`)

const judge = (text: string, told: readonly Told[]) => correlated(told, [text], 19)

const PROMPT: Told = { clientPort: 50_001, open: 1, pushes: [[1.1, 44]], replies: [[1.2, 4]], verdict: 'healthy' }

describe('a connection that is answered all at once, seconds after its handshake', () => {
  const late: Told = {
    clientPort: 50_002,
    open: 3,
    pushes: [
      [3.1, 44],
      [5.1, 44],
    ],
    replies: [
      [12, 4],
      [12.1, 4],
    ],
    verdict: 'delayed-accept',
  }

  it('was answered late where the log shows its accept at the handshake', async () => {
    const { overrides, rootCause } = await judge(BEGIN + accept(1.001, 50_001) + accept(3.001, 50_002), [PROMPT, late])
    expect(overrides.get(1)).toMatchObject({ verdict: 'slow-responder', confidence: 'likely' })
    expect(overrides.get(1)!.candidates).toContainEqual({
      verdict: 'delayed-accept',
      standing: 'contradicted',
      reasons: ['line 3 accepts it at its handshake'],
    })
    expect(rootCause?.verdict).not.toBe('delayed-accept')
  })

  it('was accepted late where the log shows its accept then', async () => {
    const { overrides } = await judge(BEGIN + accept(1.001, 50_001) + accept(11.9, 50_002), [PROMPT, late])
    expect(overrides.get(1)).toMatchObject({ verdict: 'delayed-accept' })
  })
})

/** Others that are accepted and answered at once, by when they open. */
const OTHERS = [4, 5, 6, 7]

describe('an accept line long after the handshake', () => {
  const told = (replied: number): readonly Told[] => [
    PROMPT,
    ...OTHERS.map((open) => ({
      ...PROMPT,
      clientPort: 50_000 + open * 100,
      open,
      pushes: [[open + 0.1, 44]] as const,
      replies: [[open + 0.2, 4]] as const,
    })),
    { ...PROMPT, clientPort: 50_003, open: 3, pushes: [[3.1, 44]], replies: [[replied, 4]] },
  ]
  const others = OTHERS.map((open) => accept(open + 0.001, 50_000 + open * 100)).join('')
  const log = BEGIN + accept(1.001, 50_001) + others + accept(9, 50_003)

  it('tells of a late accept where the first answer follows it', async () => {
    const { findings } = await judge(log, told(9.1))
    expect(findings.map(({ rule }) => rule)).toContain('accept-late')
  })

  it('tells nothing of the accept’s time where the server had answered before it', async () => {
    const { findings, scene } = await judge(log, told(3.2))
    expect(findings.map(({ rule }) => rule)).not.toContain('accept-late')
    expect(scene.facts.at(-1)).toMatchObject({ acceptDelay: null, accepted: { accepted: { line: 7 } } })
  })
})

describe('an accept line long after the handshake of a connection that nobody answers', () => {
  const pushed = [3.1, 5.1, 7.1, 9.1]
  const mute: Told = { clientPort: 50_003, open: 3, pushes: pushed.map((at) => [at, 44] as const) }
  const prompt = OTHERS.map(
    (at): Told => ({
      ...PROMPT,
      clientPort: 50_000 + at * 100,
      open: at - 3.5,
      pushes: [[at - 3.4, 44]],
      replies: [[at - 3.3, 4]],
    }),
  )
  const before = OTHERS.map((at) => accept(at - 3.499, 50_000 + at * 100)).join('')
  const read = (seconds: number) => line(seconds, 'recv fd=7 bytes=44')
  const lateIn = async (lines: string) =>
    (await judge(BEGIN + before + lines, [...prompt, mute])).findings.find(({ rule }) => rule === 'accept-late')

  it('tells of a late accept where the queue is read at once', async () => {
    expect(
      await lateIn(accept(10, 50_003) + pushed.map((_, index) => read(10.01 + index / 1000)).join('')),
    ).toBeDefined()
  })

  it('tells of a clock that was set where each push is read as late as the others', async () => {
    expect(await lateIn(accept(9, 50_003) + pushed.map((at) => read(at + 6)).join(''))).toBeUndefined()
  })

  it('is only suspected to be late where no line behind it agrees with the packets', async () => {
    expect(await lateIn(accept(9, 50_003))).toMatchObject({ confidence: 'suspected' })
    const later: Told = { ...PROMPT, clientPort: 50_004, open: 12, pushes: [[12.1, 44]], replies: [[12.2, 4]] }
    const text = BEGIN + before + accept(9, 50_003) + accept(12.001, 50_004)
    const { findings } = await judge(text, [...prompt, mute, later])
    expect(findings.find(({ rule }) => rule === 'accept-late')).toMatchObject({ confidence: 'likely' })
  })
})
