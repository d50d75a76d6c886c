import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { showProgress } from '../../src/cli/progress.ts'
import { CAUSE_NAMES } from '../../src/correlation/causes/cause-meaning.ts'
import { VERDICTS } from '../../src/diagnosis/verdict.ts'
import { ANALYSIS_NAMES } from '../../src/flow/analysis/analysis-flag.ts'
import { EVENT_KINDS } from '../../src/log/event.ts'
import { RULE_TEXTS } from '../../src/report/rule-texts.ts'
import { recordedIo } from '../support/io.ts'
import { fieldsOf, objections, schemaOf, undescribed } from '../support/schemas.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const fixture = (name: string): string => join(FIXTURES, name)
const STORY = fixture('stories/slot-race/slot-race.pcap')
const STORY_LOGS = ['network.log', 'app.log'].map((name) => fixture(`stories/slot-race/${name}`))

/** Every capture and packet list among the fixtures that is not broken from its beginning on. */
const CAPTURES = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(\.pcap(ng)?(\.\w+)?|fires\.txt|silent\.txt|listing-\d\.txt)$/.test(name))
  .sort()
const STORIES = readdirSync(fixture('stories'))

const PAGE = readFileSync(new URL('../../docs/machine-output.md', import.meta.url), 'utf8')

describe('the page about JSON and NDJSON', () => {
  it('names every schema, and no part that there is not', () => {
    const parts = [...PAGE.matchAll(/`(\w+\.schema\.json)(#\/[$\w/]+)?`/g)]
    const named = parts.map(([, file]) => file!)
    expect([...new Set(named)].sort()).toEqual(readdirSync(new URL('../../schemas/', import.meta.url)).sort())
    for (const [, file = '', part = ''] of parts)
      if (part !== '') expect(schemaOf(file + part), `${file}${part}`).toBeDefined()
  })
})

async function outputOf(...words: string[]): Promise<string> {
  const io = recordedIo()
  const program = new Command('noaccept').exitOverride()
  const { command } = await COMMANDS.find(({ name }) => name === words[0])!.load()
  command.declare(program, io)
  await program.parseAsync(words, { from: 'user' })
  return io.stdout
}

/** The same; nothing of a fixture that is no capture at all. */
const outputIfReadable = (...words: string[]): Promise<string> => outputOf(...words).catch(() => '')

const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** Holds values to what describes them: none breaks a rule or has a field more, and together they have every field. */
function hold(values: readonly unknown[], ref: string, seldom: readonly string[] = []): void {
  const met = new Set<string>()
  for (const value of values) {
    expect(objections(value, ref)).toBeNull()
    expect(undescribed(value, ref, (field) => met.add(field))).toEqual([])
  }
  expect([...fieldsOf(ref)].filter((field) => !met.has(field) && !seldom.includes(field))).toEqual([])
}

/** Holds that a value without one of its necessary fields is refused. */
function holdNecessary(value: object, ref: string): void {
  const { required = [] } = schemaOf(ref)
  expect(required.length).toBeGreaterThan(0)
  for (const name of required) expect(objections({ ...value, [name]: undefined }, ref), name).not.toBeNull()
}

describe('the schema of packets', () => {
  it('describes every packet of every fixture', { timeout: 60_000 }, async () => {
    const packets: unknown[] = []
    for (const name of CAPTURES)
      packets.push(...linesOf(await outputIfReadable('packets', fixture(name), '--format', 'ndjson')))
    expect(packets.length).toBeGreaterThan(1000)
    hold(packets, 'packets.schema.json#/$defs/packet')
    holdNecessary(packets[0] as object, 'packets.schema.json#/$defs/packet')
  })

  it('describes the array', async () => {
    const document = JSON.parse(await outputOf('packets', STORY, '--format', 'json'))
    expect(objections(document, 'packets.schema.json')).toBeNull()
    expect(objections([{ ...document[0], seq: undefined }], 'packets.schema.json')).not.toBeNull()
  })

  it('knows all names of the analysis', () => {
    const { analysis } = schemaOf('packets.schema.json#/$defs/packet').properties!
    expect(analysis!.items!.enum).toEqual(ANALYSIS_NAMES.map(([name]) => name))
  })
})

describe('the schema of flows', () => {
  it('describes every connection of every fixture', { timeout: 60_000 }, async () => {
    const flows: unknown[] = []
    for (const name of CAPTURES)
      flows.push(...linesOf(await outputIfReadable('flows', fixture(name), '--format', 'ndjson')))
    expect(flows.length).toBeGreaterThan(100)
    // Told where a connection goes on in a second capture.
    hold(flows, 'flows.schema.json#/$defs/flow', ['flows.schema.json#/$defs/flow.lastCapture'])
    holdNecessary(flows[0] as object, 'flows.schema.json#/$defs/flow')
  })

  it('describes the document', async () => {
    const document = JSON.parse(await outputOf('flows', STORY, '--format', 'json'))
    expect(objections(document, 'flows.schema.json')).toBeNull()
    expect(undescribed(document, 'flows.schema.json')).toEqual([])
    holdNecessary(document, 'flows.schema.json')
  })
})

describe('the schema of timeline', () => {
  it('describes the timeline of a capture with its logs', async () => {
    const words = ['timeline', STORY, ...STORY_LOGS]
    const document = JSON.parse(await outputOf(...words, '--format', 'json'))
    hold([document], 'timeline.schema.json')
    holdNecessary(document, 'timeline.schema.json')
    const lines = linesOf(await outputOf(...words, '--format', 'ndjson'))
    expect(lines).toEqual(document.timeline)
    hold(lines, 'timeline.schema.json#/$defs/entry')
    holdNecessary(lines[0] as object, 'timeline.schema.json#/$defs/entry')
  })
})

