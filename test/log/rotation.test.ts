import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLogs } from '../../src/log/read-logs.ts'
import { rotatedSets } from '../../src/log/rotation.ts'

describe("the parts of one process's log", () => {
  it.each([
    [
      ['app.log', 'app.log.1', 'app.log.2.gz'],
      ['app.log.2.gz', 'app.log.1', 'app.log'],
    ],
    [
      ['app.1.log', 'app.10.log', 'app.2.log'],
      ['app.10.log', 'app.2.log', 'app.1.log'],
    ],
    [
      ['app.log', 'app.log-20251124', 'app.log-20251123.zst'],
      ['app.log-20251123.zst', 'app.log-20251124', 'app.log'],
    ],
    [
      ['app.2025-11-24.log', 'app.2025-11-23.log'],
      ['app.2025-11-23.log', 'app.2025-11-24.log'],
    ],
  ])('are %j put in order', (given, expected) => {
    expect(rotatedSets(given)).toEqual([{ stem: './app.log', paths: expected }])
  })

  it('are not mixed with the logs of others', () => {
    expect(rotatedSets(['a/app.log', 'b/app.log', 'a/client.log']).map((set) => set.paths)).toEqual([
      ['a/app.log'],
      ['b/app.log'],
      ['a/client.log'],
    ])
  })

  describe('read from files', () => {
    let folder = ''
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
      writeFileSync(join(folder, 'app.log.1'), gzipSync('23:59:58.000 Socket 7 created\n'))
      writeFileSync(join(folder, 'app.log'), '00:00:02.000 Listening on Socket 7\n')
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    it('go on over midnight, in any order of naming, packed or not', async () => {
      const logs = await readLogs([join(folder, 'app.log'), join(folder, 'app.log.1')])
      expect(logs.map((log) => log.rotation)).toEqual([
        { stem: join(folder, 'app.log'), part: 0, parts: 2 },
        { stem: join(folder, 'app.log'), part: 1, parts: 2 },
      ])
      expect(logs.flatMap((log) => log.events.map((event) => [event.log, event.kind, event.time! / 1e9]))).toEqual([
        [0, 'socket-created', 86_398],
        [1, 'listening', 86_402],
      ])
    })
  })
})
