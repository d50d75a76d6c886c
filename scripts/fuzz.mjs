// Fuzzes the program's readers. Needs the built program (npm run build). A case is told again by its reader, seed and
// number alone.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inputOf, READERS } from './fuzz/cases.mjs'
import { loadSeeds } from './fuzz/seeds.mjs'
import { readOptions, refuse } from './options.mjs'

const USAGE = `node scripts/fuzz.mjs [--reader NAME]… [--cases N] [--seed N] [--from N] [--keep FOLDER]
  readers: ${READERS.join(', ')}; all of them where none is named
  --keep   where to write the inputs that failed`

const CASE_LIMIT_MS = 10_000
const LOAD_LIMIT_MS = 60_000
const HEAP_MIB = 512
/** Time is counted in looks: where the whole machine stands still, so do they. */
const POLL_MS = 250
/** Failures of a reader after which going on tells nothing new. */
const ENOUGH = 50

const values = readOptions(
  {
    reader: { type: 'string', multiple: true },
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    keep: { type: 'string' },
  },
  USAGE,
  ['cases', 'seed', 'from'],
)
const readers = values.reader ?? READERS
for (const reader of readers) if (!READERS.includes(reader)) refuse(`there is no reader "${reader}"`, USAGE)
const { seed } = values
/** In memory where that is offered: a case writes its files anew. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'noaccept-fuzz-'))

/** Cases from `from` on, in a thread of its own; resolves to the number to go on with. */
function run(reader, from, to, found) {
  const progress = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(new URL('./fuzz/worker.mjs', import.meta.url), {
    workerData: { reader, seed, from, to, folder, progress },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  })
  return new Promise((resolve) => {
    let watched = -1
    let looks = 0
    const timer = setInterval(() => {
      const ready = progress[1] === 1
      const now = ready ? progress[0] : -1
      if (now !== watched) {
        watched = now
        looks = 0
      } else if (++looks * POLL_MS > (ready ? CASE_LIMIT_MS : LOAD_LIMIT_MS)) {
        found.failures.push({ number: now, what: ready ? 'took longer than 10 s' : 'could not be loaded' })
        end(ready ? now + 1 : to)
      }
    }, POLL_MS)
    const end = (next) => {
      clearInterval(timer)
      void worker.terminate()
      resolve(next)
    }
    worker.on('message', (message) => {
      if (message.what === undefined) Object.assign(found, message.seen)
      else found.failures.push(message)
      if (message.done) end(to)
      else if (found.failures.length >= ENOUGH) end(message.number + 1)
    })
    worker.on('error', (error) => {
      found.failures.push({ number: progress[0], what: String(error.stack ?? error) })
      end(progress[1] === 1 ? progress[0] + 1 : to)
    })
  })
}

/** Writes an input that failed, to look at and to keep as a fixture. */
function keep(reader, number) {
  if (values.keep === undefined || reader === 'filter' || reader === 'decode') return
  mkdirSync(values.keep, { recursive: true })
  const input = inputOf(reader, seed, number, loadSeeds(), [])
  const path = join(values.keep, `${reader}-${seed}-${number}`)
  writeFileSync(path, reader === 'whole' ? input.capture : input)
  if (input.log) writeFileSync(`${path}.log`, input.log)
}

async function fuzz(reader) {
  const to = values.from + values.cases
  const start = performance.now()
  const found = {
    failures: [],
    longest: { milliseconds: 0, number: values.from },
    largest: { bytes: 0, number: values.from },
  }
  let next = values.from
  while (next < to && found.failures.length < ENOUGH) next = await run(reader, next, to, found)
  const seconds = (performance.now() - start) / 1000
  const { failures, longest, largest } = found
  console.log(
    `${reader}, seed ${seed}: ${next - values.from} cases in ${seconds.toFixed(1)} s, ${failures.length} failures, ` +
      `longest case ${longest.number} with ${longest.milliseconds.toFixed(0)} ms, largest case ${largest.number} with ${largest.bytes} bytes`,
  )
  for (const { number, what } of failures) {
    console.log(`  case ${number}: ${what.split('\n').slice(0, 4).join('\n    ')}`)
    keep(reader, number)
  }
  return failures.length
}

let failed = 0
for (const reader of readers) failed += await fuzz(reader)
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed > 0 ? 1 : 0
