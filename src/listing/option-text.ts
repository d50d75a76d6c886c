import { OptionKind } from '../packet/tcp-options.ts'

const FAST_OPEN_EXPERIMENT = 0xf989

/** Options whose value is 32 bits, and what Wireshark's Info calls them. */
const WORDS = new Map<number, string>([
  [OptionKind.ECHO, 'ECHO'],
  [OptionKind.ECHO_REPLY, 'ECHO'],
  [OptionKind.CC, 'CC'],
  [OptionKind.CC_NEW, 'CC'],
  [OptionKind.CC_ECHO, 'CC'],
])

/**
 * One option as Wireshark's Info shows it; empty for those that it does not show there. `base` is the sequence number
 * that selective acknowledgments count from.
 */
export function optionText(bytes: DataView, kind: number, at: number, length: number, base: number): string {
  switch (kind) {
    case OptionKind.MSS:
      return length === 4 ? ` MSS=${bytes.getUint16(at + 2)}` : ''
    case OptionKind.WINDOW_SCALE:
      return length === 3 ? ` WS=${1 << Math.min(bytes.getUint8(at + 2), 14)}` : ''
    case OptionKind.SACK_PERMITTED:
      return ' SACK_PERM'
    case OptionKind.SACK:
      return sackText(bytes, at, length, base)
    case OptionKind.TIMESTAMPS:
      return length === 10 ? ` TSval=${bytes.getUint32(at + 2)} TSecr=${bytes.getUint32(at + 6)}` : ''
    case OptionKind.FAST_OPEN:
      return length > 2 ? ' TFO=C' : ' TFO=R'
    case OptionKind.EXPERIMENT_1:
    case OptionKind.EXPERIMENT_2:
      return experimentText(bytes, at, length)
    default:
      return rareText(bytes, kind, at, length)
  }
}

function rareText(bytes: DataView, kind: number, at: number, length: number): string {
  const word = WORDS.get(kind)
  if (word !== undefined) return length === 6 ? ` ${word}=${bytes.getUint32(at + 2)}` : ''
  if (kind === OptionKind.MD5) return ' MD5'
  if (kind === OptionKind.AUTHENTICATION) return 'TCP AO'
  // The highest bit tells minutes from seconds.
  if (kind === OptionKind.USER_TIMEOUT && length === 4) return ` USER_TO=${bytes.getUint16(at + 2) & 0x7fff}`
  return ''
}

/** Fast Open by its experiment's number (RFC 7413 §4.1.1), others by theirs (RFC 6994). */
function experimentText(bytes: DataView, at: number, length: number): string {
  if (length < 4) return ''
  const id = bytes.getUint16(at + 2)
  if (id === FAST_OPEN_EXPERIMENT) return length > 4 ? ' TFO=C' : ' TFO=R'
  return ` ExID=${id.toString(16)}`
}

function sackText(bytes: DataView, at: number, length: number, base: number): string {
  let text = ''
  for (let edge = at + 2; edge + 8 <= at + length; edge += 8)
    text += ` SLE=${(bytes.getInt32(edge) - base) >>> 0} SRE=${(bytes.getInt32(edge + 4) - base) >>> 0}`
  return text
}
