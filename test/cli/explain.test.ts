import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { command as explain } from '../../src/cli/commands/explain.ts'
import { command as rules } from '../../src/cli/commands/rules.ts'
import { CAUSE_NAMES } from '../../src/correlation/causes/cause-meaning.ts'
import { VERDICTS } from '../../src/diagnosis/verdict.ts'
import { recordedIo } from '../support/io.ts'

async function run(...args: readonly string[]) {
  const io = recordedIo()
  const program = new Command().exitOverride()
  for (const command of [explain, rules]) command.declare(program, io)
  await program.parseAsync([...args], { from: 'user' })
  return io
}

describe('noaccept explain', () => {
  it('tells a rule in full', async () => {
    const { stdout } = await run('explain', 'refused')
    expect(stdout).toMatch(/^error\[refused\]: /)
    expect(stdout).toContain('What looks like it, and what tells the two apart\n  - ')
  })

  it('tells a verdict that is no rule', async () => {
    expect((await run('explain', 'never-accepted')).stdout).toContain('never called accept()')
  })

  it('leads from a verdict without a page of its own to those that say more of it', async () => {
    expect((await run('explain', 'never-accepted')).stdout).toContain('  - noaccept explain no-accept-signature\n')
    expect((await run('explain', 'ack-only', '--format', 'markdown')).stdout).toContain('(no-accept-signature.md)')
    for (const name of [...VERDICTS, ...CAUSE_NAMES]) {
      const { rules = [] } = JSON.parse((await run('explain', name, '--format', 'json')).stdout)
      for (const rule of rules) expect((await run('explain', rule)).stdout).toContain(`[${rule}]`)
    }
  })

  it('tells a root cause, as a report names it', async () => {
    expect((await run('explain', 'slot-race')).stdout).toMatch(/^cause slot-race\n\n {2}Several threads took one slot/)
    expect((await run('rules')).stdout).toContain('  slot-race ')
  })

  it('answers a program in JSON', async () => {
    expect(JSON.parse((await run('explain', 'refused', '--format', 'json')).stdout)).toMatchObject({ id: 'refused' })
  })

  it('names the nearest where it does not know one, and lets the name drive nothing', async () => {
    await expect(run('explain', 'refusde')).rejects.toMatchObject({
      hint: expect.stringContaining('did you mean refused?'),
    })
    await expect(run('explain', 'no-accept')).rejects.toMatchObject({
      hint: expect.stringContaining('did you mean no-accept-signature?'),
    })
    await expect(run('explain', '\x1b[2J')).rejects.toThrow('there is no rule, no verdict and no cause called \\x1b[2J')
  })
})

describe('noaccept rules', () => {
  it('lists what can be found', async () => {
    expect((await run('rules')).stdout).toMatch(/^Rules that read packets\n {2}no-accept-signature/)
    expect((await run('rules', '--format', 'markdown')).stdout).toContain('| [refused](refused.md) | error |')
  })
})
