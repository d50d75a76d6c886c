import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { RULES, VERDICT_RULES } from '../src/diagnosis/rules.ts'
import { VERDICTS } from '../src/diagnosis/verdict.ts'

const scenes = fileURLToPath(new URL('../fixtures/rules/', import.meta.url))

/** The scene of a kind: a packet list, or a capture where a list cannot tell what matters. */
function sceneOf(rule: string, kind: string): string {
  const found = ['txt', 'pcap', 'pcapng']
    .map((type) => `${scenes}${rule}/${kind}.${type}`)
    .find((path) => existsSync(path))
  if (found === undefined) throw new Error(`there is no scene ${kind} in fixtures/rules/${rule}`)
  return found
}

async function findingsOf(rule: string, kind: string) {
  const { diagnosis } = await analyze([sceneOf(rule, kind)])
  return diagnosis.findings.filter((finding) => finding.rule === rule)
}

describe.each(RULES.map((rule) => rule.id))('%s', (id) => {
  it('fires on its scene, with a sentence and a proof', async () => {
    const found = await findingsOf(id, 'fires')
    expect(found.length).toBeGreaterThan(0)
    for (const { title, explanation, evidence, stream, nextSteps } of found) {
      expect(title.length).toBeGreaterThan(10)
      expect(explanation.length).toBeGreaterThan(10)
      expect(nextSteps.length).toBeGreaterThan(0)
      if (stream !== null) expect(evidence.some(({ frames }) => frames.length > 0)).toBe(true)
    }
  })

  it('is silent on the nearest innocent scene', async () => {
    expect(await findingsOf(id, 'silent')).toEqual([])
  })
})

describe('the rules', () => {
  it('have a scene each, and no scene is left without a rule', () => {
    const folders = readdirSync(scenes, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  it('have ids of their own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
  })

  it('give verdicts of the published list', () => {
    for (const { verdict } of VERDICT_RULES) expect(VERDICTS).toContain(verdict)
  })
})
