import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inputOf, READERS, type Reader } from '../../scripts/fuzz/cases.mjs'
import { loadReaders } from '../../scripts/fuzz/readers.mjs'
import { loadSeeds } from '../../scripts/fuzz/seeds.mjs'

/** Any: the same cases each time. The long mode, scripts/fuzz.mjs, tries others. */
const SEED = 20_260
/** As many as a second takes; the whole program is slower than its parts. */
const CASES: Readonly<Record<Reader, number>> = {
  pcap: 150,
  pcapng: 100,
  packed: 40,
  list: 30,
  log: 40,
  configuration: 40,
  expectation: 50,
  filter: 200,
  decode: 500,
  whole: 5,
}
const REGRESSIONS = new URL('../../fixtures/regressions/', import.meta.url)

const source = (path: string): Promise<unknown> => import(new URL(`../../src/${path}.ts`, import.meta.url).href)
const readers = await loadReaders(source, join(tmpdir(), `noaccept-fuzz-${process.pid}`))
const seeds = loadSeeds()
afterAll(() => readers.clean())

describe('changed inputs', () => {
  it.each(READERS)('%s: each is read to its end, or refused with a reason', async (reader) => {
    for (let number = 0; number < CASES[reader]; number++) {
      const error = await readers.attempt(reader, inputOf(reader, SEED, number, seeds, readers.fields))
      expect(error, `${reader}, seed ${SEED}, case ${number}`).toBeNull()
    }
  })
})

/** Named for the reader that failed at it, then for what was wrong; a log beside a capture has its name. */
describe('inputs that failed once', () => {
  const files = readdirSync(REGRESSIONS).filter((name) => !name.endsWith('.log'))
  it.each(files)('%s', async (name) => {
    const reader = name.split('.')[0] as Reader
    const bytes = readFileSync(new URL(name, REGRESSIONS))
    const log = new URL(name.replace(/\.\w+$/, '.log'), REGRESSIONS)
    const whole = { capture: bytes, log: existsSync(log) ? readFileSync(log) : null }
    const input = reader === 'whole' ? whole : reader === 'filter' ? bytes.toString() : bytes
    expect(await readers.attempt(reader, input)).toBeNull()
  })
})
