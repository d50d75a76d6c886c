// Builds the page of the HTML report into one file, and that into a module: dist/report/html/template.js.
// Its scripts and styles stand inside it, named by their hashes in the content security policy.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

const root = fileURLToPath(new URL('../src/report/html/', import.meta.url))
const folder = new URL('../dist/report/html/', import.meta.url)

const built = await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [viteSingleFile({ removeViteModuleLoader: true })],
  build: { write: false, target: 'es2023', modulePreload: false },
})
const page = built.output.find((file) => file.fileName === 'index.html').source

const hashes = (tag) =>
  [...page.matchAll(new RegExp(`<${tag}(?![^>]*application/json)[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
    (match) => `'sha256-${createHash('sha256').update(match[1]).digest('base64')}'`,
  )
const policy = `default-src 'none'; script-src ${hashes('script').join(' ')}; style-src ${hashes('style').join(' ')}; base-uri 'none'; form-action 'none'`
const head = '<meta charset="utf-8">'
if (!page.includes(head)) throw new Error(`index.html has lost its ${head}`)
const marked = page.replace(head, () => `${head}\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('template.js', folder), `export const template = ${JSON.stringify(marked)}\n`)
