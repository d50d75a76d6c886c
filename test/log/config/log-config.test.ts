import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { linearPattern } from '../../../src/log/config/linear-pattern.ts'
import { readLogConfig } from '../../../src/log/config/log-config.ts'
import { STAMP_READERS } from '../../../src/log/config/user-format.ts'
import { FACT_NAMES } from '../../../src/log/config/yaml-config.ts'
import { EVENT_KINDS } from '../../../src/log/event.ts'
import { EventMatcher } from '../../../src/log/event-matcher.ts'
import { readText } from '../../support/log-text.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noaccept-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function config(text: string) {
  const path = join(folder, 'logs.yaml')
  writeFileSync(path, text)
  return readLogConfig(path)
}

const OWN = `
formats:
  - id: gate
    line: '^<(?<thread>\\w+)> at (?<time>\\S+ \\S+) (?<level>\\w+): (?<message>.*)$'
    time: iso8601
    samples:
      - line: '<T7> at 2025-06-04 14:07:31.250 info: ready'
        thread: T7
        message: ready
events:
  - id: gate-opened
    kind: accept
    keywords: [gate opens]
    pattern: 'gate opens for (?<peerAddress>\\S+) door (?<peerPort>\\d+) as #(?<handle>\\d+)'
    samples:
      - message: 'gate opens for 10.1.2.3 door 50022 as #9'
        facts: { handle: '9', peerPort: 50022 }
`

describe("a user's formats and events", () => {
  it('are read beside the shipped ones', async () => {
    const log = await readText(
      '<T7> at 2025-06-04 14:07:31.250 info: Listening on Socket 5\n<T8> at 2025-06-04 14:07:32.250 info: gate opens for 10.1.2.3 door 50022 as #9\n',
      await config(OWN),
    )
    expect(log.format).toBe('gate')
    expect(log.events).toMatchObject([
      { kind: 'listening', thread: 'T7', handle: '5', time: 0 + 250e6 },
      { kind: 'accept', thread: 'T8', handle: '9', peerAddress: '10.1.2.3', peerPort: 50022, time: 1250e6 },
    ])
  })

  it('are asked about few of many lines that differ in digits only', async () => {
    const own = await config(OWN)
    const lines = Array.from({ length: 3000 }, (_, n) => [
      `<T7> at 2025-06-04 14:07:31.250 info: gate opens for 10.1.2.3 door ${10_000 + n} as #9`,
      `<T8> at 2025-06-04 14:07:31.251 info: recv socket ${1000 + n}: 44 bytes`,
    ]).flat()
    const matched = vi.spyOn(EventMatcher.prototype, 'match')
    const { events } = await readText(`${lines.join('\n')}\n`, own)
    expect(matched.mock.calls.length).toBeLessThan(20)
    matched.mockRestore()
    expect(events).toHaveLength(lines.length)
    expect(events.at(-2)).toMatchObject({ kind: 'accept', peerPort: 12_999, thread: 'T7' })
    const oneByOne = await readText(`${lines.join('\n')}\n`, {
      ...own,
      patterns: [...(own.patterns ?? []), { id: 'never', kind: 'error', keywords: [], pattern: /(?!)/, samples: [] }],
    })
    expect(events).toEqual(oneByOne.events)
  })

  it.each([
    ['door (\\d+)', true],
    ['door [[:digit:]]{2,5}', true],
    ['(?P<port>[0-9]+) opened', true],
    ['error (?:111|113)', false],
    ['door [1-5]', false],
    ['(?i)door', false],
    ['\\x31', false],
  ])('the pattern %s takes any digit for any other: %s', (source, isBlind) => {
    expect(linearPattern(source, 'test').isDigitBlind).toBe(isBlind)
  })

  it('are tried on every line where they name no keyword', async () => {
    const log = await readText(
      '14:07:32.250 gate opens for 10.1.2.3 door 50022 as #9\n',
      await config(OWN.replace('    keywords: [gate opens]\n', '')),
    )
    expect(log.events).toMatchObject([{ kind: 'accept', handle: '9' }])
  })

  it.each([
    ['an unknown key', OWN.replace('    time: iso', '    tiem: iso'), /logs\.yaml:3:5: formats\.0: .*tiem/],
    ['an unknown kind', OWN.replace('kind: accept', 'kind: akcept'), /logs\.yaml:12:11: events\.0\.kind/],
    ['a pattern that is none', OWN.replace('door (', 'door (('), /logs\.yaml:14:14: the pattern cannot be used/],
    ['look-around', OWN.replace("'gate opens", "'(?<=x)gate opens"), /logs\.yaml:14:14: the pattern cannot be used/],
    [
      'a sample that does not fit',
      OWN.replace('door 50022 as', 'door x as'),
      /logs\.yaml:16:9: the sample .* does not fit/,
    ],
    ['a sample with another fact', OWN.replace("handle: '9'", "handle: '8'"), /gives handle "9", not "8"/],
    ['a sample without keyword', OWN.replace('[gate opens]', '[portal]'), /holds none of the keywords "portal"/],
    ['a sample without a time', OWN.replace('2025-06-04 14:07', 'yesterday 14:07'), /no time that can be read/],
    ['a line pattern without groups', OWN.replace('?<time>', '?<when>'), /needs the groups \(\?<time>…\)/],
    ['YAML that is broken', `${OWN}\n  - [`, /logs\.yaml:\d+:\d+: /],
  ])('are refused with line and column for %s', async (_name, text, expected) => {
    await expect(config(text)).rejects.toThrow(expected)
  })

  it('names a file that is not there', async () => {
    await expect(readLogConfig(join(folder, 'none.yaml'))).rejects.toThrow(/none\.yaml: there is no such file/)
  })
})

