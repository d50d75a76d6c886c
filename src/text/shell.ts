/** Needs no quotes in any shell; `~` and `=` at the start mean something to some. */
const PLAIN = /^[\w%+,./:@][\w%+,./:=@-]*$/

/** In single quotes every character stands for itself, but this form has no sign for what cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u

const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`

function ansiQuoted(text: string): string {
  const encoder = new TextEncoder()
  let quoted = ''
  for (const character of text) {
    if (character === '\\' || character === "'") quoted += `\\${character}`
    else if (UNSEEN.test(character)) for (const byte of encoder.encode(character)) quoted += hex(byte)
    else quoted += character
  }
  return `$'${quoted}'`
}

/**
 * A file name as one word of a shell command that may be copied: whatever it holds, no shell runs any of it.
 * A name that begins with a dash is given its folder, so that no program takes it for an option.
 */
export function shellWord(name: string): string {
  const word = name.startsWith('-') && name !== '-' ? `./${name}` : name
  if (PLAIN.test(word) || word === '-') return word
  if (UNSEEN.test(word)) return ansiQuoted(word)
  return `'${word.replaceAll("'", "'\\''")}'`
}
