import { describe, expect, it } from 'vitest'
import { markdownText } from '../../src/text/markdown-text.ts'

describe('a text from outside in Markdown', () => {
  it.each([
    [
      'is no markup',
      '*a* _b_ `c` ~~d~~ [e](f) | g $h$ {i}',
      '\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\[e\\](f) \\| g \\$h\\$ \\{i\\}',
    ],
    ['is no HTML', '<img src=x> &copy;', '&lt;img src=x&gt; &amp;copy;'],
    ['mentions nobody, and refers to nothing', '@octo #12 !34', '@<!-- -->octo #<!-- -->12 !<!-- -->34'],
    ['links nowhere', 'http://evil www.evil', 'http:<!-- -->//evil www<!-- -->.evil'],
    ['begins no heading', '# a', '\\# a'],
    ['begins no list', '1. a', '1\\. a'],
    ['stays on one line', 'a\n# b', 'a # b'],
    ['drives no terminal', 'a\x1b[2J', 'a\\\\x1b\\[2J'],
  ])('%s', (_name, text, written) => {
    expect(markdownText(text)).toBe(written)
  })

  it('is cut where it is too long, and says so', () => {
    expect(markdownText('abcdef', 3)).toBe('abc… (3 more characters)')
  })
})
