import { counted } from './plural.ts'

/**
 * What can drive a terminal or mislead its reader: C0, DEL and C1 controls, bidirectional controls, what is drawn
 * as nothing (zero-width, tags, fillers), line and paragraph separators, interlinear annotation, noncharacters,
 * and surrogates without their other half (with the u flag paired ones are no surrogates).
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]/gu

/** Nearly every text; found out ten times faster than by the class above. */
const PLAIN = /^[ -~]*$/

const MNEMONICS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function written(character: string): string {
  const mnemonic = MNEMONICS[character]
  if (mnemonic !== undefined) return mnemonic
  const code = character.codePointAt(0)!
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/**
 * Text from outside (payload, log line, file name, comment) on one line, with what cannot be seen written out:
 * `\x1b`, `\u202e`, `\n`. A backslash stays as it is, because paths are full of them.
 */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, written)
}

/** At most `limit` characters of the text, made visible; says how many were left out. */
export function excerpt(text: string, limit: number): string {
  if (text.length <= limit) return visible(text)
  const last = text.charCodeAt(limit - 1)
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit
  return `${visible(text.slice(0, end))}… (${counted(text.length - end, 'more character')})`
}
