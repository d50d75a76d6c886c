import { describe, expect, it } from 'vitest'
import { type Item, judge } from '../../src/check/judge.ts'
import { readExpectation } from '../../src/check/read-expectation.ts'
import { newExpectation, updatedExpectation } from '../../src/check/update-expectation.ts'
import type { Report } from '../../src/report/report.ts'
import { capture, listener, report, silentConnection, silentFinding } from '../support/report.ts'

const read = (text: string) => readExpectation(text, 'a.expect.yaml')
const updated = (text: string, found: Report): string => updatedExpectation(text, read(text).expected, found)
const unmet = (text: string, found: Report): Item[] => judge(read(text), found).filter(({ met }) => !met)
const told = (text: string, found: Report): string[] =>
  judge(read(text), found).map(({ what, expected, found: got }) => `${what}: ${expected}; ${got}`)

const web = (address: string) => ({ server: { address, port: 80 } })
/** A balancer that serves, and one that is down, on the same port. */
const twoServers = report({
  listeners: [
    listener({
      address: '10.0.0.2',
      port: 80,
      connections: 1,
      served: 1,
      verdict: 'healthy',
      findings: [],
      streams: [0],
    }),
    listener({ address: '10.0.0.3', port: 80, connections: 2, verdict: 'refused', findings: [0], streams: [1, 2] }),
  ],
  list: [
    silentConnection({ ...web('10.0.0.2'), verdict: 'healthy', findings: [] }),
    silentConnection({ stream: 1, ...web('10.0.0.3'), verdict: 'refused' }),
    silentConnection({ stream: 2, ...web('10.0.0.3'), verdict: 'refused' }),
  ],
  findings: [silentFinding({ rule: 'refused', title: 'Nobody listens on port 80', stream: 1 })],
})

describe('servers at two addresses with one port', () => {
  it('are expected together, and meet at once what is written of them', () => {
    const text = newExpectation(twoServers, [])
    expect(text).toBe(
      'connections: 3\nlisteners:\n  "80":\n    connections: 3\n    served: 1\n    verdicts:\n      healthy: 1\n      refused: 2\nfires:\n  refused: 1\n',
    )
    expect(unmet(text, twoServers)).toEqual([])
  })

  it('have no verdict in common where they differ: both are told, with what was found of either', () => {
    const [verdict] = judge(read('listeners:\n  80: { verdict: healthy }'), twoServers)
    expect(verdict).toMatchObject({ expected: 'healthy', found: 'healthy and refused', met: false })
    expect(verdict!.evidence).toContain('Nobody listens on port 80')
  })

  it('may each have one of several verdicts, which then stay as they are', () => {
    const text = (verdicts: string) => `listeners:\n  80:\n    verdict: ${verdicts}\n`
    expect(unmet(text('[healthy, refused]'), twoServers)).toEqual([])
    expect(unmet(text('[healthy, idle]'), twoServers)).toMatchObject([
      { expected: 'healthy or idle', found: 'healthy and refused' },
    ])
    expect(updated(text('[healthy, refused]'), twoServers)).toBe(text('[healthy, refused]'))
  })

  it('lose the verdict that was expected of them, where none is theirs any more', () => {
    const text = 'listeners:\n  80:\n    verdict: healthy\n    connections: 1\n    served: 0\n'
    expect(updated(text, twoServers)).toBe('listeners:\n  80:\n    connections: 3\n    served: 1\n')
  })
})

describe('an expectation that is written anew', () => {
  it.each([
    ['of one connection', report()],
    ['of a damaged capture', report({ complete: false })],
    ['of a capture without TCP', report({ list: [], listeners: [], findings: [] })],
    ['of findings that are not listed', report({ omitted: [{ rule: 'refused', count: 7 }] as Report['omitted'] })],
  ])('is met by what it was written from: %s', (_, found) => {
    expect(unmet(newExpectation(found, []), found)).toEqual([])
  })

  it('names no root cause where no log was beside the capture, and where none was found says so', () => {
    expect(newExpectation(report(), [])).not.toContain('rootCause')
    expect(newExpectation(report(), ['a.log'])).toContain('rootCause: null\n')
  })

  it('asks nothing new, and is the same to the letter where nothing changed', () => {
    const text =
      '# reviewed\nverdicts: {ack-only: 1}   # all of them\nlisteners:\n  9000: # the acceptor\n    served: 0\nfires: { no-accept-signature: any }\nsilent: [refused]\ncomplete: true\n'
    expect(updated(text, report())).toBe(text)
  })

  it('takes several changes in place, whichever stands first in the file', () => {
    const text = 'complete: true # so far\nverdicts: { healthy: 2 }\nconnections: 12 # few\n'
    expect(updated(text, report({ complete: false }))).toBe(
      'complete: false # so far\nverdicts: { ack-only: 1 }\nconnections: 1 # few\n',
    )
    expect(updated('verdicts: { healthy: 2 } # none\n', report({ list: [] }))).toBe('verdicts: {} # none\n')
  })

  it('lets a connection keep the verdicts that one of is given, and else has the one that is', () => {
    const text = (verdicts: string) => `flows:\n  - stream: 0 # the client\n    verdict: ${verdicts}\n`
    expect(updated(text('[never-accepted, ack-only]'), report())).toBe(text('[never-accepted, ack-only]'))
    expect(updated(text('[healthy, idle]'), report())).toBe(text('ack-only'))
    expect(updated(text('healthy'), report())).toBe(text('ack-only'))
  })

  it('says how sure a connection’s verdict is where that was asked for', () => {
    const text = (sure: string) => `flows:\n  - { stream: 0, verdict: ack-only, confidence: ${sure} }\n`
    expect(updated(text('certain'), report())).toBe(text('likely'))
  })

  it('leaves what is expected of a connection that the capture does not hold', () => {
    const text = 'flows:\n  - { stream: 7, verdict: healthy }\n'
    expect(updated(text, report())).toBe(text)
  })

  it('goes without a listener that is gone, and keeps its neighbour', () => {
    const text = 'listeners:\n  80: { served: 4 }\n  9000: { served: 0 }\n'
    expect(updated(text, report())).toBe('listeners:\n  9000: { served: 0 }\n')
  })

  it('goes without rules that are silent now, and without the silence of those that fire', () => {
    const text =
      'fires:\n  no-accept-signature: 3\n  refused: 1\nsilent:\n  - peer-gone\n  - no-accept-signature\n  - synack-lost\n  - slow-reader\n'
    const found = report({ findings: [silentFinding(), silentFinding({ rule: 'slow-reader' })] })
    expect(updated(text, found)).toBe('fires:\n  no-accept-signature: 1\nsilent:\n  - peer-gone\n  - synack-lost\n')
  })

  it('goes without the silence of rules wherever they stand in its list', () => {
    const found = report({ findings: [silentFinding(), silentFinding({ rule: 'slow-reader' })] })
    expect(updated('silent: [no-accept-signature, peer-gone, slow-reader]\n', found)).toMatch(
      /^silent:\s*(?:\[ ?|- )peer-gone\s*\]?\s*$/,
    )
  })
})

