const SPELLINGS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '→': '->',
  '←': '<-',
  '±': '+-',
  '×': 'x',
  '·': '.',
  '≥': '>=',
  '≤': '<=',
  '≈': '~',
  '≠': '!=',
  µ: 'u',
  μ: 'u',
  Δ: 'd',
  '²': '^2',
  '\u00a0': ' ',
}

/** The text in printable ASCII: signs as they are spelled on a typewriter, all else by its code. Its input is visible text. */
export function toAscii(text: string): string {
  return text.replace(/[^ -~]/gu, (sign) => SPELLINGS[sign] ?? `\\u{${sign.codePointAt(0)!.toString(16)}}`)
}
