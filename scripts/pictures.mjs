// Makes the README's pictures of the reference incident and of a laboratory run from the code as it is:
// docs/pictures/*.svg of the terminal's story, *.png of the HTML report. Needs `npm run build` and a Chromium.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { terminalPicture } from './terminal-picture.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = join(root, 'docs/pictures')
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const RACE = 'fixtures/stories/slot-race'
const race = ['correlate', `${RACE}/slot-race.pcap`, '--log', `${RACE}/network.log`, '--log', `${RACE}/app.log`]
const incident = ['analyze', 'fixtures/incident/listing-1.pcap']

/** What the program writes; findings make it end with 1, which is no failure here. */
function noaccept(args) {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '', COLUMNS: '100' } }
  try {
    return execFileSync(process.execPath, ['bin/noaccept.js', ...args, '--fail-on', 'never'], options)
  } catch (error) {
    throw new Error(`noaccept ${args.join(' ')} ended with ${error.status}: ${error.stderr}`)
  }
}

/** Of a page: which part, how wide, light or dark. */
const SHOTS = [
  { name: 'report.png', args: race, width: 1280, height: 1000 },
  { name: 'report-dark.png', args: race, width: 1280, height: 1000, scheme: 'dark' },
  { name: 'report-slots.png', args: race, width: 1280, element: '#slots' },
  { name: 'incident-graphs.png', args: incident, width: 1280, element: '#flow .graphs' },
]

mkdirSync(folder, { recursive: true })
for (const [name, args] of [
  ['incident-story.svg', incident],
  ['race-story.svg', race],
]) {
  const text = noaccept([...args, '--color'])
  writeFileSync(join(folder, name), terminalPicture(text, `noaccept ${args.join(' ')}`))
}
if (!existsSync(browserPath)) throw new Error(`no Chromium at ${browserPath}: name one in CHROMIUM`)
const pages = mkdtempSync(join(tmpdir(), 'noaccept-pictures-'))
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
try {
  for (const { name, args, width, height = 1000, scheme = 'light', element } of SHOTS) {
    const file = join(pages, `${name}.html`)
    noaccept([...args, '--output', file, '--quiet'])
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme })
    await page.goto(pathToFileURL(file).href)
    await page.waitForSelector('#summary svg')
    // Bars that stay in sight would lie over a part that is taller than the window.
    await page.evaluate(
      "for (const bar of document.querySelectorAll('header, #sections')) bar.style.position = 'static'",
    )
    const part = element === undefined ? page : page.locator(element)
    await part.screenshot({ path: join(folder, name), animations: 'disabled' })
    await page.close()
  }
} finally {
  await browser.close()
  rmSync(pages, { recursive: true, force: true })
}
