// Fuzzes the program's readers: node scripts/fuzz.mjs --reader pcap --cases 100000 --seed 1 [--from N] [--show N]
// Needs the built program (npm run build). A case is told again by its reader, seed and number alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { inputOf, READERS } from './fuzz/cases.mjs'
import { loadSeeds } from './fuzz/seeds.mjs'

const CASE_LIMIT_MS = 10_000
const LOAD_LIMIT_MS = 60_000
const HEAP_MIB = 512
const POLL_MS = 250
/** Failures of a reader after which going on tells nothing new. */
const ENOUGH = 50

const { values } = parseArgs({
  options: {
    reader: { type: 'string', multiple: true },
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    keep: { type: 'string' },
  },
})
const seed = Number(values.seed)
const folder = mkdtempSync(join(tmpdir(), 'noaccept-fuzz-'))

/** Cases from `from` on, in a thread of its own; resolves to the number to go on with. */
function run(reader, from, to, failures) {
  const progress = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(new URL('./fuzz/worker.mjs', import.meta.url), {
    workerData: { reader, seed, from, to, folder, progress },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  })
  return new Promise((resolve) => {
    let longest = { milliseconds: 0, number: from }
    let watched = -1
    let since = performance.now()
    const timer = setInterval(() => {
      const ready = progress[1] === 1
      const now = ready ? progress[0] : -1
      if (now !== watched) {
        watched = now
        since = performance.now()
      } else if (performance.now() - since > (ready ? CASE_LIMIT_MS : LOAD_LIMIT_MS)) {
        failures.push({ number: now, what: ready ? 'took longer than 10 s' : 'could not be loaded' })
        end(ready ? now + 1 : to)
      }
    }, POLL_MS)
    const end = (next) => {
      clearInterval(timer)
      void worker.terminate()
      resolve({ next, longest })
    }
    worker.on('message', (message) => {
      if (message.done) {
        longest = message.longest
        end(to)
      } else {
        failures.push(message)
        if (failures.length >= ENOUGH) end(message.number + 1)
      }
    })
    worker.on('error', (error) => {
      failures.push({ number: progress[0], what: String(error.stack ?? error) })
      end(progress[1] === 1 ? progress[0] + 1 : to)
    })
  })
}

/** Writes an input that failed, to look at and to keep as a fixture. */
function keep(reader, number) {
  if (values.keep === undefined || reader === 'filter' || reader === 'decode') return
  const input = inputOf(reader, seed, number, loadSeeds(), [])
  const path = join(values.keep, `${reader}-${seed}-${number}`)
  writeFileSync(path, reader === 'whole' ? input.capture : input)
  if (input.log) writeFileSync(`${path}.log`, input.log)
}

async function fuzz(reader) {
  const failures = []
  const first = Number(values.from)
  const to = first + Number(values.cases)
  const start = performance.now()
  let longest = { milliseconds: 0, number: first }
  let next = first
  while (next < to && failures.length < ENOUGH) {
    const part = await run(reader, next, to, failures)
    if (part.longest.milliseconds > longest.milliseconds) longest = part.longest
    next = part.next
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${reader}: ${next - first} cases in ${seconds.toFixed(1)} s, ${failures.length} failures, longest case ${longest.number} with ${longest.milliseconds.toFixed(0)} ms`,
  )
  for (const { number, what } of failures) {
    console.log(`  case ${number}: ${what.split('\n').slice(0, 4).join('\n    ')}`)
    keep(reader, number)
  }
  return failures.length
}

let failed = 0
for (const reader of values.reader ?? READERS) failed += await fuzz(reader)
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed > 0 ? 1 : 0