/** A classic capture in big-endian whose clock is late by another time at every packet. */
function unsteady(capture: Buffer): Buffer {
  const copy = Buffer.from(capture)
  for (let at = 24, late = 0; at < copy.length; at += 16 + copy.readUInt32BE(at + 8), late = (late + 100) % 300)
    copy.writeUInt32BE(copy.readUInt32BE(at + 4) + late, at + 4)
  return copy
}

describe('the schema of compare', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-schemas-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('describes how each story differs from the one without a mistake, and from itself', async () => {
    const repaired = fixture('stories/repaired/repaired.pcap')
    const damaged = fixture('capture/absurd-length.pcap')
    const late = join(folder, 'late.pcap')
    writeFileSync(late, unsteady(readFileSync(fixture('incident/listing-1.pcap'))))
    const pairs = [
      ...STORIES.map((name) => [repaired, fixture(`stories/${name}/${name}.pcap`)] as const),
      [fixture('incident/listing-1.txt'), fixture('incident/listing-2.pcap')] as const,
      [repaired, fixture('incident/listing-1.pcap')] as const,
      [fixture('incident/listing-1.pcap'), repaired] as const,
      [repaired, damaged] as const,
      [damaged, repaired] as const,
      [fixture('incident/listing-1.pcap'), late] as const,
    ]
    const documents: object[] = []
    for (const [a, b] of pairs) documents.push(JSON.parse(await outputOf('compare', a, b, '--format', 'json')))
    hold(documents, 'compare.schema.json')
    holdNecessary(documents[0]!, 'compare.schema.json')
  })
})

describe('the schema of check', () => {
  it('describes what is met, and what is not', async () => {
    const document = JSON.parse(await outputOf('check', fixture('stories'), fixture('incident'), '--format', 'json'))
    hold([document], 'check.schema.json')
    holdNecessary(document, 'check.schema.json')
  })
})

/** What the stories' logs do not tell: several processes, addresses, error numbers, and lines that no pattern knows. */
const PROCESSES = [
  '2026-11-23T10:00:00.000Z server[4711]: listening on 0.0.0.0:9000, fd=7',
  '2026-11-23T10:00:00.100Z server[4711]: Accept: Socket 12 from 10.1.2.3:50022 on listener 7',
  '2026-11-23T10:00:00.200Z server[4711]: accept failed: errno 24 (Too many open files)',
  '2026-11-23T10:00:00.300Z server[4711]: the cache has 4711 entries now',
  '2026-11-23T10:00:09.400Z server[4711]: the cache has 4712 entries now',
]
/** Where the process is named beside its host. */
const OF_HOST = '2026-11-23T10:00:09.500Z host server[4711]: Listening on port 9000\n'

describe('the schema of logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-schemas-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const logs = STORIES.flatMap((name) => ['network.log', 'app.log'].map((log) => fixture(`stories/${name}/${log}`)))
  for (const [at, name] of ['server.log', 'server.log.1'].entries()) {
    writeFileSync(join(folder, name), PROCESSES.map((line) => `${line.replace('T10', `T${10 - at}`)}\n`).join(''))
    logs.push(join(folder, name))
  }
  writeFileSync(join(folder, 'syslog'), OF_HOST)
  logs.push(join(folder, 'syslog'))

  it('describes the summary', async () => {
    const document = JSON.parse(await outputOf('logs', ...logs, '--format', 'json'))
    hold([document], 'logs.schema.json')
    holdNecessary(document, 'logs.schema.json')
  })

  it('describes every event', async () => {
    const events = linesOf(await outputOf('logs', ...logs, '--format', 'ndjson'))
    hold(events, 'logs.schema.json#/$defs/event')
    holdNecessary(events[0] as object, 'logs.schema.json#/$defs/event')
  })

  it('knows every kind of event', () => {
    expect(schemaOf('logs.schema.json#/$defs/kind').enum).toEqual(EVENT_KINDS)
  })
})

describe('the schema of rules', () => {
  it('describes the list', async () => {
    const document = JSON.parse(await outputOf('rules', '--format', 'json'))
    hold([document], 'rules.schema.json')
    holdNecessary(document, 'rules.schema.json')
  })

  it('describes each entry as explain tells of it', async () => {
    const explained = async (name: string) => JSON.parse(await outputOf('explain', name, '--format', 'json'))
    const rules = RULE_TEXTS.map(({ id }) => id)
    const isNoRule = (name: string) => !rules.includes(name)
    hold(await Promise.all(rules.map(explained)), 'rules.schema.json#/$defs/rule')
    hold(await Promise.all(VERDICTS.filter(isNoRule).map(explained)), 'rules.schema.json#/$defs/explainedVerdict')
    hold(await Promise.all(CAUSE_NAMES.filter(isNoRule).map(explained)), 'rules.schema.json#/$defs/explainedCause')
  })
})

describe('the schema of progress', () => {
  it('describes each line', () => {
    const io = recordedIo()
    let now = 0
    const display = showProgress({ progress: 'json', quiet: false }, io, () => now)
    for (const storedSize of [null, 4000]) {
      now += 1000
      display.update({ path: 'lo.pcap', bytes: 2400, packets: 17, storedBytes: 1200, storedSize })
    }
    const lines = linesOf(io.stderr)
    expect(lines).toHaveLength(2)
    hold(lines, 'progress.schema.json')
    holdNecessary(lines[0] as object, 'progress.schema.json')
  })
})
