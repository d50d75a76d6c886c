import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt, visible } from '../../src/text/visible.ts'

describe('visible', () => {
  it.each([
    { name: 'an escape sequence', text: '\x1b[31mred\x1b[0m', shown: '\\x1b[31mred\\x1b[0m' },
    { name: 'an operating system command that sets the title', text: '\x1b]0;owned\x07', shown: '\\x1b]0;owned\\x07' },
    { name: 'the 8-bit CSI of C1', text: '\x9b2J', shown: '\\x9b2J' },
    { name: 'a carriage return that would overwrite the line', text: 'bad\rgood', shown: 'bad\\rgood' },
    { name: 'a new line that would forge one', text: 'a\nerror: b', shown: 'a\\nerror: b' },
    { name: 'a right-to-left override', text: 'exe.\u202egpj', shown: 'exe.\\u202egpj' },
    { name: 'a zero-width space', text: 'acc\u200bept', shown: 'acc\\u200bept' },
    { name: 'a byte order mark', text: '\ufeffx', shown: '\\ufeffx' },
    { name: 'a line separator', text: 'a\u2028b', shown: 'a\\u2028b' },
    { name: 'a tag character beyond the basic plane', text: 'a\u{e0041}', shown: 'a\\u{e0041}' },
    { name: 'half of a surrogate pair', text: 'a\ud83db', shown: 'a\\ud83db' },
    { name: 'nothing of ordinary text', text: 'Größe 大きさ 😀 C:\\logs\\new', shown: 'Größe 大きさ 😀 C:\\logs\\new' },
    { name: 'nothing of a replacement character', text: 'a\ufffdb', shown: 'a\ufffdb' },
  ])('writes out $name', ({ text, shown }) => {
    expect(visible(text)).toBe(shown)
  })

  it.each([
    [0x00, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x061c, 0x061c],
    [0x200b, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x206f],
    [0xd800, 0xdfff],
    [0xfeff, 0xfeff],
    [0xfff9, 0xfffb],
    [0xfffe, 0xffff],
    [0xe0000, 0xe007f],
  ])('writes out each character from %i to %i with printable ASCII', (first, last) => {
    for (let code = first; code <= last; code++) expect(visible(String.fromCodePoint(code))).toMatch(/^\\[ -~]+$/)
  })

  it('changes nothing that it has already written out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => visible(visible(text)) === visible(text)),
      { numRuns: 500 },
    )
  })
})

describe('excerpt', () => {
  it('keeps a short text whole', () => {
    expect(excerpt('readable', 8)).toBe('readable')
  })

  it('says how much of a long text it leaves out', () => {
    expect(excerpt('a'.repeat(1_000_000), 3)).toBe('aaa… (999997 more characters)')
  })

  it('does not cut a character in halves', () => {
    expect(excerpt('ab😀cd', 3)).toBe('ab… (4 more characters)')
  })
})
