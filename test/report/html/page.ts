import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { htmlReporter } from '../../../src/report/html.ts'
import type { Report } from '../../../src/report/report.ts'
import { plain } from '../../support/report.ts'

const CHROMIUM = '/usr/bin/chromium'
const TEMPLATE = new URL('../../../dist/report/html/template.js', import.meta.url)

/** Why pages cannot be opened here; null where they can. */
export const unopenable = !existsSync(CHROMIUM)
  ? `no ${CHROMIUM}`
  : !existsSync(TEMPLATE)
    ? 'npm run build was not run'
    : null

export const writePage = async (report: Report): Promise<string> => {
  const { template } = (await import(TEMPLATE.href)) as { template: string }
  return [...htmlReporter(template)(report, plain)].join('')
}

/** A page opened from disk, with all that it said and asked for. */
export interface OpenPage {
  readonly page: Page
  /** Console errors, uncaught errors and violations of the content security policy. */
  readonly errors: string[]
  /** Requests for anything but the file itself. */
  readonly requests: string[]
  readonly url: string
}

/** A browser over files in a folder of its own. */
export class Pages {
  readonly #folder = mkdtempSync(join(tmpdir(), 'noaccept-page-'))
  #browser: Browser | null = null
  #count = 0

  async open(html: string, view: { width?: number; dark?: boolean; hash?: string } = {}): Promise<OpenPage> {
    this.#browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    const path = join(this.#folder, `page-${this.#count++}.html`)
    writeFileSync(path, html)
    const url = pathToFileURL(path).href
    const page = await this.#browser.newPage({
      viewport: { width: view.width ?? 1280, height: 900 },
      colorScheme: view.dark ? 'dark' : 'light',
    })
    const errors: string[] = []
    const requests: string[] = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('request', (request) => request.url().split('#')[0] !== url && requests.push(request.url()))
    await page.goto(url + (view.hash ?? ''))
    await page.waitForSelector('#summary')
    return { page, errors, requests, url }
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
