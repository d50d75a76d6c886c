import { mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { addReportingOptions, readReportingOptions } from '../../src/cli/reporting-options.ts'
import { Failure } from '../../src/failure.ts'
import { recordedIo } from '../support/io.ts'

const FORMATS = ['terminal', 'json', 'markdown'] as const
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noaccept-options-'))
  await writeFile(join(folder, 'in.pcap'), 'evidence')
  await symlink(join(folder, 'in.pcap'), join(folder, 'link.json'))
})

async function read(args: readonly string[], io = recordedIo(), inputs: readonly string[] = []) {
  const command = addReportingOptions(new Command('analyze'), FORMATS).exitOverride()
  command.configureOutput({ writeErr: () => {} })
  command.parse([...args], { from: 'user' })
  return readReportingOptions(command, FORMATS, inputs, io)
}

describe('the reporting options', () => {
  it('take no empty name for an output, as an unset variable makes one', async () => {
    await expect(read(['--output', ''])).rejects.toThrow('the name of an output is empty')
  })

  it('shows a story on standard output when nothing is asked for', async () => {
    expect(await read([])).toEqual({
      format: 'terminal',
      output: null,
      failOn: 'error',
      quiet: false,
      verbose: false,
      progress: 'auto',
      width: 80,
      color: 0,
      ascii: false,
    })
  })

  it.each([
    { args: ['--output', 'r.json'], format: 'json' },
    { args: ['--output', 'r.JSON'], format: 'json' },
    { args: ['--output', 'r.md'], format: 'markdown' },
    { args: ['--output', 'r.json', '--format', 'markdown'], format: 'markdown' },
    { args: ['--output', '/dev/null'], format: 'terminal' },
    { args: ['--output', '-'], format: 'terminal' },
  ])('takes $format from $args', async ({ args, format }) => {
    expect((await read(args)).format).toBe(format)
  })

  it.each(['r.csv', 'r.docx'])('refuses %s, whose extension names no format of the command', async (output) => {
    await expect(read(['--output', output])).rejects.toThrow(/names no format of this command/)
  })

  it.each([
    ['--format', 'pdf'],
    ['--fail-on', 'fatal'],
    ['--progress', 'xml'],
  ])('refuses %s %s', async (...args) => {
    await expect(read(args)).rejects.toThrow(/Allowed choices/)
  })

  it.each([
    { args: [], env: {}, terminal: true, color: 1 },
    { args: [], env: { TERM: 'xterm-256color' }, terminal: true, color: 2 },
    { args: [], env: { COLORTERM: 'truecolor' }, terminal: true, color: 3 },
    { args: [], env: { TERM: 'dumb' }, terminal: true, color: 0 },
    { args: [], env: { COLORTERM: 'truecolor' }, terminal: false, color: 0 },
    { args: [], env: { NO_COLOR: '1' }, terminal: true, color: 0 },
    { args: [], env: { NO_COLOR: '' }, terminal: true, color: 1 },
    { args: [], env: { NO_COLOR: '1', FORCE_COLOR: '3' }, terminal: true, color: 0 },
    { args: [], env: { FORCE_COLOR: '3' }, terminal: false, color: 3 },
    { args: [], env: { FORCE_COLOR: '0' }, terminal: true, color: 0 },
    { args: ['--color'], env: { NO_COLOR: '1' }, terminal: false, color: 1 },
    { args: ['--no-color'], env: { FORCE_COLOR: '3' }, terminal: true, color: 0 },
  ])('colours with level $color for $args, $env, terminal: $terminal', async ({ args, env, terminal, color }) => {
    expect((await read(args, recordedIo({ env, stdoutIsTerminal: terminal }))).color).toBe(color)
  })

  it.each([
    { args: [], env: {}, terminal: true, ascii: false },
    { args: [], env: { LANG: 'C' }, terminal: true, ascii: false },
    { args: [], env: { LANG: 'de_DE.UTF-8' }, terminal: true, ascii: false },
    { args: [], env: { LANG: 'de_DE.utf8@euro' }, terminal: true, ascii: false },
    { args: [], env: { LANG: 'de_DE.ISO-8859-1' }, terminal: true, ascii: true },
    { args: [], env: { LANG: 'de_DE.ISO-8859-1', LC_ALL: 'C.UTF-8' }, terminal: true, ascii: false },
    { args: [], env: { LC_CTYPE: 'ru_RU.KOI8-R', LANG: 'C.UTF-8' }, terminal: true, ascii: true },
    { args: [], env: { LANG: 'de_DE.ISO-8859-1' }, terminal: false, ascii: false },
    { args: ['--ascii'], env: {}, terminal: false, ascii: true },
  ])('draws with ASCII alone: $ascii for $args, $env, terminal: $terminal', async ({ args, env, terminal, ascii }) => {
    expect((await read(args, recordedIo({ env, stdoutIsTerminal: terminal }))).ascii).toBe(ascii)
  })

  it.each([
    [20, 40],
    [60, 60],
    [120, 120],
    [1000, 160],
  ])('draws for a terminal of %i columns in %i', async (columns, width) => {
    expect((await read([], recordedIo({ columns }))).width).toBe(width)
  })

  it.each([
    { args: [], progress: 'auto' },
    { args: ['--no-progress'], progress: 'none' },
    { args: ['--progress', 'json'], progress: 'json' },
  ])('shows progress as $progress for $args', async ({ args, progress }) => {
    expect((await read(args)).progress).toBe(progress)
  })

  it.each(['in.pcap', 'link.json'])('refuses to write over the input through %s', async (name) => {
    const input = join(folder, 'in.pcap')
    const attempt = read(['--output', join(folder, name), '--format', 'json'], recordedIo(), [input])
    await expect(attempt).rejects.toThrow(Failure)
    await expect(attempt).rejects.toThrow(/is evidence and is not written over/)
  })

  it('refuses an input as output before it asks for a format', async () => {
    const input = join(folder, 'in.pcap')
    await expect(read(['--output', input], recordedIo(), [input])).rejects.toThrow(/is evidence/)
  })

  it('refuses an output that cannot be, before any work is done', async () => {
    await expect(read(['--output', join(folder, 'absent', 'r.json')])).rejects.toThrow(/its folder does not exist/)
    await expect(read(['--output', join(folder, 'in.pcap', 'r.json')])).rejects.toThrow(/its folder/)
  })

  it('refuses a folder as output', async () => {
    await expect(read(['--output', folder, '--format', 'json'])).rejects.toThrow(/it is a folder/)
  })
})
