import type { EventPattern, PatternSample } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER } from '../tables/slot-words.ts'
import { TABLE_VOCABULARIES, type TableWords } from './table-vocabularies.ts'

/** What stands between a word and its number, in any of these languages. */
const MARK = words`[ \t　=:：#№(（[「n.]{0,3}`

/** What else is written, kept and added: bytes, and files of them. */
const OF_DATA =
  '(?:bytes?|octets|байт|字节|位元組|バイト|바이트|bajt|files?\\b|fichier|archivo|arquivo|файл|文件|ファイル|파일|plik|soubor|bestand)'

/**
 * Sockets that are put into a place of a table, or are looked for in vain, in the order of words of any language: which verb
 * stands between them, in front or behind, differs.
 */
export const tablesOfLanguages: readonly EventPattern[] = TABLE_VOCABULARIES.flatMap((each) => [
  missedIn(each),
  storedIn(each),
])

/** Sockets that lose their place to another one: they are told before any word for a place alone is. */
export const displacedInLanguages: readonly EventPattern[] = TABLE_VOCABULARIES.map(displacedIn)

function storedIn(each: TableWords): EventPattern {
  const { language, socket, place, stores } = each
  return {
    id: `stored-${language}`,
    kind: 'attach',
    keywords: each.storeKeywords,
    pattern: wording`
      ^(?!.{0,300}${OF_DATA})(?=.{0,200}?(?:${socket})${MARK}(?<handle>${NUMBER})(?![\w.]\d))(?=.{0,200}?(?:${place})${MARK}(?<slot>\d{1,9})(?!\d|[.:]\d))
        .{0,200}?(?:${stores})
    `,
    samples: samplesOf(each.stored, each.others, { handle: '932', slot: 0 }),
  }
}

function displacedIn(each: TableWords): EventPattern {
  const { language, socket, place, lost } = each
  const told = lost
    .replaceAll(/ ([?*]?)/g, (_, sign: string) => `[ \\t]${sign === '' ? '+' : sign}`)
    .replace('OLD', `(?:${socket})${MARK}(?<value>${NUMBER})`)
    .replace('NEW', `(?:${socket})${MARK}(?<handle>${NUMBER})`)
  return {
    id: `displaced-${language}`,
    kind: 'attach',
    keywords: each.lostKeywords,
    pattern: wording`^(?=.{0,200}?(?:${place})${MARK}(?<slot>\d{1,9})(?!\d|[.:]\d)).{0,200}?(?:${told})`,
    samples: samplesOf(each.displaced, each.others, { handle: '968', value: '932', slot: 0 }),
  }
}

function missedIn(each: TableWords): EventPattern {
  const { language, socket, nowhere, unknown } = each
  return {
    id: `not-matched-${language}`,
    kind: 'not-matched',
    keywords: each.missKeywords,
    pattern: wording`
      (?:${socket})${MARK}(?<handle>${NUMBER})(?![\w.]\d)(?:[ \t]*(?:${unknown})|.{0,60}?(?:${nowhere}))
    `,
    samples: samplesOf(each.missed, each.others, { handle: '932' }),
  }
}

function samplesOf(
  understood: readonly string[],
  others: readonly string[],
  facts: NonNullable<PatternSample['facts']>,
): PatternSample[] {
  return [...understood.map((message) => ({ message, facts })), ...others.map((message) => ({ message, facts: null }))]
}
