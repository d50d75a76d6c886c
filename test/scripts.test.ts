import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('a tool that is given what it does not know', () => {
  it.each([
    ['scripts/fuzz.mjs', ['--wrong'], "Unknown option '--wrong'"],
    ['scripts/fuzz.mjs', ['--reader', 'nothing'], 'there is no reader "nothing"'],
    ['scripts/fuzz.mjs', ['--cases', 'many'], '--cases takes a whole number, not "many"'],
    ['scripts/soak.mjs', ['--wrong'], "Unknown option '--wrong'"],
    ['scripts/soak.mjs', ['--packets', '1e3'], '--packets takes a whole number, not "1e3"'],
    ['bench/run.mjs', ['--wrong'], "Unknown option '--wrong'"],
    ['bench/run.mjs', ['--runs', '-1'], '--runs'],
    ['bench/run.mjs', ['--only', 'nothing'], 'no load has "nothing" in its name'],
  ])('%s %j: says so in a sentence, and how it is used', (script, given, sentence) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr).toContain(`usage: node ${script}`)
    expect(stderr).not.toMatch(/node:internal|\n\s+at /)
  })
})
