import { describe, expect, it } from 'vitest'
import { seen } from '../../src/diagnosis/finding.ts'
import { frameComments } from '../../src/report/frame-comments.ts'
import { correlated, HOSTILE, hostileReport, report, silentFinding } from '../support/report.ts'

describe('comments on frames', () => {
  it('put the finding on its first deciding frame and each fact on its own frames', () => {
    const { frames } = frameComments(report(), 0)
    expect(frames.get(1)).toEqual([
      'noaccept finding 1, error (likely): The server’s kernel acks everything on port 9000, and its process never reads a byte [no-accept-signature]',
      'noaccept 1: handshake completed',
    ])
    expect(frames.get(4)).toEqual(['noaccept 1: 5 pushes of 44 bytes every 2102 ms, none answered'])
    expect([...frames.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17])
  })

  it('put the log line on the frame that it belongs to, with its distance', () => {
    const evidence = [
      {
        ...seen('readable', 0, [3]),
        log: 0,
        lines: [250],
        quote: 'readable socket list:932,',
        apart: { ms: 2.9, uncertaintyMs: 15.625 },
      },
    ]
    const { frames } = frameComments({ ...correlated(), findings: [silentFinding({ evidence })] }, 0)
    expect(frames.get(3)).toContain(
      'noaccept 1: log line server.log:250 (+2.9 ms, ±15.625 ms): readable socket list:932,',
    )
  })

  it('say the summary in the section: root cause, findings, filters', () => {
    const { section } = frameComments(correlated(), 0)
    expect(section).toContain('Root cause (likely): two threads stored into one slot of the socket table [slot-race]')
    expect(section).toContain('tcp.stream eq 0')
  })

  it('are of one finding alone where it is named', () => {
    const two = report({
      findings: [silentFinding(), silentFinding({ title: 'Another', evidence: [seen('other', 0, [99])] })],
    })
    const { frames, section } = frameComments(two, 0, 1)
    expect([...frames.keys()]).toEqual([99])
    expect(section).toContain('Another')
    expect(section).not.toContain('never reads')
  })

  it('leave the frames of another capture alone', () => {
    expect(frameComments(report(), 1).frames.size).toBe(0)
  })

  it.each(Object.entries(HOSTILE))('carry hostile text as visible text: %s', (_, text) => {
    const { frames, section } = frameComments(hostileReport(text), 0)
    const all = [section.replaceAll('\n', ''), ...[...frames.values()].flat()].join('')
    expect(all).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202a-\u202e\u2066-\u2069]/)
  })

  it('stay short, however much is said of a frame', () => {
    const evidence = Array.from({ length: 1000 }, (_, index) => seen(`fact ${index} ${'x'.repeat(5000)}`, 0, [1]))
    const comments = frameComments(report({ findings: [silentFinding({ evidence })] }), 0).frames.get(1)!
    expect(comments.join('').length).toBeLessThan(10_000)
  })
})
