import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { PipeSource } from '../../src/capture/source/pipe-source.ts'

const folders: string[] = []
const writers: ChildProcess[] = []
afterEach(() => {
  for (const writer of writers.splice(0)) writer.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A pipe that the shell's `script` writes to as its standard output. */
function pipeOf(script: string, signal?: AbortSignal): PipeSource {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-pipe-'))
  folders.push(folder)
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  // The one that reads is there first: it must not take a pipe without writer for one that ended.
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  writers.push(spawn('bash', ['-c', `exec > "$0"; ${script}`, path]))
  return new PipeSource(descriptor, signal)
}

/** Reads `total` bytes into rooms of these sizes, in turn. */
async function takeAll(source: PipeSource, total: number, rooms: readonly number[]): Promise<Buffer> {
  const all: Buffer[] = []
  for (let taken = 0, turn = 0; taken < total; turn++) {
    const room = new Uint8Array(16 + rooms[turn % rooms.length]!)
    const count = await source.read(room, 16)
    expect(count).toBeGreaterThan(0)
    expect(room.subarray(0, 16).every((byte) => byte === 0)).toBe(true)
    all.push(Buffer.from(room.subarray(16, 16 + count)))
    taken += count
  }
  return Buffer.concat(all)
}

const numbers = (count: number): string => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('')

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  for (const rooms of [[1 << 20], [7], [1 << 16], [1, 100_000, 65_535, 3]])
    it(`gives all bytes in order to rooms of ${rooms.join(', ')} bytes`, async () => {
      const count = rooms[0] === 7 ? 20_000 : 200_000
      const expected = numbers(count)
      const source = pipeOf(`seq ${count}; sleep 60`)
      expect((await takeAll(source, expected.length, rooms)).toString('latin1') === expected).toBe(true)
      expect(source.storedBytes).toBe(expected.length)
      await source.close()
    })

  it('gives what has come while its writer is silent', async () => {
    const source = pipeOf('echo first; sleep 0.3; echo second; sleep 60')
    const room = new Uint8Array(1 << 20)
    const first = await source.read(room, 0)
    expect(Buffer.from(room.subarray(0, first)).toString()).toBe('first\n')
    const second = await source.read(room, 0)
    expect(Buffer.from(room.subarray(0, second)).toString()).toBe('second\n')
    await source.close()
  })

  it('ends in the middle of a wait when the run is ended', async () => {
    const abort = new AbortController()
    const source = pipeOf('sleep 60', abort.signal)
    const reading = source.read(new Uint8Array(1 << 20), 0)
    setTimeout(() => abort.abort(), 50)
    expect(await reading).toBe(0)
    expect(await source.read(new Uint8Array(1), 0)).toBe(0)
  })

  it('lets who waits go when it is closed', async () => {
    const source = pipeOf('sleep 60')
    const reading = source.read(new Uint8Array(1 << 20), 0)
    await source.close()
    expect(await reading).toBe(0)
  })
})
