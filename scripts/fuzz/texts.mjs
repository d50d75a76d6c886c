/** Words that mean something to a reader of text, or should mean nothing. */
const WORDS = [
  '0',
  '1',
  '-1',
  '65535',
  '65536',
  '4294967295',
  '4294967296',
  '1e309',
  '0x',
  '99999999999999999999',
  '00:00:00',
  '24:00:00',
  '23:59:60.999999999',
  '1970-01-01',
  '9999-12-31T23:59:59.999999999Z',
  '0000-00-00',
  '2026-02-30',
  '+14:00',
  '127.0.0.1',
  '::1',
  '::ffff:1.2.3.4',
  '[::]:0',
  '1.2.3.4.5',
  '10.0.0.1:65536',
  'TCP',
  'UDP',
  'ICMP',
  'xx',
  '→',
  '->',
  '[SYN]',
  '[SYN, ACK]',
  '[FIN, PSH, ACK]',
  '[RST]',
  '[]',
  'Seq=4294967295',
  'Ack=0',
  'Win=65535',
  'Len=1460',
  'Len=-1',
  'MSS=1460',
  'WS=256',
  'SACK_PERM',
  'TSval=4294967295',
  '[TCP Retransmission]',
  '[TCP Keep-Alive]',
  'accept',
  'listening',
  'socket',
  'fd',
  '932',
  'closed',
  'timeout',
  'Connection refused',
  'readable',
  'pid=',
  'port',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '\\',
  '\\"',
  ',',
  ';',
  '=',
  '<script>',
  '::error::',
  '=cmd|',
  '\x1b[2J',
  '\x00',
  '\t',
  '\u202e',
  '\ufeff',
  '�',
  '﷽',
  '\ud83d\ude00',
  '\r',
  '\v',
  '\u2028',
]

/** What a repetition makes at most, but for one in some: what a megabyte in one line does need not be seen each second case. */
const REPEATED = 4096

function repeated(piece, chance) {
  const made = piece.repeat(chance.of([2, 10, 1000]))
  return chance.once(50) ? made : made.slice(0, Math.max(piece.length, REPEATED))
}

const EXCERPT = 16
/** Lines that were repeated, and repeated again, fill the memory of the fuzzer, not of what it tries. */
const LARGEST = 8 << 20

/** A line grown beyond this is changed near its start alone: it has shown what a long line does. */
const LONG = 20_000

const pieces = (text) => [
  ...(text.slice(0, LONG).match(/\s+|[^\s\w.:]|[\w.:]+/gu) ?? []),
  ...(text.length > LONG ? [text.slice(LONG)] : []),
]

function mutateLine(line, other, chance) {
  const parts = pieces(line)
  const at = chance.below(parts.length)
  switch (chance.below(8)) {
    case 0:
      parts.splice(at, 1)
      break
    case 1:
      parts.splice(at, 0, chance.of(WORDS))
      break
    case 2:
      parts[at] = chance.of(WORDS)
      break
    case 3:
      parts[at] = chance.of(pieces(other)) ?? ''
      break
    case 4:
      parts[at] = (parts[at] ?? '').replace(/\d+/, (digits) => String(chance.value(4, Number(digits) % 2 ** 32)))
      break
    case 5:
      parts.splice(at, 0, repeated(parts[at] ?? ' ', chance))
      break
    case 6:
      return line.slice(0, chance.below(line.length + 1)) + other.slice(chance.below(other.length + 1))
    default:
      parts.splice(at, 0, String.fromCharCode(chance.below(0x3000)))
  }
  return parts.join('')
}

/** Mostly a few lines that follow each other: what is wrong with a text, it mostly shows there, in a part of the time. */
function excerpt(lines, chance) {
  if (chance.once(4)) return lines
  const at = chance.below(lines.length)
  return lines.slice(at, at + 1 + chance.below(EXCERPT))
}

