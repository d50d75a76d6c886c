import { wording } from '../wording.ts'
import { TRANSLATED_WORDS } from './translated-errors.ts'

/** Numbers of socket errors by name: Linux's and Windows sockets'. BSD's differ and collide with Linux's, so they are not guessed. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  EBADF: [9, 10009],
  EINVAL: [22, 10022],
  ENOTSOCK: [88, 10038],
  EMFILE: [24, 10024],
  ENFILE: [23],
  EACCES: [13, 10013],
  EAGAIN: [11, 10035],
  EPIPE: [32],
  ENOBUFS: [105, 10055],
  EADDRINUSE: [98, 10048],
  EADDRNOTAVAIL: [99, 10049],
  ENETUNREACH: [101, 10051],
  ECONNABORTED: [103, 10053],
  ECONNRESET: [104, 10054],
  ETIMEDOUT: [110, 10060],
  ECONNREFUSED: [111, 10061],
  EHOSTUNREACH: [113, 10065],
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    wording`
      address (?:is )?already in use|only one usage of each socket address
      |port (?:\d{1,5} )?(?:is |was )?(?:already )?in use
      |already being used|port \d{1,5} is already (?:taken|bound)
    `,
    'EADDRINUSE',
  ],
  [/too many open files in system|system FD limit/i, 'ENFILE'],
  [
    wording`
      too many open (?:files|sockets)|(?:file )?descriptors? (?:are )?exhausted|out of (?:file )?descriptors
      |process FD limit
    `,
    'EMFILE',
  ],
  [/permission denied|access (?:is )?denied|forbidden by its access permissions/i, 'EACCES'],
  [/cannot assign requested address|address (?:is )?not available|not valid in its context/i, 'EADDRNOTAVAIL'],
  [/reset by (?:the )?(?:remote )?peer|connection (?:was )?reset|forcibly closed by the remote host/i, 'ECONNRESET'],
  [/refused/i, 'ECONNREFUSED'],
  [/software caused connection abort|connection (?:was )?aborted/i, 'ECONNABORTED'],
  [/broken pipe/i, 'EPIPE'],
  [/timed[ -]?out|time-?out/i, 'ETIMEDOUT'],
  [/no route to host|host (?:is )?unreachable/i, 'EHOSTUNREACH'],
  [/network (?:is )?unreachable/i, 'ENETUNREACH'],
  [/no buffer space/i, 'ENOBUFS'],
  [/bad file descriptor/i, 'EBADF'],
  [/socket operation on non-?socket|something that is not a socket/i, 'ENOTSOCK'],
  [/invalid argument/i, 'EINVAL'],
  ...TRANSLATED_WORDS,
]

/** Most messages say none of them: one look instead of one for each. */
const ANY_WORDS = new RegExp(WORDS.map(([words]) => `(?:${words.source})`).join('|'), 'i')

const NAME_OF = new Map(Object.entries(NUMBERS).flatMap(([name, numbers]) => numbers.map((number) => [number, name])))
/** In capitals, or as Erlang has them. */
const SYMBOL = new RegExp(`\\b(?:WSA)?(${Object.keys(NUMBERS).join('|')})\\b`, 'i')

/** The symbolic name of the error that a message tells by number, name or wording; null where it tells none that is known. */
export function errorNameOf(message: string, errno: number | null): string | null {
  const symbol = SYMBOL.exec(message)?.[1]
  if (symbol !== undefined) return symbol.toUpperCase()
  const byNumber = errno === null ? undefined : NAME_OF.get(errno)
  if (byNumber !== undefined) return byNumber
  if (!ANY_WORDS.test(message)) return null
  for (const [words, name] of WORDS) if (words.test(message)) return name
  return null
}
