import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { recordedIo } from '../support/io.ts'

describe('the commands', () => {
  it('have a name each', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length)
  })

  it.each(COMMANDS.map(({ name, load }) => [name, load] as const))(
    '%s declares itself, with help',
    async (name, load) => {
      const program = new Command()
      ;(await load()).command.declare(program, recordedIo())
      const [declared] = program.commands
      expect(declared?.name()).toBe(name)
      expect(declared?.helpInformation()).toContain('--help')
      expect(declared?.description().length).toBeGreaterThan(10)
    },
  )
})
