import { DOSSIER_WORDS, Dossier, Row, Signal, SignalField, State } from './layout'
import { word } from './memory'
import { dossierAt, signalAt } from './regions'

/**
 * Connections that ended well: opened, asked, answered in time, and closed by the client and then by the server. Where there
 * are so many that their signals leave no room for those of others, they keep no more than the SYN-ACK.
 */

/** Bits that all have to be set; of those that a side has, both sides'. */
const TOLD: i32 = State.ROLES_KNOWN | State.HANDSHAKE | State.CLIENT_FIRST
const OF_BOTH: i32 = State.DATA | State.FIN | State.FIN_ACKED
/** Bits of which none may be set. */
const TROUBLE: i32 = State.DATA_AFTER_FIN | State.ICMP | State.UNSEEN_REPLY
const TROUBLE_OF_EITHER: i32 = State.RST | State.ZERO_WINDOW

/** Kinds that such a connection may have signals of, as many as there were: the counter's four bits of each. */
const USUAL: i32 = (15 << (Signal.HANDSHAKE * 4)) | (15 << (Signal.FIN * 4)) | (15 << (Signal.REPLY * 4))
/** One SYN and one SYN-ACK. */
export const OPENED: i32 = (1 << (Signal.SYN * 4)) | (1 << (Signal.SYN_ACK * 4))

/** Whether the flow of a row ended well. */
export function endedWell(row: usize): bool {
  const state = word(row, Row.STATE)
  if ((state & TOLD) !== TOLD || (state & OF_BOTH) !== OF_BOTH || ((state >> 1) & OF_BOTH) !== OF_BOTH) return false
  if ((state & TROUBLE) !== 0 || (state & (TROUBLE_OF_EITHER | (TROUBLE_OF_EITHER << 1))) !== 0) return false
  if ((word(row, Row.SIGNAL_COUNTS) & ~USUAL) !== OPENED || word(row, Row.SIGNAL_COUNTS + 1) !== 0) return false
  if (word(dossierAt(word(row, Row.DOSSIER) * DOSSIER_WORDS), Dossier.UNANSWERED) > 0) return false
  return isClosedByClient(row, (state & State.CLIENT_B) === 0 ? 0 : 1)
}

/** Who closes first tells of the server where that is the server; and its SYN needs no record where that begins the flow. */
function isClosedByClient(row: usize, client: i32): bool {
  let closing: i32 = -1
  for (let number = word(row, Row.SIGNALS); number !== 0; ) {
    const at = signalAt(number)
    const kind = word(at, SignalField.KIND) & 255
    if (kind === Signal.SYN) return false
    if (kind === Signal.FIN) closing = word(at, SignalField.KIND) >> 8
    number = word(at, SignalField.OLDER)
  }
  return closing === client
}
