import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../fixtures', import.meta.url))
/** A seed larger than this makes cases slow, and shows nothing that a smaller one does not. */
const LARGEST = 40_000

const isExpectation = (name) => /\.expect\.ya?ml$/.test(name)
const isLog = (name) => /\.log$|incident\/log-.*\.txt$/.test(name)

/** The fixtures by kind, each with the bytes that it is mutated from. */
export function loadSeeds() {
  const files = readdirSync(ROOT, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => /\.(pcap|pcapng|txt|log|ya?ml|zst|lz4)$/.test(name) && !name.startsWith('regressions/'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(`${ROOT}/${name}`) }))
    .filter(({ bytes }) => bytes.length > 0 && bytes.length < LARGEST)
  const bytesOf = (keep) => files.filter(({ name }) => keep(name)).map(({ bytes }) => bytes)
  const textsOf = (keep) => bytesOf(keep).map((bytes) => bytes.toString())
  return {
    pcap: bytesOf((name) => name.endsWith('.pcap')).filter((bytes) => bytes.length >= 24),
    pcapng: bytesOf((name) => name.endsWith('.pcapng')),
    packed: bytesOf((name) => /\.(zst|lz4)$/.test(name)),
    list: textsOf((name) => /listing-.*\.txt$/.test(name)),
    log: textsOf(isLog),
    expectation: textsOf(isExpectation),
    configuration: CONFIGURATIONS,
  }
}

const CONFIGURATIONS = [
  `formats:
  - id: ours
    title: Our server
    line: '^(?<time>\\d\\d:\\d\\d:\\d\\d\\.\\d+) (?<level>[A-Z]) (?<thread>\\w+)> (?<message>.*)$'
    samples:
      - '03:22:17.671875 W 00168450> readable socket list:932,'
events:
  - id: ours-listening
    kind: listening
    pattern: 'Listening on Socket (?<fd>\\d+)'
    samples: ['Listening on Socket 932']
`,
  `{ "ours": { "title": "Our server", "regex": { "std": { "pattern":
  "^(?<timestamp>\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d \\\\d\\\\d:\\\\d\\\\d:\\\\d\\\\d) (?<level>\\\\w+) (?<body>.*)$" } },
  "sample": [{ "line": "2026-11-23 03:22:17 ERROR no slot" }] } }`,
]
