import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { Pages, unopenable } from './page.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The page that the program writes to a file. */
function written(args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-written-'))
  const file = join(folder, 'report.html')
  const run = spawnSync(process.execPath, [join(root, 'bin/noaccept.js'), ...args, '--output', file], { cwd: root })
  expect(run.status).toBe(1)
  const html = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  return html
}

describe.skipIf(unopenable !== null)(
  `the page that the program writes${unopenable ? ` (skipped: ${unopenable})` : ''}`,
  () => {
    const pages = new Pages()
    afterAll(() => pages.close())

    it('tells the reference incident from disk: its ladder, its graphs, and nothing asked of the network', async () => {
      const { page, errors, requests } = await pages.open(written(['analyze', 'fixtures/incident/listing-1.pcap']))
      expect(await page.locator('#findings').textContent()).toContain('44 bytes every 2.102 s')
      expect(await page.locator('#flow .ladder svg, #flow .plot canvas').count()).toBe(4)
      expect([errors, requests]).toEqual([[], []])
      await page.close()
    })

    it('tells a laboratory run with its logs: the chain, the slots, the time line', async () => {
      const story = 'fixtures/stories/slot-race'
      const logs = ['--log', `${story}/network.log`, '--log', `${story}/app.log`]
      const { page, errors, requests } = await pages.open(written(['correlate', `${story}/slot-race.pcap`, ...logs]))
      expect(await page.locator('#summary').textContent()).toContain('both took slot 0')
      expect(await page.locator('#chain').textContent()).toContain('No table entry matches')
      // Sizes and durations in the terminal's words.
      expect(await page.locator('#inputs').textContent()).toContain('104 of them TCP, 8.00 kB')
      expect(await page.locator('#summary').textContent()).toContain('over 13.35 s')
      for (const id of ['slots', 'timeline', 'listeners'])
        expect(await page.locator(`section#${id}`).count(), id).toBe(1)
      expect([errors, requests]).toEqual([[], []])
      await page.close()
    })
  },
)
