import { describe, expect, it } from 'vitest'
import { showProgress } from '../../src/cli/progress.ts'
import type { Progress } from '../../src/scan.ts'
import { recordedIo } from '../support/io.ts'

const progress = (change: Partial<Progress> = {}): Progress => ({
  path: 'client.pcap',
  bytes: 5e8,
  packets: 4_000_000,
  storedBytes: 5e8,
  storedSize: 2e9,
  ...change,
})

/** Runs `updates` one millisecond apart for a while of `milliseconds`. */
function run(
  options: { progress: 'auto' | 'json' | 'none'; quiet?: boolean },
  terminal: boolean,
  milliseconds: number,
) {
  const io = recordedIo({ stderrIsTerminal: terminal })
  let time = 0
  const display = showProgress({ quiet: false, ...options }, io, () => time)
  for (; time <= milliseconds; time++) display.update(progress())
  const before = io.stderr
  display.end()
  return { before, after: io.stderr.slice(before.length) }
}

describe('progress', () => {
  it('renews one line at most ten times a second on a terminal, and takes it away', () => {
    const { before, after } = run({ progress: 'auto' }, true, 2000)
    const lines = before.split('\r\x1b[K').slice(1)
    expect(lines).toHaveLength(16)
    expect(lines.at(-1)).toBe('client.pcap: 25 %, 500 MB of 2.00 GB, 4.00 M packets, 2.00 M/s, 6 s left')
    expect(before).not.toContain('\n')
    expect(after).toBe('\r\x1b[K')
  })

  it('shows nothing of work that is done at once', () => {
    expect(run({ progress: 'auto' }, true, 499)).toEqual({ before: '', after: '' })
  })

  it.each([
    { options: { progress: 'auto' }, terminal: false },
    { options: { progress: 'none' }, terminal: true },
    { options: { progress: 'auto', quiet: true }, terminal: true },
  ] as const)('shows nothing for $options where the terminal is $terminal', ({ options, terminal }) => {
    expect(run(options, terminal, 5000)).toEqual({ before: '', after: '' })
  })

  it('writes JSON lines for programs, also where no terminal is', () => {
    const { before, after } = run({ progress: 'json', quiet: true }, false, 1000)
    const lines = before.trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(JSON.parse(lines.at(-1)!)).toEqual({
      type: 'progress',
      path: 'client.pcap',
      bytes: 5e8,
      packets: 4_000_000,
      storedBytes: 5e8,
      storedSize: 2e9,
      elapsedMs: 1000,
      packetsPerSecond: 4_000_000,
      leftMs: 3000,
    })
    expect(after).toBe('')
  })

  it('foretells nothing of a pipe', () => {
    const io = recordedIo({ stderrIsTerminal: true })
    let time = 0
    const display = showProgress({ progress: 'auto', quiet: false }, io, () => time)
    time = 1000
    display.update(progress({ path: '-', storedSize: null }))
    expect(io.stderr).toBe('\r\x1b[K-: 500 MB, 4.00 M packets, 4.00 M/s')
  })

  it('keeps to one line of the terminal, and lets a path drive nothing', () => {
    const io = recordedIo({ stderrIsTerminal: true, columns: 60 })
    let time = 0
    const display = showProgress({ progress: 'auto', quiet: false }, io, () => time)
    time = 1000
    display.update(progress({ path: `\x1b[2J${'x'.repeat(300)}.pcap` }))
    expect(io.stderr.replace('\r\x1b[K', '').length).toBeLessThan(60)
    expect(io.stderr.replace('\r\x1b[K', '')).not.toContain('\x1b')
  })

  it('measures each file from its own start', () => {
    const io = recordedIo()
    let time = 0
    const display = showProgress({ progress: 'json', quiet: false }, io, () => time)
    for (time = 0; time <= 1000; time++) display.update(progress())
    for (time = 1001; time <= 2001; time++) display.update(progress({ path: 'second.pcap' }))
    const last = JSON.parse(io.stderr.trimEnd().split('\n').at(-1)!)
    expect(last).toMatchObject({ path: 'second.pcap', elapsedMs: expect.closeTo(1000, -2) })
  })
})
