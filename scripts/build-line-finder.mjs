// Compiles what finds a log's lines (AssemblyScript) to dist/line-finder.wasm.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { WINDOW_BYTES } from '../dist/log/line-window.js'

/** Of 64 KiB: what is remembered of lines, and then the window of `line-window.ts`. */
const PAGES = 59

const root = fileURLToPath(new URL('..', import.meta.url))
const { error, stderr } = await asc.main([
  `${root}src/log/assembly/index.ts`,
  ...['--outFile', `${root}dist/line-finder.wasm`],
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--enable', 'simd'],
  ...['--runtime', 'stub', '--memoryBase', '64', '--initialMemory', `${PAGES}`, '--maximumMemory', `${PAGES}`],
])
if (error) {
  console.error(stderr.toString())
  process.exit(1)
}

const { instance } = await WebAssembly.instantiate(readFileSync(`${root}dist/line-finder.wasm`))
const { memory, WINDOW } = instance.exports
const needed = WINDOW.value + WINDOW_BYTES
if (needed > memory.buffer.byteLength) {
  console.error(
    `the window of line-window.ts does not fit into ${PAGES} pages: ${Math.ceil(needed / 65_536)} are needed`,
  )
  process.exit(1)
}
