import { words } from '../../wording.ts'

/** Words for a socket before its number. */
export const SOCKET = '(?:h?sock(?:et)?|fd|fileno|handle|descriptor|sd)'
/** One of them, with what stands between it and the number. */
export const SOCKET_MARKED = words`${SOCKET} *(?:[=:#(] *)?`
/** A socket's number. Windows' `%p` prints handles with leading zeros: 8 digits, or 16. */
export const NUMBER = String.raw`(?:0x[\da-f]{1,16}|0[\da-f]{7}(?:[\da-f]{8})?(?!\w)|\d{1,20})`
/** Nothing more is told of it: else the line is about what the socket does. */
export const THAT_IS_ALL = words`(?! *, *(?:re(?:cv|ceived|ad)|sen[dt]|wr(?:ote|ite)|clos|time|idle|err|disconn|\d{1,9} bytes))(?= *(?:$|[,;)(]|\.?$|by\b))`

/** Words for a place in a table, as they stand before its number, also as a field's name in JSON. */
export const PLACES = [
  'entry ',
  'index ',
  'index=',
  '"index":',
  'idx ',
  'idx=',
  '"idx":',
  'position ',
  '"position":',
  'key=',
  'key ',
  'cell ',
  'token(',
  'connection id',
  'connection #',
  'conn id',
  'conn #',
  'client id',
  'client #',
  'session id',
  'session #',
  'session no',
  'link #',
]
/** A connection's number in a table of them. */
const OF_CONNECTION = String.raw`(?:conn(?:ection)?|client|session|link)[ \t_-]?(?:id|no|nr|number|#)`
/** All of them. */
export const PLACE = `(?:entry|index|idx|position|pos|cell|element|token|key|${OF_CONNECTION})`

/** Arrays by their names, and as members of a class are often called in C++: `handlers_[`. */
export const alsoMembers = (arrays: readonly string[]): string[] =>
  arrays.flatMap((array) => [array, array.replace('[', '_[')])

/** Arrays of other things than sockets, in whose elements programs keep sockets, too. */
export const HOLDERS = alsoMembers([
  'entries[',
  'handlers[',
  'handler[',
  'entry[',
  'peers[',
  'sessions[',
  'channels[',
  'links[',
  'pool[',
  'items[',
  'nodes[',
  'elements[',
  'poll_set[',
  'pollset[',
  'cell[',
  'ctx[',
  'context[',
  'contexts[',
  'attachment[',
  'attachments[',
])
/** The name of one of them. */
export const HOLDER = String.raw`\w{0,20}?(?:entry|entries|handler|peer|session|channel|link|pool|item|node|element|poll_?set|cell|ctx|context|attachment)s?_?`
