// The benchmark: whole processes on generated captures, one table, written to bench/results.md.
//   node bench/run.mjs [--quick] [--runs N] [--only SHAPE]
// --quick: a tenth of the packets, one run each, nothing written. Inputs are kept in .bench/ for the next time.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { readOptions, refuse } from '../scripts/options.mjs'
import {
  CAPTURE_CONTENDERS,
  correlateContenders,
  FILTER_CONTENDERS,
  FLAG_CONTENDERS,
  LOG_CONTENDERS,
  LONG_CONTENDERS,
  packedContenders,
  START_CONTENDERS,
  STDIN_CONTENDERS,
} from './contenders.mjs'
import { SHAPES } from './generate.mjs'
import { captureOf, logOf, packedOf, sizeOf } from './inputs.mjs'
import { firstLine, measure, median } from './measure.mjs'
import { writeResults } from './results.mjs'

const USAGE = 'node bench/run.mjs [--quick] [--runs N] [--only SHAPE]'
const given = readOptions(
  {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string' },
  },
  USAGE,
  ['runs'],
)
const RUNS = given.runs ?? (given.quick ? 1 : 3)
if (RUNS < 1) refuse('at least one run', USAGE)
const FEWER = given.quick ? 10 : 1

const capture = (shape, title, contenders = CAPTURE_CONTENDERS, make = captureOf) => ({
  name: title,
  unit: 'packets',
  amount: SHAPES[shape].packets / FEWER,
  make: (packets) => make(shape, packets),
  contenders,
})

const packed = (title, packer, unpacker, extension) =>
  capture('flows-10k', `10 k flows, ${title}`, packedContenders(unpacker), (shape, packets) =>
    packedOf(shape, packets, packer, extension),
  )

/** A gigabyte of log, and beside it half a gigabyte of capture. */
const LOG_LINES = 14_000_000 / FEWER
const JSON_LINES = 4_000_000 / FEWER
const PACKETS_BESIDE = 4_500_000 / FEWER

const logLoad = {
  name: 'server log',
  unit: 'lines',
  amount: LOG_LINES,
  make: (lines) => logOf(lines),
  contenders: LOG_CONTENDERS,
}

/** lnav reads none of a program's own fields without a format file. */
const jsonLogLoad = {
  ...logLoad,
  name: 'server log, JSON lines',
  amount: JSON_LINES,
  make: (lines) => logOf(lines, 'json'),
  contenders: LOG_CONTENDERS.filter(({ name }) => name !== 'lnav'),
}

const correlateLoad = {
  ...logLoad,
  name: 'server log beside a capture',
  contenders: correlateContenders(() => captureOf('flows-10k', PACKETS_BESIDE)),
}

const LOADS = [
  capture('flows-10k', '10 k flows, small packets'),
  capture('flows-10k-ipv6', '10 k flows over IPv6'),
  capture('large', '10 k flows, large packets'),
  capture('flows-200k', '200 k flows at random'),
  capture('flows-1m', '1 M flows at random'),
  capture('syn-scan', 'SYN scan, 2 M flows'),
  packed('gzip', 'gzip -6 -c', 'gzip -dc', 'gz'),
  packed('zstd', 'zstd -q -c', 'zstd -dcq', 'zst'),
  packed('lz4', 'lz4 -q -c', 'lz4 -dcq', 'lz4'),
  capture('flows-10k', '10 k flows, standard input', STDIN_CONTENDERS),
  capture('flows-10k', '10 k flows, analysis flags', FLAG_CONTENDERS),
  capture('flows-10k', '10 k flows, filtered', FILTER_CONTENDERS),
  { ...capture('flows-10k-long', '10 k flows, ten times as long', LONG_CONTENDERS), rounds: 1 },
  logLoad,
  jsonLogLoad,
  correlateLoad,
  {
    name: 'start-up',
    unit: 'packets',
    amount: 20,
    make: (n) => captureOf('flows-10k', n),
    contenders: START_CONTENDERS,
  },
]

if (given.only !== undefined && !LOADS.some(({ name }) => name.includes(given.only)))
  refuse(`no load has "${given.only}" in its name: there are ${LOADS.map(({ name }) => name).join('; ')}`, USAGE)

const versions = new Map()

/** True where it is installed; asks once. */
function isThere({ name, version }) {
  if (!versions.has(name)) versions.set(name, firstLine(version))
  return versions.get(name) !== null
}

/** Round by round, so that what else the machine does befalls all alike; a row per contender. */
function measureLoad(load) {
  const entries = load.contenders.filter(isThere).map((contender) => {
    const amount = Math.min(load.amount, contender.most ?? load.amount)
    return { contender, amount, path: load.make(amount), runs: [] }
  })
  const made = entries.filter(({ path }) => path !== null)
  for (const path of new Set(made.map((entry) => entry.path))) readOnce(path)
  for (let round = 0; round < Math.min(RUNS, load.rounds ?? RUNS); round++)
    for (const { contender, path, runs } of made) {
      const run = measure(contender.run(path))
      if (run !== null) runs.push(run)
    }
  for (const { path } of made) rmSync(`${path}.json`, { force: true })
  return made.map((entry) => rowOf(load, entry))
}

/** Else the first contender would read from the disk, and the others from the system's cache. */
const readOnce = (path) => spawnSync('cat', [path], { stdio: 'ignore' })

function rowOf(load, { contender, amount, path, runs }) {
  const scale = load.amount / amount
  return {
    load: load.name,
    amount: load.amount,
    unit: load.unit,
    name: contender.name,
    yardstick: contender.yardstick === true,
    scale,
    megabytes: sizeOf(path) * scale,
    cpu: median(runs.map(({ cpu }) => cpu)) * scale,
    wall: median(runs.map(({ wall }) => wall)) * scale,
    memory: median(runs.map((run) => run.megabytes)),
  }
}

const rows = []
const began = performance.now()
for (const load of LOADS) {
  if (given.only !== undefined && !load.name.includes(given.only)) continue
  console.error(`measuring ${load.name}`)
  rows.push(...measureLoad(load))
}
writeResults({
  rows,
  versions,
  runs: RUNS,
  minutes: (performance.now() - began) / 60_000,
  keep: !given.quick && given.only === undefined,
})
