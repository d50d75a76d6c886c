import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const built = fileURLToPath(new URL('../../dist/capture/source/standard-input.js', import.meta.url))
const capture = fileURLToPath(new URL('../../fixtures/incident/listing-1.pcap', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'noaccept-input-'))
const program = join(folder, 'program.mjs')
// Says what kind of source it is, and what comes out of it.
writeFileSync(
  program,
  `import { standardInput } from ${JSON.stringify(`file://${built}`)}
   if (process.argv[2] === 'used') process.stdin.read()
   const source = standardInput(process.stdin)
   const all = []
   for (let room = new Uint8Array(1000), count; (count = await source.read(room, 0)) > 0; )
     all.push(Buffer.from(room.subarray(0, count)))
   const bytes = Buffer.concat(all)
   process.stdout.write(source.constructor.name + ' ' + source.storedBytes + ' ' + bytes.toString('hex'))
   await source.close()`,
)
afterAll(() => rmSync(folder, { recursive: true }))

const whole = readFileSync(capture)
const told = (kind: string, bytes: Buffer) => `${kind} ${bytes.length} ${bytes.toString('hex')}`

/** What the program tells of the standard input that a shell gives it. */
function shell(script: string): string {
  const { stdout, stderr } = spawnSync('bash', ['-c', script, capture, process.execPath, program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

describe.runIf(existsSync(built) && process.platform !== 'win32')('standard input', () => {
  it('that is a file is read as one', () => {
    expect(shell('"$1" "$2" < "$0"')).toBe(told('RedirectedSource', whole))
  })

  it('that is a file of which a shell has read a part is read from there on', () => {
    expect(shell('(dd bs=24 count=1 status=none > /dev/null; "$1" "$2") < "$0"')).toBe(
      told('RedirectedSource', whole.subarray(24)),
    )
  })

  it('that is a pipe is read by its descriptor', () => {
    expect(shell('cat "$0" | "$1" "$2"')).toBe(told('PipeSource', whole))
  })

  it('that is a pipe whose stream waits for it already goes through that', () => {
    expect(shell('cat "$0" | "$1" "$2" used')).toBe(told('StreamSource', whole))
  })

  it('that is a device is read through its stream', () => {
    expect(shell('"$1" "$2" < /dev/null')).toBe(told('StreamSource', Buffer.alloc(0)))
  })

  it('that is a closed pipe has ended', () => {
    expect(shell(': | "$1" "$2"')).toBe(told('PipeSource', Buffer.alloc(0)))
  })
})
