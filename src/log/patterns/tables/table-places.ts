import { words } from '../../wording.ts'

/** Words for a place, as they stand before its number. */
export const PLACES = [
  'slot',
  'entry ',
  'entry[',
  'index ',
  'idx ',
  'idx=',
  'position ',
  'cell ',
  'element ',
  'session ',
  'session[',
  'session#',
  'channel ',
  'channel[',
  'channel#',
  'client ',
  'client#',
  'conn ',
  'conn#',
  'connection ',
  'connection#',
  'link ',
  'link#',
  'peer ',
  'peer#',
  'node ',
]
/** What keeps a socket, and is numbered by its place in a table. */
export const HOLDER = '(?:session|channel|client|conn(?:ection)?|link|peer|node)'
const PLACE = String.raw`(?:slot|entry|index|idx|position|pos|cell|element|${HOLDER}(?:[ \t_-]?(?:id|no|nr|number))?)`
/** A place with its number. */
export const AT = words`\b${PLACE} *(?:[[#=(] *)?\d{1,9}(?!\w)[\])]? *[:,]?`
/** The number of the first place, read before the line is taken apart. */
export const OF_PLACE = words`^(?=.{0,120}?\b${PLACE} *(?:[[#=(] *)?(?<slot>\d{1,9})(?!\w)).{0,120}?`
/** Nothing more is told of it. */
export const END = words`(?= *(?:$|[,;)(]|[.!]?$|!\)|by\b))`

/** A place, without what numbers other things too. */
export const PLACE_WORD = '(?:slot|index|idx|entry|position|cell)'
/** Which kind of socket it is, where the line adds it. */
export const KIND = words`(?: *\([a-z]{1,20}(?: [a-z]{1,20})?\))?`
/** Stands before the socket that was in the place. */
export const BEFORE = words`
  (?:was|had|old|prev(?:ious(?:ly)?)?|former(?:ly)?|replac(?:es|ing|ed)|instead of|overwrit(?:es|ing)
    |(?:already )?(?:in use|used|taken|held|owned|occupied) by
  ) *[=:]?[ \t]*
`

/** A place and its number, however it is written: `slot 3`, `entry[3]`, `map[3]`, `at 3`. */
export const ANY_PLACE = words`(?:\b(?:${PLACE}|key|token) *(?:[[#=(:] *)?|\w\[|\bat *[#@[]?)(?<slot>\d{1,9})(?!\w|[.:]\d)`
