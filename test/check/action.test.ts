import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const scratch = mkdtempSync(join(tmpdir(), 'noaccept-action-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const bash = spawnSync('bash', ['--version']).error === undefined

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly { readonly env: Readonly<Record<string, string>> }[] }
}

describe('the GitHub Action', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as Action

  it('hands each of its inputs to its script, and none into a command line', () => {
    const { env } = action.runs.steps[0]!
    for (const input of Object.keys(action.inputs)) expect(Object.values(env)).toContain(`\${{ inputs.${input} }}`)
    const script = readFileSync('scripts/check-action.sh', 'utf8')
    for (const name of Object.keys(env)) expect(script).toContain(name)
    expect(script).not.toContain('${{')
  })

  it.runIf(bash)('passes paths on as they are, writes what was asked for, and ends as the check does', () => {
    // Stands in for noaccept: tells its arguments, and ends as one whose expectation is not met.
    const stand = join(scratch, 'noaccept')
    writeFileSync(stand, '#!/bin/sh\nfor a in "$@"; do printf "<%s>" "$a"; done\necho\nexit 1\n')
    chmodSync(stand, 0o755)
    const output = join(scratch, 'output')
    const run = spawnSync('bash', ['scripts/check-action.sh'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        NOACCEPT_ACTION: '.',
        NOACCEPT_COMMAND: stand,
        NOACCEPT_PATHS: 'fixtures\n\nwith a blank; $(touch here)\n',
        NOACCEPT_SARIF: 'x.sarif',
        GITHUB_OUTPUT: output,
      },
    })
    expect(run.stderr).toBe('')
    expect(run.stdout.split('\n').slice(0, 2)).toEqual([
      '<check><--format><github><--><fixtures><with a blank; $(touch here)>',
      '<check><--quiet><--format><sarif><--output><x.sarif><--><fixtures><with a blank; $(touch here)>',
    ])
    expect(run.status).toBe(1)
    expect(readFileSync(output, 'utf8')).toBe('exit-code=1\n')
  })
})
