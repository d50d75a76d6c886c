// Compiles what finds a log's lines (AssemblyScript) to dist/line-finder.wasm.
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

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
