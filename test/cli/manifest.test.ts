import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { command as analyzing } from '../../src/cli/commands/analyze.ts'
import { command as correlating } from '../../src/cli/commands/correlate.ts'
import { addManifestOption, sealInputs, withManifest } from '../../src/cli/manifest.ts'
import { RULE_TEXTS } from '../../src/report/rule-texts.ts'
import { recordedIo } from '../support/io.ts'
import { report } from '../support/report.ts'

const CAPTURE = 'fixtures/incident/listing-2.pcap'
const LOG = 'fixtures/incident/log-4-attach.txt'
const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

async function run(...given: string[]) {
  const io = recordedIo()
  const program = new Command('noaccept')
  ;(given[0] === 'analyze' ? analyzing : correlating).declare(program, io)
  await program.parseAsync(given, { from: 'user' })
  return io
}

describe('a manifest', () => {
  it('ties the report to its inputs, and says what made it', async () => {
    const { stdout } = await run('correlate', CAPTURE, '--log', LOG, '--port', '9000', '--manifest', '--format', 'json')
    const { manifest, tool } = JSON.parse(stdout)
    expect(manifest.inputs).toMatchObject([
      { path: CAPTURE, bytes: statSync(CAPTURE).size, sha256: sumOf(CAPTURE), unchanged: true },
      { path: LOG, bytes: statSync(LOG).size, sha256: sumOf(LOG), unchanged: true },
    ])
    expect(Date.parse(manifest.inputs[0].modified)).toBeCloseTo(statSync(CAPTURE).mtimeMs, -1)
    expect(manifest.program).toEqual({ ...tool, node: process.versions.node })
    expect(manifest.options).toMatchObject({ port: [9000], manifest: true })
    expect(manifest.rules).toEqual(RULE_TEXTS.map(({ id }) => id))
  })

  it('stands in the terminal, its sum on one line', async () => {
    const { stdout } = await run('analyze', CAPTURE, '--manifest')
    expect(stdout).toContain(`SHA-256 ${sumOf(CAPTURE)}\n`)
  })

  it.each(['ndjson', 'markdown', 'sarif', 'junit', 'tap'])('stands in a report as %s, with its sum', async (format) => {
    expect((await run('analyze', CAPTURE, '--manifest', '--format', format)).stdout).toContain(sumOf(CAPTURE))
  })

  it('is there only where it was asked for', async () => {
    const { stdout } = await run('analyze', CAPTURE, '--format', 'json')
    expect(JSON.parse(stdout)).not.toHaveProperty('manifest')
  })

  it('says where an input was changed meanwhile', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'noaccept-manifest-')), 'x.pcap')
    copyFileSync(CAPTURE, path)
    const command = addManifestOption(new Command()).parse(['--manifest'], { from: 'user' })
    const sealed = await sealInputs(command, [path, '-'], new AbortController().signal)
    utimesSync(path, 0, 0)
    const { manifest } = await withManifest(report(), sealed, command)
    expect(manifest!.inputs).toMatchObject([{ unchanged: false }, { path: '-', sha256: null, unchanged: null }])
  })
})
