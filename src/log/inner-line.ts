import { headOfFields } from './fields.ts'
import { type Head, headOf } from './format.ts'
import { LEVEL_ONLY, LEVEL_PROCESS, LEVEL_THREAD_LOGGER, MESSAGE_ONLY, THREAD_LEVEL_LOGGER } from './formats/heads.ts'
import { objectOf } from './json-object.ts'

/** A stamp of the program's own: the container runtime's, which is the finer one, was read already. */
const STAMP =
  /^[[(]?(?:\d{4}[-/]\d{2}[-/]\d{2}[T ])?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[ ]?[+-]\d{2}:?\d{2})?[\])]?(?=[ \t|,-])/
const usual = headOf(LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER, LEVEL_PROCESS, LEVEL_ONLY, MESSAGE_ONLY)

/** What a program wrote into a line that a container runtime stamped: an object, a line with a stamp, or a bare message. */
export function headOfInner(line: string): Head | null {
  const text = line.trimEnd()
  const fields = text.startsWith('{') ? objectOf(text) : null
  if (fields !== null) return headOfFields(fields)
  const stamp = STAMP.exec(text)
  return usual('', stamp === null ? ` ${text}` : text.slice(stamp[0].length))
}
