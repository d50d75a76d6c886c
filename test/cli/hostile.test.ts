import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describe as description, enhanced, section } from '../../fixtures/capture/make.mjs'
import { analyze, reportOf } from '../../src/analyze.ts'
import { command as correlating } from '../../src/cli/commands/correlate.ts'
import { command as logging } from '../../src/cli/commands/logs.ts'
import { formatStep } from '../../src/report/source.ts'
import { recordedIo } from '../support/io.ts'

/** Everything at once that drives a terminal, a page, a spreadsheet, a CI service, a Markdown viewer or a shell. */
const HOSTILE =
  '\x1b[2J\x1b]0;owned\x07\u202e<script>alert(1)</script><img src=x onerror=alert(1)>=cmd|calc!A1 ::error::forged $(touch pwned) `touch pwned`; touch pwned # ]]> ](javascript:1)'
/** A slash ends a name, and 255 bytes do. */
const NAME = `=cmd|'x'!A1 \x1b[2J\u202e<script>alert(1)<\u2215script> $(touch pwned) \`touch pwned\`;touch pwned ::error::x\n::error::y`

const FORMATS = ['terminal', 'json', 'ndjson', 'markdown', 'csv', 'sarif', 'junit', 'tap', 'github'] as const
/** What no reporter may pass on: controls but its own line ends and tabs, and what turns or hides text. */
const DRIVING = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

const folder = mkdtempSync(join(tmpdir(), 'noaccept-hostile-'))
const capture = join(folder, `${NAME}.pcapng`)
const log = join(folder, `${NAME}.log`)

/** The story's capture with names and comments from outside, and its log with them in each line. */
beforeAll(() => {
  const story = readFileSync('fixtures/stories/slot-race/slot-race.pcap')
  const blocks = [
    section(true, [
      [1, Buffer.from(HOSTILE)],
      [4, Buffer.from(HOSTILE)],
    ]),
    description(true, {
      linkType: 1,
      list: [
        [2, Buffer.from(HOSTILE)],
        [3, Buffer.from(HOSTILE)],
      ],
    }),
  ]
  for (let at = 24; at + 16 <= story.length; ) {
    const length = story.readUInt32LE(at + 8)
    const stamp = BigInt(story.readUInt32LE(at)) * 1_000_000n + BigInt(story.readUInt32LE(at + 4))
    const data = story.subarray(at + 16, at + 16 + length)
    blocks.push(enhanced(0, stamp, data, true, { list: [[1, Buffer.from(HOSTILE)]] }))
    at += 16 + length
  }
  writeFileSync(capture, Buffer.concat(blocks))
  const lines = readFileSync('fixtures/stories/slot-race/network.log', 'utf8').split('\n')
  writeFileSync(log, lines.map((line) => (line === '' ? line : `${line} ${HOSTILE}`)).join('\n'))
  mkdirSync(join(folder, 'work'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function correlate(format: string, ...more: string[]) {
  const io = recordedIo()
  const program = new Command('noaccept')
  correlating.declare(program, io)
  await program.parseAsync(['correlate', capture, '--log', log, '--format', format, '--verbose', ...more], {
    from: 'user',
  })
  return io
}

describe('names, comments and log lines from outside', () => {
  it.each(FORMATS)('drive nothing in %s', async (format) => {
    const { stdout, stderr } = await correlate(format)
    expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(DRIVING)
    expect(stderr).not.toMatch(DRIVING)
    expect(stdout).not.toMatch(/^::error::forged|^::error::y/m)
    expect(stderr).not.toMatch(/^::error/m)
  })

  it('are quoted: the attack was in what was read', async () => {
    const { stdout } = await correlate('json')
    expect(stdout).toContain('onerror=alert(1)')
    expect(stdout).toContain('\\u001b')
  })

  it('become no element in Markdown', async () => {
    const { stdout } = await correlate('markdown')
    // Between backticks everything is text.
    const outside = stdout.replace(/(`+)[\s\S]*?\1/g, '')
    expect(outside).not.toMatch(/(?<!\\)<(?:script|img)/)
    expect(outside).not.toMatch(/(?<!\\)\]\(javascript/)
  })

  it('become no element in JUnit', async () => {
    const { stdout } = await correlate('junit')
    expect(stdout).not.toMatch(/<script|<img/)
  })

  it('begin no formula in CSV', async () => {
    const { stdout } = await correlate('csv')
    for (const line of stdout.split('\r\n')) expect(line).not.toMatch(/(?:^|,)"?[=+@\t]/)
  })

  it('drive nothing in what is said of a log', async () => {
    const io = recordedIo()
    const program = new Command('noaccept')
    logging.declare(program, io)
    await program.parseAsync(['logs', log], { from: 'user' })
    expect(io.stdout + io.stderr).not.toMatch(DRIVING)
  })
})

describe.runIf(existsSync('dist/cli/main.js'))('the same, by the built program', () => {
  it.each([
    ['analyze', '--format', 'html'],
    ['flows', '--format', 'csv'],
    ['flows', '--format', 'markdown'],
    ['packets', '--format', 'terminal'],
    ['timeline', '--format', 'csv'],
    ['timeline', '--format', 'terminal'],
    ['check', '--format', 'github'],
    ['analyze', '--filter', HOSTILE],
    ['analyze', '--port', HOSTILE],
    ['analyze', '--format', HOSTILE],
    [HOSTILE],
  ])('drives nothing: %s %s %j', (command, ...given) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/noaccept.js', command!, capture, ...given], {
      encoding: 'utf8',
    })
    expect(status).not.toBe(70)
    expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(DRIVING)
    expect(stderr).not.toMatch(DRIVING)
    expect(stdout + stderr).not.toMatch(/^::error::(?:forged|y)/m)
    if (given.includes('html')) expect(stdout).not.toMatch(/<script>alert|<img src/)
  })
})

describe('a command to copy', () => {
  it('names the files to the shell, and runs nothing of their names', async () => {
    const report = reportOf(await analyze([capture]))
    const commands = report.findings
      .flatMap(({ nextSteps }) => nextSteps.map((step) => formatStep(report, step)))
      .filter((step) => step.startsWith('noaccept '))
    expect(commands).not.toEqual([])
    // What the name would run is named too: it would say so.
    const script = ['noaccept() { printf "%s\\0" "$@"; }', 'touch() { printf "ran\\0"; }', ...commands].join('\n')
    const { stdout } = spawnSync('bash', ['-c', script], { cwd: join(folder, 'work'), encoding: 'utf8' })
    const words = stdout.split('\0')
    expect(words.filter((word) => word === capture)).toHaveLength(commands.length)
    expect(words).not.toContain('ran')
    expect(readdirSync(join(folder, 'work'))).toEqual([])
  })
})
