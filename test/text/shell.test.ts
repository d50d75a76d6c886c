import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../src/text/shell.ts'
import { visible } from '../../src/text/visible.ts'

const NAMES = [
  'client.pcap',
  'a b.pcap',
  "it's.pcap",
  '$(touch owned)',
  '`touch owned`',
  '; rm -rf ~',
  '-rf',
  '~root',
  '=ls',
  '!history',
  '*',
  '',
  'line\nbreak',
  '\x1b]0;owned\x07',
  'exe.\u202egpj',
  "both ' and \n",
  'back\\slash',
]

const bash = spawnSync('bash', ['--version']).error === undefined

/** What bash makes of words, each ended by NUL. */
const read = (words: readonly string[]): string[] =>
  spawnSync('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1)

const asFile = (name: string): string => (name.startsWith('-') && name !== '-' ? `./${name}` : name)

describe('a file name in a shell command', () => {
  it.runIf(bash)('reads back as it is, and runs nothing', () => {
    expect(read(NAMES.map(shellWord))).toEqual(NAMES.map(asFile))
  })

  it.runIf(bash)('reads back whatever it holds', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(name, { minLength: 20, maxLength: 40 }), (names) => {
        expect(read(names.map(shellWord))).toEqual(names.map(asFile))
      }),
      { numRuns: 20 },
    )
  })

  it.each(NAMES)('shows of %j only what can be seen', (name) => {
    expect(visible(shellWord(name))).toBe(shellWord(name))
  })

  it('stays as it is where no shell could misread it', () => {
    expect(shellWord('captures/2011-08-02.pcapng')).toBe('captures/2011-08-02.pcapng')
  })
})
