import { isIP } from 'node:net'
import { basename } from 'node:path'
import type { AddressMap } from './address-map.ts'

/** What may be an address, in brackets or with a port behind; the map says whether it is one. */
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g
const IPV6 = /(?<![\w:.])(?:[\da-f]{0,4}:){2,7}(?:[\da-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])/gi

/** In a log line: what is quoted, stands behind `=`, looks like a path, a name in the network, a mail address, or a number. */
const QUOTED = /"[^"]*"|'[^']*'/g
const ASSIGNED = /(?<==)[^\s,;)\]}]+/g
const NAMED = /[^\s,;()[\]{}<>"']*(?:[\\/@]|[a-z]\.[a-z])[^\s,;()[\]{}<>"']*/gi
const STAMP = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?/g
const WORD_WITH_DIGIT = /[\w-]*\d[\w-]*/g

/** Makes texts fit to be shared: addresses mapped, files by their base names, values of log lines masked. */
export class TextRedaction {
  readonly #addresses: AddressMap
  /** Paths, the longest first: one may begin another. */
  readonly #paths: readonly string[]

  constructor(addresses: AddressMap, paths: readonly string[]) {
    this.#addresses = addresses
    this.#paths = [...new Set(paths)].filter((path) => path !== basename(path)).sort((a, b) => b.length - a.length)
  }

  readonly path = (path: string): string => basename(path)

  /** A sentence of the program's own, in which addresses and paths may stand. */
  readonly text = (text: string): string => {
    let left = text
    for (const path of this.#paths) left = left.replaceAll(path, basename(path))
    return this.#mapped(left)
  }

  /** A line of a log: its stamp, its plain words and its addresses, mapped, stay. */
  readonly quote = (line: string): string => {
    const kept: string[] = []
    const keep = (text: string): string => `\u0000${String.fromCharCode(0xe000 + kept.push(text) - 1)}\u0000`
    const stamped = line.replaceAll('\u0000', ' ').replace(STAMP, keep)
    const mapped = this.#mapped(stamped, keep)
    const masked = mapped
      .replace(QUOTED, (text) => `${text[0]}…${text[0]}`)
      .replace(ASSIGNED, (text) => (text.includes('\u0000') ? text : '…'))
      .replace(NAMED, (text) => (text.includes('\u0000') ? text : '…'))
      .replace(WORD_WITH_DIGIT, (word) => word.replace(/\w/g, '#'))
    return masked.replace(/\u0000(.)\u0000/gs, (_, mark: string) => kept[mark.charCodeAt(0) - 0xe000] ?? '')
  }

  #mapped(text: string, made: (mapped: string) => string = (mapped) => mapped): string {
    return text
      .replace(IPV6, (address) => this.#address(address, made))
      .replace(IPV4, (address) => this.#address(address, made))
  }

  #address(text: string, made: (mapped: string) => string): string {
    return isIP(text) === 0 ? text : made(this.#addresses.of(text))
  }
}
