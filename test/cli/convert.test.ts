import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { command } from '../../src/cli/commands/convert.ts'
import { recordedIo } from '../support/io.ts'

/** Its server's port is masked as `xx`. */
const LIST = 'fixtures/incident/listing-2.txt'
const folder = mkdtempSync(join(tmpdir(), 'noaccept-convert-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function convert(...words: string[]) {
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride().configureOutput({ writeErr: () => {} })
  command.declare(program, io)
  program.commands[0]!.exitOverride().configureOutput({ writeErr: () => {} })
  await program.parseAsync(['convert', ...words], { from: 'user' })
  return io.stderr
}

describe('noaccept convert, on the ports that a packet list masks', () => {
  const out = join(folder, 'out.pcap')

  it('says which label of the command line no port of the list has', async () => {
    expect(await convert(LIST, out, '--port', 'yy=9000')).toContain(
      `--port yy had no effect: ${LIST} has no such port; it has xx`,
    )
    expect(await convert(LIST, out, '--port', 'xx=9000')).not.toContain('no effect')
    expect(await convert('fixtures/incident/listing-1.pcap', out, '--port', 'xx=9000')).toContain(
      'all of its ports are numbers',
    )
  })

  it.each([
    ['xx=70000', 'the largest port is 65535'],
    ['xx', 'write it as LABEL=NUMBER'],
    ['xx=http', 'write it as LABEL=NUMBER'],
  ])('refuses %s, and says why', async (port, why) => {
    await expect(convert(LIST, out, '--port', port)).rejects.toThrow(why)
  })
})
