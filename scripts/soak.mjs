// Feeds a capture without end to the built program by a pipe, and tells how large it gets. No file is needed, however many
// packets: node scripts/soak.mjs --packets 100000000. With --lines it is a week of log. Ends with 1 where it grows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { classic, segment } from '../fixtures/capture/make.mjs'
import { readOptions, refuse } from './options.mjs'
import { soakPicture } from './soak-picture.mjs'

const USAGE = `node scripts/soak.mjs [--packets N [--flows N] | --lines N] [--picture FILE]
  --lines    a log of seven days in place of a capture, its stamps without date
  --picture  where to draw heap and resident size over time, as SVG`
const PROBE = new URL('./soak-probe.mjs', import.meta.url).href
const PROGRAM = fileURLToPath(new URL('../bin/noaccept.js', import.meta.url))
const ROWS = 10
/** More than V8 takes and gives back between two looks. */
const GROWTH = 1.25
const HEADER = 24
const RECORD = 16
const IP = { SOURCE: 12 }
const TCP = { SOURCE_PORT: 20, SEQUENCE: 24 }
const PAYLOAD = 44
/** Of each connection that is fed, one segment in so many milliseconds: 100 M packets of 1000 flows take an hour and a half of captured time. */
const STEP_MS = 50

const { packets, flows, lines, picture } = readOptions(
  {
    packets: { type: 'string', default: '10000000' },
    flows: { type: 'string', default: '1000' },
    lines: { type: 'string' },
    picture: { type: 'string' },
  },
  USAGE,
  ['packets', 'flows', 'lines'],
)
if (packets < ROWS || flows < 1 || flows > 60_000) refuse('at least 10 packets, and 1 to 60000 flows', USAGE)
if (lines !== undefined && lines < ROWS) refuse('at least 10 lines', USAGE)
if (!existsSync(PROGRAM) || !existsSync(new URL('../dist/cli/main.js', import.meta.url)))
  refuse('the program is not built: npm run build', USAGE)

/** One segment of each flow, one after the other. */
function round() {
  const record = classic([{ seconds: 1_700_000_000, fraction: 0, data: segment(PAYLOAD) }])
  const size = record.length - HEADER
  const bytes = Buffer.alloc(flows * size)
  for (let flow = 0; flow < flows; flow++) {
    record.copy(bytes, flow * size, HEADER)
    bytes.writeUInt16BE(1024 + flow, flow * size + RECORD + TCP.SOURCE_PORT)
    bytes.writeUInt32BE(0x0a000001 + (flow >> 8), flow * size + RECORD + IP.SOURCE)
  }
  return { head: record.subarray(0, HEADER), bytes, size }
}

/** Moves every segment on by its payload, and in time. */
function advance(bytes, size, turn) {
  const milliseconds = turn * STEP_MS
  const seconds = 1_700_000_000 + Math.floor(milliseconds / 1000)
  const sequence = (1 + turn * PAYLOAD) >>> 0
  for (let at = 0; at < bytes.length; at += size) {
    bytes.writeUInt32LE(seconds, at)
    bytes.writeUInt32LE((milliseconds % 1000) * 1000, at + 4)
    bytes.writeUInt32BE(sequence, at + RECORD + TCP.SEQUENCE)
  }
}

/** Segments of each flow in turn: a piece to feed, and how many packets it has. */
function* segments() {
  const { head, bytes, size } = round()
  yield [head, 0]
  for (let turn = 0, fed = 0; fed < packets; turn++) {
    advance(bytes, size, turn)
    const count = Math.min(flows, packets - fed)
    fed += count
    yield [Buffer.from(bytes.subarray(0, count * size)), count]
  }
}

const DAY_MS = 86_400_000
const DAYS = 7
const LINES_OF_A_PIECE = 1000

const two = (number) => String(number).padStart(2, '0')

function line(at) {
  const time = Math.floor((at * (DAYS * DAY_MS - 1)) / (lines - 1))
  const second = Math.floor(time / 1000)
  const stamp = `${two(Math.floor(second / 3600) % 24)}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  const what =
    at % 3 === 0 ? `accept fd=${at % 5000} from 10.1.2.3:${1024 + (at % 60_000)}` : `session ${at} read 44 bytes`
  return `${stamp}.${String(time % 1000).padStart(3, '0')} I ${at % 64}> ${what}\n`
}

/** Lines of seven days; each midnight shows in the stamps alone. */
function* logLines() {
  for (let at = 0; at < lines; at += LINES_OF_A_PIECE) {
    const count = Math.min(LINES_OF_A_PIECE, lines - at)
    yield [Buffer.from(Array.from({ length: count }, (_, index) => line(at + index)).join('')), count]
  }
}

/** What the program told of a capture: null where that is all of it. */
function wrongOfCapture({ captures: [capture] }) {
  return capture.packets === packets ? null : `${capture.packets} packets were told of`
}

function wrongOfLog({ logs: [log] }) {
  const last = '+6d 23:59:59.999'
  if (log.lines !== lines) return `${log.lines} lines were told of`
  return log.lastTime === last ? null : `the last line is of ${log.lastTime}, not of ${last}`
}

const job =
  lines === undefined
    ? {
        amount: packets,
        unit: 'packets',
        pieces: segments(),
        given: ['analyze', '-', '--format', 'json', '--fail-on', 'never'],
        wrong: wrongOfCapture,
      }
    : { amount: lines, unit: 'lines', pieces: logLines(), given: ['logs', '-', '--format', 'json'], wrong: wrongOfLog }

const child = spawn(process.execPath, ['--import', PROBE, PROGRAM, ...job.given], {
  stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
})
const answer = []
child.stdout.on('data', (data) => answer.push(data))
const ended = once(child, 'close')
const start = performance.now()
const seconds = () => (performance.now() - start) / 1000
const samples = []
createInterface({ input: child.stdio[3] }).on('line', (text) =>
  samples.push({ seconds: seconds(), ...JSON.parse(text) }),
)
const MEBIBYTE = 1 << 20
const sizes = []
console.log(`| ${job.unit} | seconds | resident MiB | heap MiB |\n| ---: | ---: | ---: | ---: |`)
let fed = 0
for (const [piece, count] of job.pieces) {
  if (!child.stdin.write(piece)) await once(child.stdin, 'drain')
  fed += count
  const now = samples.at(-1)
  if (fed < ((sizes.length + 1) * job.amount) / ROWS || now === undefined) continue
  sizes.push(now.rss)
  const [resident, heap] = [now.rss, now.heapUsed].map((bytes) => (bytes / MEBIBYTE).toFixed(0))
  console.log(`| ${fed} | ${seconds().toFixed(1)} | ${resident} | ${heap} |`)
}
child.stdin.end()
const [code] = await ended
const wrong = code === 0 ? job.wrong(JSON.parse(Buffer.concat(answer).toString())) : `it ended with ${code}`
console.log(wrong ?? `all ${job.amount} ${job.unit} told of in ${seconds().toFixed(1)} s`)
const half = Math.floor(sizes.length / 2)
const flat = Math.max(...sizes.slice(half)) <= GROWTH * Math.max(...sizes.slice(0, half))
if (!flat) console.log('it grew')
if (picture !== undefined && samples.length > 1)
  writeFileSync(picture, soakPicture(samples, `${job.amount} ${job.unit} by a pipe`))
process.exitCode = wrong === null && flat ? 0 : 1
