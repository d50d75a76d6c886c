import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../bin/noaccept.js', import.meta.url))

const run = (...given: readonly string[]) => spawnSync(process.execPath, [PROGRAM, ...given], { encoding: 'utf8' })

describe('a command that there is not', () => {
  it.each([
    ['itself', ['analyse']],
    ['asked about', ['help', 'analyse']],
    ['asked for its help', ['analyse', '--help']],
  ])('%s is told as a mistake, with the nearest one', (_how, given) => {
    const { status, stdout, stderr } = run(...given)
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: "noaccept: unknown command 'analyse'\n  help: did you mean analyze?\n",
    })
  })
})

describe('a capture without a command before it', () => {
  it('is told as such, with the command that reads it', () => {
    const { status, stderr } = run('fixtures/incident/listing-1.pcap', '--port', '9000')
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'noaccept: fixtures/incident/listing-1.pcap is a file, and a command comes first\n' +
        '  help: for a capture: noaccept analyze fixtures/incident/listing-1.pcap\n',
    })
  })
})

describe('an empty name, as a variable that is not set leaves it', () => {
  const capture = 'fixtures/incident/listing-1.pcap'

  it.each([
    ['input', ['analyze', '']],
    ['input', ['check', '']],
    ['input', ['analyze', capture, '--baseline', '']],
    ['output', ['analyze', capture, '--output', '']],
    ['output', ['analyze', capture, '--write-baseline', '']],
    ['output', ['convert', capture, '']],
    ['output', ['annotate', capture, '']],
  ])('is told as that of an %s: %j', (what, given) => {
    const { status, stdout, stderr } = run(...given)
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `noaccept: the name of an ${what} is empty\n  help: check the variable that was to hold it\n`,
    })
  })
})

describe('help', () => {
  it.each([[['help']], [['--help']], [['help', '--help']], [['help', 'help']]])('%j is the overview', (given) => {
    const { status, stdout } = run(...given)
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Usage: noaccept \[options\] \[command\]\n/)])
  })

  it('tells the exit codes, in lines of 80 columns', () => {
    const { stdout } = run('--help')
    expect(stdout).toContain('Exit codes: 0 nothing found, 1 something found')
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it.each([[['help', 'flows']], [['flows', '--help']], [['--help', 'flows']], [['-h', 'flows']]])(
    '%j is that of the command',
    (given) => {
      const { status, stdout } = run(...given)
      expect([status, stdout]).toEqual([
        0,
        expect.stringMatching(/^Usage: noaccept flows \[options\] <capture\.\.\.>\n/),
      ])
    },
  )
})
