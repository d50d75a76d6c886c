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
const STACK = Error.stackTraceLimit
/** What is known is told now and then, so that a thread that is ended does not take it with it. */
const TELL_EVERY = 1000

const readers = await loadReaders(
  (path) => import(`../../dist/${path}.js`),
  join(folder, `${reader}-${process.pid}-${from}`),
)
const seeds = loadSeeds()
let peak = process.resourceUsage().maxRSS
const seen = { longest: { milliseconds: 0, number: from }, largest: { bytes: 0, number: from } }

/** Most refusals are errors that nobody sees: their stacks, which take longer than all else, are made for a failure alone. */
async function errorOf(input) {
  Error.stackTraceLimit = 0
  const error = await readers.attempt(reader, input)
  Error.stackTraceLimit = STACK
  return error === null ? null : ((await readers.attempt(reader, input)) ?? error)
}

function bytesOf(input) {
  if (Array.isArray(input)) return input.reduce((sum, { bytes }) => sum + bytes.length, 0)
  return (input.capture ?? input).length + (input.log?.length ?? 0)
}

function note(number, input, milliseconds) {
  const bytes = bytesOf(input)
  if (milliseconds > seen.longest.milliseconds) seen.longest = { milliseconds, number }
  if (bytes > seen.largest.bytes) seen.largest = { bytes, number }
}

for (let number = from; number < to; number++) {
  Atomics.store(progress, CASE, number)
  Atomics.store(progress, READY, 1)
  const input = inputOf(reader, seed, number, seeds, readers.fields)
  const start = performance.now()
  const used = process.cpuUsage()
  const error = await errorOf(input)
  const { user, system } = process.cpuUsage(used)
  // What else the machine did meanwhile is not the case's.
  note(number, input, Math.min(performance.now() - start, (user + system) / 1000))
  const now = process.resourceUsage().maxRSS
  if (error !== null) parentPort.postMessage({ number, what: String(error?.stack ?? error) })
  else if (now - peak > MEMORY_STEP && number > from)
    parentPort.postMessage({ number, what: `took ${Math.round((now - peak) / 1024)} MiB of memory` })
  peak = Math.max(peak, now)
  if (number % TELL_EVERY === 0) parentPort.postMessage({ seen })
}
readers.clean()
parentPort.postMessage({ done: true, seen })
