// Compiles what stands beside the engine in AssemblyScript: what finds a log's lines, and what unpacks lz4.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { WINDOW_BYTES } from '../dist/log/lines/line-window.js'

const PAGE_BYTES = 65_536
const root = fileURLToPath(new URL('..', import.meta.url))

/** Memory of so many pages, and how many bytes of it are needed, which what was compiled tells. */
const ASSEMBLIES = [
  { source: 'log/lines', name: 'line-finder', pages: 98, needed: ({ WINDOW }) => WINDOW.value + WINDOW_BYTES },
  { source: 'capture/packed', name: 'lz4', pages: 130, needed: ({ NEEDED }) => NEEDED.value },
]

for (const { source, name, pages, needed } of ASSEMBLIES) {
  const { error, stderr } = await asc.main([
    `${root}src/${source}/assembly/index.ts`,
    ...['--outFile', `${root}dist/${name}.wasm`],
    ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--enable', 'simd'],
    ...['--runtime', 'stub', '--memoryBase', '64', '--initialMemory', `${pages}`, '--maximumMemory', `${pages}`],
  ])
  if (error) fail(stderr.toString())
  const { instance } = await WebAssembly.instantiate(readFileSync(`${root}dist/${name}.wasm`))
  const least = Math.ceil(needed(instance.exports) / PAGE_BYTES)
  if (least > pages) fail(`${name}.wasm has ${pages} pages of memory, and needs ${least}`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
