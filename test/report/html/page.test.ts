// biome-ignore-all lint/performance/useDomNodeTextContent: what a reader sees is what is tested
import { afterAll, describe, expect, it } from 'vitest'
import { VERDICTS } from '../../../src/diagnosis/verdict.ts'
import {
  capture,
  HOSTILE,
  hostileReport,
  manifest,
  report,
  silentConnection,
  silentFinding,
} from '../../support/report.ts'
import { Pages, unopenable, writePage } from './page.ts'
import { sampleReport, silentSeries } from './page-sample.ts'

const SECTIONS = [
  'summary',
  'chain',
  'findings',
  'flow',
  'listeners',
  'slots',
  'timeline',
  'packets',
  'connections',
  'inputs',
]

/** Foreground and background pairs that carry text; WCAG 2.2 §1.4.3 wants 4.5 to 1. */
const TEXT_ON: readonly (readonly [string, string])[] = [
  ...['text', 'muted', 'link', 'error', 'ok', 'client', 'server', 'log', 'warning'].flatMap(
    (front) =>
      [
        [front, 'bg'],
        [front, 'surface'],
      ] as const,
  ),
  ...['text', 'muted', 'link', 'log'].map((front) => [front, 'raised'] as const),
  ...['error', 'warning', 'ok', 'note'].map((front) => [front, `${front}-soft`] as const),
  ...['text', 'client', 'server', 'error', 'log'].map((front) => [front, 'mark'] as const),
]

