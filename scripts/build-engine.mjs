// Compiles the engine's assembly (AssemblyScript) to dist/engine.wasm. The offsets that it shares with the program are
// written out for it first: there they are objects, which AssemblyScript does not know.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))
const assembly = `${root}src/engine/assembly`
const compiled = (path) => import(`../dist/${path}`)

const [
  memory,
  row,
  dossier,
  rare,
  beats,
  signals,
  conn,
  analysis,
  unacked,
  statistics,
  completeness,
  records,
  paths,
  speech,
  resets,
  links,
  packet,
  bounds,
  shapes,
  pcapng,
  labels,
  descriptions,
  facts,
  slow,
  unacknowledged,
  stance,
  durations,
  times,
] = await Promise.all(
  [
    'engine/memory-map.js',
    'flow/row.js',
    'flow/dossier.js',
    'flow/rare-dossier.js',
    'flow/beats.js',
    'flow/signal-log.js',
    'flow/conn-state.js',
    'flow/analysis/side-state.js',
    'flow/analysis/unacked-node.js',
    'flow/statistics-memory.js',
    'flow/completeness.js',
    'flow/history-records.js',
    'flow/history-path.js',
    'flow/speech.js',
    'flow/rst-shape.js',
    'capture/link-type.js',
    'packet/packet.js',
    'capture/bounds.js',
    'flow/syn-shape.js',
    'capture/pcapng-block.js',
    'report/connection-labels.js',
    'diagnosis/describe-connection.js',
    'diagnosis/fact.js',
    'diagnosis/rules/slow-responder.js',
    'diagnosis/rules/replies-unacknowledged.js',
    'diagnosis/stance.js',
    'text/duration.js',
    'text/time.js',
  ].map(compiled),
)

/** Four bits each, the first lowest. */
const packed = (caps) => caps.reduce((word, cap, index) => word | (cap << (index * 4)), 0)

const numbers = {
  BATCH: memory.BATCH,
  TALLY: memory.TALLY,
  REGIONS: memory.REGIONS,
  REGION_WORDS: memory.REGION_WORDS,
  LIMITS: memory.LIMITS,
  MOST_A_PACKET: memory.MOST_A_PACKET,
  PACKET: memory.PACKET,
  LINE: memory.LINE,
  TEXTS: memory.TEXTS,
  LINES: memory.LINES,
  MANNER_WORDS: memory.MANNER_WORDS,
  PASSAGE_WORDS: memory.PASSAGE_WORDS,
  PASSAGE_BITS: memory.PASSAGE_BITS,
  ADDRESSES: memory.WINDOW_END,
  ADDRESS_BITS: memory.ADDRESS_BITS,
  ADDRESS_BYTES: memory.ADDRESS_BYTES,
  SECONDS_FROM: durations.SECONDS_FROM,
  MINUTES_FROM: durations.MINUTES_FROM,
  TIE: durations.TIE,
  FIVE_DIGIT_YEARS: times.FIVE_DIGIT_YEARS,
  RECURRENCES: descriptions.RECURRENCES,
  LATE: facts.LATE,
  PATIENCE: facts.PATIENCE,
  BEYOND_HABIT: facts.BEYOND_HABIT,
  REPEATED: facts.REPEATED,
  FIRST_EPHEMERAL: stance.FIRST_EPHEMERAL,
  MOST_OF_THE_TIME: slow.MOST_OF_THE_TIME,
  LEAST_ANSWERED: slow.LEAST_ANSWERED,
  ROUND_TRIPS: slow.ROUND_TRIPS,
  LEAST_REPETITIONS: unacknowledged.LEAST_REPETITIONS,
  MOST_SPEECH: memory.MOST_SPEECH,
  ROW_WORDS: row.ROW_WORDS,
  SIDE_WORDS: row.SIDE_WORDS,
  DOSSIER_WORDS: dossier.DOSSIER_WORDS,
  RARE_DOSSIER_WORDS: rare.RARE_DOSSIER_WORDS,
  BEATS: dossier.BEATS,
  BEAT_BODY_WORDS: beats.BODY_WORDS,
  OTHER_BEATS_WORDS: beats.OTHER_BEATS_WORDS,
  NO_SCALE: shapes.NO_SCALE,
  FOUND: memory.FOUND,
  ANALYSIS_WORDS: analysis.FLOW_WORDS,
  ANALYSIS_SIDE_WORDS: analysis.SIDE_WORDS,
  RARE_WORDS: analysis.RARE_WORDS,
  NODE_WORDS: unacked.NODE_WORDS,
  SOLE: unacked.SOLE,
  MOST_OF_A_SIDE: unacked.MOST_OF_A_SIDE,
  MOST_OF_ALL: unacked.MOST_OF_ALL,
  STATISTICS_WORDS: statistics.STATISTICS_WORDS,
  STATISTICS_SIDE_WORDS: statistics.STATISTICS_SIDE_WORDS,
  SIGNAL_WORDS: signals.SIGNAL_WORDS,
  MOST_SIGNALS: signals.MOST_SIGNALS,
  SIGNAL_CAPS_LOW: packed(signals.CAPS.slice(0, 8)),
  SIGNAL_CAPS_HIGH: packed(signals.CAPS.slice(8)),
  HISTORY_WORDS: records.HISTORY_WORDS,
  MOST_LETTERS: records.MOST_LETTERS,
}
const groups = {
  Column: memory.Column,
  Outcome: memory.Outcome,
  Tally: memory.Tally,
  RegionNumber: memory.RegionNumber,
  RegionWord: memory.RegionWord,
  Limit: memory.Limit,
  Total: memory.Total,
  PacketField: memory.PacketField,
  LineField: memory.LineField,
  TextField: memory.TextField,
  Manner: memory.Manner,
  PassageWord: memory.PassageWord,
  Line: memory.Line,
  Label: labels.labelPlaces(),
  Fact: facts.Fact,
  Row: row.Row,
  Side: row.Side,
  State: row.State,
  Dossier: dossier.Dossier,
  RareDossier: rare.RareDossier,
  Beat: beats.Beat,
  Signal: signals.Signal,
  SignalCap: Object.fromEntries(Object.entries(signals.Signal).map(([name, kind]) => [name, signals.CAPS[kind]])),
  SideState: analysis.SideState,
  SideBit: analysis.SideBit,
  RareState: analysis.RareState,
  FlowTime: analysis.FlowTime,
  Node: unacked.Node,
  Found: memory.Found,
  SideCount: statistics.SideCount,
  Told: statistics.Told,
  Completeness: completeness.Completeness,
  SignalField: signals.SignalField,
  History: conn.Slot,
  End: conn.End,
  Letter: records.Letter,
  HistoryWord: records.HistoryWord,
  HistoryPath: paths.HistoryPath,
  Speech: speech.Speech,
  RstShape: resets.RstShape,
  LinkType: links.LinkType,
  Block: pcapng.Block,
  EnhancedPacket: pcapng.EnhancedPacket,
  Flag: packet.Flag,
  Protocol: packet.Protocol,
  Bound: { MAX_FRAME_BYTES: bounds.MAX_FRAME_BYTES },
}

const isWord = (value) => (value | 0) === value
const constant = (name, value) => `export const ${name}: ${isWord(value) ? 'i32' : 'f64'} = ${value}\n`
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
  ...['--initialMemory', `${memory.FIRST_PAGES}`, '--maximumMemory', `${memory.MOST_PAGES}`],
  ...(process.argv.includes('--text') ? ['--textFile', `${root}dist/engine.wat`] : []),
])
if (error) {
  console.error(stderr.toString())
  process.exit(1)
}
