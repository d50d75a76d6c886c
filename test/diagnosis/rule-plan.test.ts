import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { Case } from '../../src/diagnosis/case.ts'
import { Fact, suffice } from '../../src/diagnosis/fact.ts'
import { FLOW_RULES, VERDICT_RULES } from '../../src/diagnosis/rules.ts'
import { Survey } from '../../src/diagnosis/survey.ts'
import type { Confidence, Verdict } from '../../src/diagnosis/verdict.ts'
import { FlowView } from '../../src/flow/flow-view.ts'
import type { Scan } from '../../src/scan.ts'
import { factsOf } from '../support/facts.ts'
import { randomTraffic } from '../support/random-traffic.ts'

const folder = mkdtempSync(join(tmpdir(), 'noaccept-plans-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAPTURES = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(rules|stories|incident)\b.*\.(pcap|txt)$/.test(name) && !/\blog-/.test(name))
  .map((name) => join('fixtures', name))

interface Judged {
  readonly verdict: Verdict
  readonly confidence: Confidence
}

/** Every flow judged the long way: each rule is asked in its turn, whatever its needs; and which flow rules fire. */
function longWay(scanned: Scan): { judged: Judged[]; fired: string[][]; seen: number } {
  const { flows, frameIds } = scanned
  const { lives, facts: found, captureEnd } = new Survey(scanned)
  const one = new Case(new FlowView(flows), frameIds, captureEnd, lives, new Map())
  const judged: Judged[] = []
  const fired: string[][] = []
  for (let row = 0; row < flows.table.count; row++) {
    const facts = factsOf(one.at(row))
    expect(found[row]).toBe(facts)
    for (const { verdict, needs, certain = [], holds } of VERDICT_RULES) {
      const confidence = typeof holds !== 'string' ? holds(one) : suffice(facts, needs) ? holds : null
      if (suffice(facts, certain)) expect(confidence).toBe('certain')
      if (confidence === null) continue
      judged.push({ verdict, confidence })
      fired.push(FLOW_RULES.filter((rule) => rule.fires(one, verdict)).map(({ id }) => id))
      break
    }
  }
  return { judged, fired, seen: found.reduce((some, facts) => some | facts, 0) }
}

async function expectSame(path: string): Promise<{ judged: readonly Judged[]; seen: number }> {
  const { scan, diagnosis } = await analyze([path])
  const { judged, fired, seen } = longWay(scan)
  const connections = [...diagnosis.connections()]
  expect(connections.map(({ verdict, confidence }) => ({ verdict, confidence }))).toEqual(judged)
  const ids = new Set(FLOW_RULES.map(({ id }) => id))
  const kept = connections.map(({ findings }) =>
    findings.map((at) => diagnosis.findings[at]!.rule).filter((id) => ids.has(id)),
  )
  if (diagnosis.omitted.length === 0) expect(kept).toEqual(fired)
  return { judged, seen }
}

describe('rules that are asked only about flows that have the facts they need', () => {
  it.each(CAPTURES)('judge as if every rule were asked: %s', async (path) => {
    await expectSame(path)
  })

  it('judge random traffic as if every rule were asked', async () => {
    const verdicts = new Set<Verdict>()
    let facts = 0
    for (let seed = 1; seed <= 20; seed++) {
      const path = join(folder, `${seed}.pcap`)
      writeFileSync(path, randomTraffic(seed, 300))
      const { judged, seen } = await expectSame(path)
      for (const { verdict } of judged) verdicts.add(verdict)
      facts |= seen
    }
    // The traffic is worth its while: nearly every verdict that packets give is among them, and every fact.
    expect(verdicts.size).toBeGreaterThanOrEqual(16)
    expect(Object.keys(Fact).filter((name) => (facts & Fact[name as keyof typeof Fact]) === 0)).toEqual([])
  }, 60_000)
})
