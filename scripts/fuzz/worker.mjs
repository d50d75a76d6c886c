// Tries cases one after the other and tells which; the thread that started it ends it where one takes too long.
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { inputOf } from './cases.mjs'
import { loadReaders } from './readers.mjs'
import { loadSeeds } from './seeds.mjs'

const { reader, seed, from, to, folder, progress } = workerData
/** Words of `progress`: the case that is tried, and 1 once the reader is loaded. */
const CASE = 0
const READY = 1
const MEMORY_STEP = 256 * 1024

const { attempt, fields, clean } = await loadReaders(
  (path) => import(`../../dist/${path}.js`),
  join(folder, `${reader}-${process.pid}-${from}`),
)
const seeds = loadSeeds()
let peak = process.resourceUsage().maxRSS
let longest = { milliseconds: 0, number: from }
for (let number = from; number < to; number++) {
  Atomics.store(progress, CASE, number)
  Atomics.store(progress, READY, 1)
  const input = inputOf(reader, seed, number, seeds, fields)
  const start = performance.now()
  const error = await attempt(reader, input)
  const milliseconds = performance.now() - start
  if (milliseconds > longest.milliseconds) longest = { milliseconds, number }
  const now = process.resourceUsage().maxRSS
  if (error !== null) parentPort.postMessage({ number, what: String(error?.stack ?? error) })
  else if (now - peak > MEMORY_STEP && number > from)
    parentPort.postMessage({ number, what: `took ${Math.round((now - peak) / 1024)} MiB of memory` })
  peak = Math.max(peak, now)
}
clean()
parentPort.postMessage({ done: true, longest })