describe('what is judged', () => {
  it('tells verdict and confidence of a connection, with its findings and what else it may be', () => {
    const [verdict, confidence] = judge(
      read('flows:\n  - { stream: 0, verdict: [idle, ack-only], confidence: certain }'),
      report(),
    )
    expect(verdict).toMatchObject({ expected: 'idle or ack-only', found: 'ack-only', met: true })
    expect(verdict!.evidence[0]).toMatch(/^The server’s kernel acks everything/)
    expect(verdict!.evidence.at(-1)).toBe('accepted-no-reply, contradicted: the window edge never moves')
    expect(confidence).toMatchObject({ expected: 'certain', found: 'likely', met: false })
  })

  it('finds no connection of a stream that there is not', () => {
    const text = 'flows:\n  - { stream: 7, verdict: healthy, confidence: likely }'
    expect(told(text, report())).toEqual([
      'stream 7: verdict: healthy; no such connection',
      'stream 7: confidence: likely; no such connection',
    ])
    expect(unmet(text, report())).toHaveLength(2)
  })

  it('finds no listener of a port that nobody was connected to', () => {
    expect(told('listeners:\n  80: { served: 0, verdicts: { healthy: 0 } }', report())).toEqual([
      'listener 80: served: 0; no such listener',
      'listener 80: verdicts: none; none',
    ])
  })

  it('counts what is not listed, and says how often a rule fires', () => {
    const found = report({
      findings: [silentFinding(), silentFinding({ rule: 'refused' }), silentFinding({ rule: 'refused' })],
      omitted: [{ rule: 'refused', count: 3 }] as Report['omitted'],
    })
    expect(told('fires: { refused: 5, no-accept-signature: 2 }', found)).toEqual([
      'fires: refused: 5 times; 5 times',
      'fires: no-accept-signature: 2 times; once',
    ])
    expect(told('fires: { slow-reader: any }\nsilent: [refused]', found)).toEqual([
      'fires: slow-reader: at least once; never',
      'silent: refused: never; 5 times',
    ])
  })

  it('shows the first finding of a rule that was to be silent, and none where it is one of those not listed', () => {
    const findings = [silentFinding({ title: 'another' }), silentFinding({ rule: 'refused', evidence: [] })]
    const [listed] = judge(read('silent: [refused]'), report({ findings }))
    const [counted] = judge(
      read('silent: [refused]'),
      report({ omitted: [{ rule: 'refused', count: 3 }] as Report['omitted'] }),
    )
    expect([listed!.met, counted!.met]).toEqual([false, false])
    expect(listed!.evidence).not.toEqual(
      judge(read('silent: [no-accept-signature]'), report({ findings }))[0]!.evidence,
    )
    expect(counted!.evidence).toEqual([])
  })

  it('shows where a capture is damaged, and the errors behind verdicts that were not expected', () => {
    const damage = { frame: 3, offset: 180, expected: 'a length', found: 'none' }
    const findings = ['a', 'b', 'c', 'd'].map((title) => silentFinding({ title }))
    const found = report({
      complete: false,
      captures: [capture({ damage })],
      findings: [silentFinding({ severity: 'note', title: 'a remark' }), ...findings],
    })
    const [complete, verdicts] = judge(read('complete: true\nverdicts: { healthy: 1 }'), found)
    expect(complete!.evidence).toEqual([expect.stringContaining('byte 180')])
    expect(verdicts!.evidence).toEqual(['a', 'b', 'c'])
  })
})