describe.skipIf(unopenable !== null)(
  `the page of a report${unopenable === null ? '' : ` (skipped: ${unopenable})`}`,
  () => {
    const pages = new Pages()
    afterAll(() => pages.close())

    it('asks the network for nothing and says no error, in light and dark, wide and narrow', async () => {
      const html = await writePage(sampleReport())
      for (const view of [{}, { dark: true }, { width: 400 }]) {
        const { page, errors, requests } = await pages.open(html, view)
        await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
        expect(errors).toEqual([])
        expect(requests).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        await page.close()
      }
    })

    it('has every view, and each link on it leads somewhere', async () => {
      const { page, errors } = await pages.open(await writePage(sampleReport()))
      for (const id of SECTIONS) expect(await page.locator(`section#${id}`).count(), id).toBe(1)
      expect(await page.locator('#flow .ladder svg, #flow .plot canvas').count()).toBe(4)
      const hashes = await page
        .locator('a[href^="#"]')
        .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')!))])
      expect(hashes.length).toBeGreaterThan(SECTIONS.length)
      const counts = await page.locator('.table-status').allInnerTexts()
      expect(counts).toEqual(['8 events', '17 packets', '4 connections'])
      for (const hash of hashes) {
        await page.evaluate((to) => {
          ;(globalThis as unknown as { location: { hash: string } }).location.hash = to
        }, hash)
        if (/^#(frame|line)-/.test(hash)) await page.waitForSelector('#dock:not([hidden])')
        else if (!hash.startsWith('#flow-')) expect(await page.locator(`[id="${hash.slice(1)}"]`).count(), hash).toBe(1)
      }
      expect(await page.locator('a:not([href^="#"])').count()).toBe(0)
      expect(errors).toEqual([])
      await page.close()
    })

    it('shows the log lines of a packet, and the packets of a log line', async () => {
      const { page } = await pages.open(await writePage(sampleReport()), { hash: '#frame-0-3' })
      await page.waitForSelector('#dock:not([hidden])')
      expect(await page.locator('#dock').innerText()).toContain('readable socket list:932,')
      await page.locator('#dock a[data-ref="line-0-250"]').click()
      await page.locator('#dock .dock-title', { hasText: 'Line 250' }).waitFor()
      expect(await page.locator('#dock a[data-ref="frame-0-3"]').count()).toBe(1)
      await page.locator('#packets .vt-canvas [data-ref="frame-0-2"]').hover()
      expect(await page.locator('#timeline .pointed[data-ref="line-0-250"]').count()).toBe(1)
      await page.keyboard.press('Escape')
      expect(await page.locator('#dock').isHidden()).toBe(true)
      await page.close()
    })

    it('says which bytes it is about, and how much a baseline let pass', async () => {
      const suppressed = [{ rule: 'refused', fingerprint: 'f', count: 2, reason: null }]
      const { page } = await pages.open(await writePage(sampleReport({ suppressed, manifest })), { width: 400 })
      expect(await page.locator('#inputs').innerText()).toContain('ab'.repeat(32))
      expect(await page.locator('#summary .tiles').innerText()).toContain('2 suppressed by the baseline')
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.close()
    })

    it('opens a permanent link at its finding, also at one that is folded', async () => {
      const findings = Array.from({ length: 30 }, (_, index) => silentFinding({ title: `number ${index + 1}` }))
      const { page } = await pages.open(await writePage(sampleReport({ findings })), { hash: '#finding-20' })
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('finding-20')
      const top = () =>
        page.evaluate("document.querySelector('#finding-20').getBoundingClientRect().top") as Promise<number>
      await expect.poll(top).toBeLessThan(300)
      expect(await page.locator('#finding-20 .evidence').isVisible()).toBe(true)
      expect(await page.locator('#finding-21 .evidence').count()).toBe(0)
      await page.close()
    })

    it('is driven by the keyboard: findings, filter, table rows, help, theme', async () => {
      const { page } = await pages.open(await writePage(sampleReport()))
      await page.keyboard.press('j')
      expect(await page.evaluate('location.hash')).toBe('#finding-1')
      await page.keyboard.press('d')
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
      await page.keyboard.press('?')
      expect(await page.locator('dialog[open]').count()).toBe(1)
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      await page.keyboard.type('len>0 from:client')
      await page.locator('#packets .table-status', { hasText: '7 of 17 packets' }).waitFor()
      await page.locator('#packets .vt-scroll').focus()
      await page.keyboard.press('End')
      await page.waitForSelector('#dock:not([hidden])')
      expect(await page.locator('#dock .dock-title').innerText()).toContain('Frame 16')
      await page.close()
    })

    it('sorts the packets by a column, and back', async () => {
      const { page } = await pages.open(await writePage(sampleReport()))
      const first = (): Promise<string> => page.locator('#packets .vt-canvas .vt-row').first().innerText()
      const length = page.locator('#packets .vt-head button', { hasText: 'Length' })
      await length.click()
      expect(await first()).toMatch(/^1\n/)
      await length.click()
      expect(await first()).toMatch(/^8\n/)
      expect(await page.locator('#packets [aria-sort="descending"]').innerText()).toContain('Length')
      await page.close()
    })

    it('copies a display filter', async () => {
      const { page } = await pages.open(await writePage(sampleReport()))
      await page.locator('#finding-1 .filter .copy').click()
      await page.waitForSelector('#finding-1 .copied:not(:empty)')
      expect(await page.locator('#finding-1 .filter code').innerText()).toBe('tcp.stream eq 0')
      await page.close()
    })

    it.each(Object.entries(HOSTILE))('shows hostile text as text: %s', async (_, text) => {
      const { page, errors, requests } = await pages.open(await writePage(hostileReport(text)))
      expect(await page.locator('main script, main img').count()).toBe(0)
      expect(errors).toEqual([])
      expect(requests).toEqual([])
      const shown = await page.locator('main').innerText()
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202a-\u202e\u2066-\u2069]/)
      expect(shown).toContain(text.replace(/[^\x20-\x7e][\s\S]*/, '').slice(0, 12))
      await page.close()
    })

    it('tells the parts that a report without packets, logs or findings does not have', async () => {
      const captures = [capture({ linkTypes: [] })]
      const nothing = report({ captures, findings: [], list: [], listeners: [] })
      const { page, errors } = await pages.open(await writePage(nothing))
      expect(await page.locator('h1').innerText()).toContain('Nothing to analyse: none of the 17 TCP packets matches')
      const inputs = await page.locator('#inputs').innerText()
      expect(inputs).toContain('without a second look')
      expect(inputs).toMatch(/Format\s+pcap\s/)
      expect(inputs).not.toContain('noaccept annotate')
      expect(await page.locator('#connections, nav a[href="#connections"]').count()).toBe(0)
      expect(errors).toEqual([])
      await page.close()
    })

    it('cuts no verdict and no time of a connection on a page with room for them', async () => {
      const list = VERDICTS.map((verdict, stream) => silentConnection({ stream, verdict, findings: [] }))
      const { page } = await pages.open(await writePage(report({ list, findings: [] })), { width: 1400 })
      const cut = await page.evaluate(
        `[...document.querySelectorAll('#connections .vt-canvas .vt-row > *')].filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)`,
      )
      expect(cut).toEqual([])
      await page.close()
    })

    it('carries 100 000 packets in under 5 MB and keeps only those in sight in the document', async () => {
      const series = [0, 1, 2, 3, 4].map((stream) => silentSeries(stream, 9_999, 1 + stream * 20_001))
      const details = { ...sampleReport().details!, series }
      const html = await writePage(sampleReport({ details }))
      expect(html.length).toBeLessThan(5e6)
      const { page, errors } = await pages.open(html)
      expect(await page.locator('#packets .table-status').innerText()).toMatch(/^100.005 packets$/)
      expect(await page.locator('#packets .vt-canvas .vt-row').count()).toBeLessThan(80)
      await page.locator('#packets .vt-scroll').focus()
      await page.keyboard.press('End')
      expect(await page.locator('#packets .vt-canvas .active').innerText()).toMatch(/^100005\n/)
      expect(errors).toEqual([])
      await page.close()
    })

    it('is printed on light paper, and dark again afterwards', async () => {
      const { page, errors } = await pages.open(await writePage(sampleReport()), { dark: true })
      const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const dark = await ground()
      await page.evaluate("dispatchEvent(new Event('beforeprint'))")
      expect(await ground()).not.toBe(dark)
      await page.evaluate("dispatchEvent(new Event('afterprint'))")
      expect(await ground()).toBe(dark)
      expect(errors).toEqual([])
      await page.close()
    })

    it('cuts no cell of its tables on a sheet of A4', async () => {
      const { page } = await pages.open(await writePage(sampleReport()), { width: 718 })
      await page.emulateMedia({ media: 'print' })
      const cut = await page.evaluate(
        `[...document.querySelectorAll('.vt-scroll')].filter((table) => table.scrollWidth > table.clientWidth).map((table) => table.ariaLabel)`,
      )
      expect(cut).toEqual([])
      await page.close()
    })

    it.each([false, true])('has the contrast of WCAG AA (dark: %s)', async (dark) => {
      const { page } = await pages.open(await writePage(sampleReport()), { dark })
      const colors = await page.evaluate(
        (names) => {
          const { document, getComputedStyle } = globalThis as unknown as Dom
          const probe = document.body.appendChild(document.createElement('span'))
          return names.map((name) => {
            probe.style.color = `var(--${name})`
            return [name, getComputedStyle(probe).color.match(/\d+/g)!.slice(0, 3).map(Number)] as [string, number[]]
          })
        },
        [...new Set(TEXT_ON.flat())],
      )
      const known = new Map(colors)
      const poor = TEXT_ON.filter(([front, back]) => contrast(known.get(front)!, known.get(back)!) < 4.5)
      expect(poor).toEqual([])
      await page.close()
    })
  },
)

/** As much of a browser's globals as the contrast test needs. */
interface Dom {
  readonly document: { readonly body: { appendChild(node: Probe): Probe }; createElement(name: string): Probe }
  getComputedStyle(element: Probe): { readonly color: string }
}

interface Probe {
  readonly style: { color: string }
}

/** WCAG's relative luminance of an sRGB colour. */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}