describe('the page about log configurations', () => {
  const page = readFileSync('docs/log-configuration.md', 'utf8')
  const [example = ''] = /(?<=```yaml\n)[\s\S]*?(?=```)/.exec(page) ?? []

  it('has an example that is read, and reads what it is about', async () => {
    const log = await readText(
      '<T8> at 2025-06-04 14:07:32.250 info: gate opens for ::1 door 7 as #9\n',
      await config(example),
    )
    expect(log).toMatchObject({ format: 'gate', events: [{ kind: 'accept', thread: 'T8', peerPort: 7, handle: '9' }] })
  })

  it('names every kind of event, every way to write a time, and every fact', () => {
    for (const word of [...EVENT_KINDS, ...Object.keys(STAMP_READERS), ...FACT_NAMES])
      expect(page, word).toContain(`\`${word}\``)
  })

  it.each([...page.matchAll(/^\| `([a-z0-9-]+)` +\| (`\d.*`|`Jun.*`).*\|$/gm)].map(([, time, cell]) => [time!, cell!]))(
    'shows stamps that are read as %s',
    async (time, cell) => {
      for (const [, stamp] of cell.matchAll(/`([^`]+)`/g)) {
        const text = `formats:\n  - id: own\n    line: '^at (?<time>.+?) said (?<message>.*)$'\n    time: ${time}\n    samples: [{ line: "at ${stamp} said x" }]`
        expect((await config(text)).formats, stamp).toHaveLength(1)
      }
    },
  )
})

const LNAV = {
  $schema: 'https://lnav.org/schemas/format-v1.schema.json',
  gate_log: {
    title: 'Gate',
    'timestamp-format': ['%H:%M:%S'],
    'thread-id-field': 'tid',
    regex: { std: { pattern: '^(?<timestamp>[\\d:.]+) \\[(?<tid>\\d+)\\] (?<level>\\w+) - (?<body>.*)$' } },
    'level-field': 'level',
    value: { tid: { kind: 'string' } },
    sample: [{ line: '14:07:31.250 [77] info - ready', level: 'info' }],
  },
}

describe('an lnav format file', () => {
  it('gives a format, and tells what of it is not used', async () => {
    const read = await config(JSON.stringify(LNAV))
    expect(read.notes).toEqual([expect.stringContaining('gate_log: not used: timestamp-format, value')])
    const log = await readText('14:07:31.250 [77] info - Socket 7 created\n', read)
    expect(log).toMatchObject({ format: 'gate_log', events: [{ thread: '77', level: 'info', handle: '7' }] })
  })

  it('is refused where its sample does not fit', async () => {
    const broken = { gate_log: { ...LNAV.gate_log, sample: [{ line: 'no time here' }] } }
    await expect(config(JSON.stringify(broken))).rejects.toThrow(/the sample "no time here" does not fit/)
  })

  it('says nothing of what is not used where all of it is, and names one thing where it is one', async () => {
    const { 'timestamp-format': _format, value: _value, ...all } = LNAV.gate_log
    expect((await config(JSON.stringify({ gate_log: all }))).notes).toEqual([])
    expect((await config(JSON.stringify({ gate_log: { ...all, json: false } }))).notes).toEqual([
      expect.stringMatching(/gate_log: not used: json$/),
    ])
  })

  it('has its title in lists of formats, or else its name', async () => {
    const titles = async (format: object) => (await config(JSON.stringify({ gate_log: format }))).formats[0]!.title
    const { title: _title, ...untitled } = LNAV.gate_log
    expect([await titles(LNAV.gate_log), await titles(untitled)]).toEqual(['Gate', 'gate_log'])
  })

  it.each([0, 1])('is refused where any of its patterns has no time: number %s', async (at) => {
    const patterns = [LNAV.gate_log.regex.std, LNAV.gate_log.regex.std]
    patterns[at] = { pattern: '^(?<body>.*)$' }
    const timeless = { gate_log: { ...LNAV.gate_log, regex: { ...patterns } } }
    await expect(config(JSON.stringify(timeless))).rejects.toThrow(/a regex has no group "timestamp" for the time/)
  })

  it('may have samples without a line, which say nothing', async () => {
    const sparse = { gate_log: { ...LNAV.gate_log, sample: [{ level: 'info' }, null, ...LNAV.gate_log.sample] } }
    await expect(config(JSON.stringify(sparse))).resolves.toMatchObject({ formats: [{ id: 'gate_log' }] })
  })

  it('is refused where it has no patterns', async () => {
    await expect(config('{"gate_log":{"json":true}}')).rejects.toThrow(/has no "regex"/)
  })
})
