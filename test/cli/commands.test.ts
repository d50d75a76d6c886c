import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { recordedIo } from '../support/io.ts'

type Load = (typeof COMMANDS)[number]['load']

async function declare(load: Load): Promise<Command> {
  const program = new Command().exitOverride()
  ;(await load()).command.declare(program, recordedIo())
  return program.commands[0]!.exitOverride().configureOutput({ writeErr: () => {} })
}

/** The words of each example at the end of a command's help; what follows in the shell, or as a remark, is left out. */
async function examplesOf(load: Load): Promise<string[][]> {
  const declared = await declare(load)
  let help = ''
  declared.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  const lines = help.split('\nExamples:\n')[1]?.trimEnd().split('\n') ?? []
  return lines.map((line) => {
    const [typed] = line.trim().split(/ {3,}| [|<] /)
    return (typed!.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'))
  })
}

describe('the commands', () => {
  it.each(COMMANDS.map(({ name, load }) => [name, load] as const))(
    '%s breaks no word of its help at the edge of a terminal of 80 columns',
    async (_name, load) => {
      const declared = await declare(load)
      let help = ''
      declared.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 }).outputHelp()
      const wide = help.split('\n').filter((line) => line.length > 80 && !/^ {2}noaccept /.test(line))
      expect(wide).toEqual([])
    },
  )

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

  it.each(COMMANDS.filter(({ name }) => name !== 'rules').map(({ name, load }) => [name, load] as const))(
    '%s is shown by examples that it takes',
    async (name, load) => {
      const examples = await examplesOf(load)
      expect(examples.length).toBeGreaterThan(0)
      for (const [program, command, ...words] of examples) {
        expect([program, command]).toEqual(['noaccept', name])
        const declared = await declare(load)
        const { operands, unknown } = declared.parseOptions(words)
        expect({ words, unknown }).toEqual({ words, unknown: [] })
        expect(operands.length).toBeGreaterThan(0)
      }
    },
  )

  it.each(COMMANDS.filter(({ name }) => ['packets', 'flows', 'annotate'].includes(name)))(
    '$name says whether its filter chooses packets or connections',
    async ({ name, load }) => {
      const help = (await declare(load)).helpInformation().replace(/\s+/g, ' ')
      expect(help.includes('only packets that this Wireshark display filter lets through')).toBe(name === 'packets')
      expect(help.includes('only connections of which this Wireshark display filter lets a packet')).toBe(
        name !== 'packets',
      )
    },
  )
})
