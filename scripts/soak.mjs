// Feeds a capture without end to the built program by a pipe, and tells how large it gets. No file is needed, however many
// packets: node scripts/soak.mjs --packets 100000000. Ends with 1 where it grows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { classic, segment } from '../fixtures/capture/make.mjs'
import { readOptions, refuse } from './options.mjs'

const USAGE = 'node scripts/soak.mjs [--packets N] [--flows N]'
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

const { packets, flows } = readOptions(
  { packets: { type: 'string', default: '10000000' }, flows: { type: 'string', default: '1000' } },
  USAGE,
  ['packets', 'flows'],
)
if (packets < ROWS || flows < 1 || flows > 60_000) refuse('at least 10 packets, and 1 to 60000 flows', USAGE)
if (!existsSync('/proc/self/status')) refuse('the size of a process is read from /proc, which is not here', USAGE)

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

const residentMiB = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const child = spawn(process.execPath, [PROGRAM, 'analyze', '-', '--format', 'json', '--fail-on', 'never'], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const answer = []
child.stdout.on('data', (data) => answer.push(data))
const ended = once(child, 'close')
const { head, bytes, size } = round()
const start = performance.now()
const sizes = []
console.log('| packets | seconds | resident MiB |\n| ---: | ---: | ---: |')
child.stdin.write(head)
let fed = 0
for (let turn = 0; fed < packets; turn++) {
  advance(bytes, size, turn)
  const count = Math.min(flows, packets - fed)
  if (!child.stdin.write(Buffer.from(bytes.subarray(0, count * size)))) await once(child.stdin, 'drain')
  fed += count
  if (fed < ((sizes.length + 1) * packets) / ROWS) continue
  sizes.push(residentMiB(child.pid))
  console.log(`| ${fed} | ${((performance.now() - start) / 1000).toFixed(1)} | ${sizes.at(-1).toFixed(0)} |`)
}
child.stdin.end()
const [code] = await ended
const [capture] = JSON.parse(Buffer.concat(answer).toString()).captures
const told = capture.packets === packets && code === 0
console.log(`exit ${code}, ${capture.packets} packets told of in ${((performance.now() - start) / 1000).toFixed(1)} s`)
const flat = Math.max(...sizes.slice(ROWS / 2)) <= GROWTH * Math.max(...sizes.slice(0, ROWS / 2))
if (!flat) console.log('it grew')
process.exitCode = told && flat ? 0 : 1