/** Text of lines (packet list, log, configuration) with a few things changed, as bytes of some encoding. */
export function mutateText(seed, other, chance) {
  const lines = excerpt(seed.split('\n'), chance)
  const others = other.split('\n')
  for (let count = chance.below(8); count >= 0; count--) {
    const at = chance.below(lines.length)
    const kind = chance.below(10)
    if (kind === 0) lines.splice(at, 1)
    else if (kind === 1) lines.splice(chance.below(lines.length), 0, lines[at] ?? '')
    else if (kind === 2) lines.splice(at, 0, chance.of(others))
    else if (kind === 3) lines.splice(at, 0, ...Array.from({ length: chance.below(30) }, () => lines[at] ?? ''))
    else lines[at] = mutateLine(lines[at] ?? '', chance.of(others), chance)
  }
  const made = lines.join(chance.once(20) ? '\r\n' : chance.once(40) ? '\r' : '\n')
  return encoded(made.slice(0, LARGEST), chance)
}

/** Mostly UTF-8; now and then UTF-16 of either order, Latin-1, with bytes turned, or cut. */
function encoded(text, chance) {
  if (chance.once(30)) return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (chance.once(30)) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  if (chance.once(30)) return Buffer.from(text, 'latin1')
  const bytes = Buffer.from(text)
  if (chance.once(10) && bytes.length > 0) bytes[chance.below(bytes.length)] = chance.below(256)
  return chance.once(10) ? bytes.subarray(0, chance.below(bytes.length + 1)) : bytes
}

const OPERATORS = [
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '&&',
  '||',
  '^^',
  '!',
  'eq',
  'ne',
  'any_eq',
  'all_ne',
  'gt',
  'contains',
  'matches',
  'and',
  'or',
  'not',
  'xor',
  'in',
  '~',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '..',
  ',',
  ':',
  '-',
  '#',
  '@',
  '%',
  '+',
]
const LITERALS = [
  '0',
  '1',
  '9000',
  '0x10',
  '0b1',
  '017',
  '4294967296',
  '-1',
  '1.5',
  '1e9',
  '5s',
  '2ms',
  '127.0.0.1',
  '10.0.0.0/8',
  '::1',
  'fe80::/10',
  '00:11:22',
  'ab:cd',
  '"text"',
  '"(a+)+$"',
  '"\\x41"',
  'r"\\d"',
  "'c'",
  '"2023-11-14 22:13:20"',
  'true',
  '"[a-z]{1,9}"',
  '[0:4]',
  '[-2:]',
  '{1 .. 9}',
]

/** A filter: an expression that grows by the grammar, or words of it in any order. */
export function makeFilter(fields, chance) {
  if (chance.once(2)) return expression(fields, chance, chance.below(5))
  const words = [...expression(fields, chance, 3).split(/(?=[ ()[\]{}])/)]
  for (let count = chance.below(4); count >= 0; count--) {
    const at = chance.below(words.length)
    if (chance.once(3)) words.splice(at, 1)
    else words.splice(at, 0, ` ${chance.of([...OPERATORS, ...LITERALS, ...WORDS, chance.of(fields)])}`)
  }
  return words.join(chance.once(10) ? '' : ' ')
}

function expression(fields, chance, depth) {
  const deeper = () => expression(fields, chance, depth - 1)
  if (depth <= 0 || chance.once(4)) return test(fields, chance)
  switch (chance.below(5)) {
    case 0:
      return `(${deeper()}) && ${deeper()}`
    case 1:
      return `${deeper()} or (${deeper()})`
    case 2:
      return `!(${deeper()})`
    case 3:
      return `${deeper()} xor ${deeper()}`
    default:
      return chance.once(50) ? '('.repeat(2000) + deeper() + ')'.repeat(2000) : `(${deeper()})`
  }
}

function test(fields, chance) {
  const field = chance.of(fields)
  switch (chance.below(4)) {
    case 0:
      return field
    case 1:
      return `${field} in {${chance.of(LITERALS)}, ${chance.of(LITERALS)} .. ${chance.of(LITERALS)}}`
    case 2:
      return `${field}[${chance.below(9)}:${chance.below(9)}] ${chance.of(OPERATORS)} ${chance.of(LITERALS)}`
    default:
      return `${field} ${chance.of(OPERATORS)} ${chance.of([...LITERALS, chance.of(fields)])}`
  }
}
