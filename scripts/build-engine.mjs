// Compiles the engine's assembly (AssemblyScript) to dist/engine.wasm. The offsets that it shares with the program are
// written out for it first: there they are objects, which AssemblyScript does not know.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))
const assembly = `${root}src/engine/assembly`
const compiled = (path) => import(`../dist/${path}`)

const [
  columns,
  row,
  dossier,
  beats,
  signals,
  conn,
  analysis,
  unacked,
  statistics,
  completeness,
  links,
  packet,
  bounds,
  shapes,
  pcapng,
] = await Promise.all(
  [
    'engine/columns.js',
    'flow/row.js',
    'flow/dossier.js',
    'flow/beats.js',
    'flow/signal-log.js',
    'flow/conn-state.js',
    'flow/analysis/side-state.js',
    'flow/analysis/unacked-node.js',
    'flow/statistics-memory.js',
    'flow/completeness.js',
    'capture/link-type.js',
    'packet/packet.js',
    'capture/bounds.js',
    'flow/syn-shape.js',
    'capture/pcapng.js',
  ].map(compiled),
)

const numbers = {
  BATCH: columns.BATCH,
  TALLY: columns.TALLY,
  REGIONS: columns.REGIONS,
  REGION_WORDS: columns.REGION_WORDS,
  ROW_WORDS: row.ROW_WORDS,
  SIDE_WORDS: row.SIDE_WORDS,
  DOSSIER_WORDS: dossier.DOSSIER_WORDS,
  BEATS: dossier.BEATS,
  BEAT_BODY_WORDS: beats.BODY_WORDS,
  NO_SCALE: shapes.NO_SCALE,
  OUTCOME: columns.OUTCOME,
  ANALYSIS_WORDS: analysis.FLOW_WORDS,
  ANALYSIS_SIDE_WORDS: analysis.SIDE_WORDS,
  RARE_WORDS: analysis.RARE_WORDS,
  NODE_WORDS: unacked.NODE_WORDS,
  SOLE: unacked.SOLE,
  MOST_OF_A_SIDE: unacked.MOST_OF_A_SIDE,
  MOST_OF_ALL: unacked.MOST_OF_ALL,
  STATISTICS_WORDS: statistics.STATISTICS_WORDS,
  STATISTICS_SIDE_WORDS: statistics.STATISTICS_SIDE_WORDS,
}
const groups = {
  Column: columns.Column,
  Tally: columns.Tally,
  RegionNumber: columns.RegionNumber,
  RegionWord: columns.RegionWord,
  Row: row.Row,
  Side: row.Side,
  State: row.State,
  Dossier: dossier.Dossier,
  Beat: beats.Beat,
  Signal: signals.Signal,
  SignalCap: Object.fromEntries(Object.entries(signals.Signal).map(([name, kind]) => [name, signals.CAPS[kind]])),
  History: conn.Noted,
  SideState: analysis.SideState,
  SideBit: analysis.SideBit,
  RareState: analysis.RareState,
  FlowTime: analysis.FlowTime,
  Node: unacked.Node,
  Outcome: columns.Outcome,
  SideCount: statistics.SideCount,
  Told: statistics.Told,
  Completeness: completeness.Completeness,
  LinkType: links.LinkType,
  Block: pcapng.Block,
  EnhancedPacket: pcapng.EnhancedPacket,
  Flag: packet.Flag,
  Protocol: packet.Protocol,
  Bound: { MAX_FRAME_BYTES: bounds.MAX_FRAME_BYTES },
}

const constant = (name, value) => `export const ${name}: i32 = ${value}\n`
const namespace = ([name, members]) =>
  `\nexport namespace ${name} {\n${Object.entries(members)
    .map(([member, value]) => `  ${constant(member, value)}`)
    .join('')}}\n`

writeFileSync(
  `${assembly}/layout.ts`,
  `// Written by scripts/build-engine.mjs.\n${Object.entries(numbers)
    .map(([name, value]) => constant(name, value))
    .join('')}${Object.entries(groups).map(namespace).join('')}`,
)

const { error, stderr } = await asc.main([
  `${assembly}/index.ts`,
  ...['--outFile', `${root}dist/engine.wasm`],
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
  ...['--runtime', 'stub', '--memoryBase', '64', '--importMemory', '--sharedMemory', '--enable', 'threads'],
  ...['--initialMemory', `${columns.FIRST_PAGES}`, '--maximumMemory', `${columns.MOST_PAGES}`],
  ...(process.argv.includes('--text') ? ['--textFile', `${root}dist/engine.wat`] : []),
])
if (error) {
  console.error(stderr.toString())
  process.exit(1)
}
