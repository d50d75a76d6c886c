import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER } from './slot-words.ts'

/** Tables of sockets by their names, and not of what is counted or measured of them. */
const TABLE = words`
  \b(?<name>(?!\w{0,30}(?:count|stat|size|len|byte|time|bucket|histo|metric))
    \w{0,30}(?:slots?|tab|table|socks?|sockets?|fds|conns?|connections?|clients?|sessions?|handles?|registry|entries|pollfds?)_?)["']?
    (?: (?:dump|now|is|are|contents?|state|before|after))? *[:=]
`
const EMPTY = '(?:-1|null|nullptr|none|nil|free|empty|-|INVALID_SOCKET)'
/** Names of the tables, as they stand before all that they hold. */
const NAMES = [
  'slots',
  'table',
  'sockets',
  'socks',
  'fds',
  'conns',
  'connections',
  'clients',
  'handles',
  'sessions',
  'tab',
]

/** A whole table of sockets in one line: all its places, the empty ones among them. */
export const tableListed: readonly EventPattern[] = [
  {
    id: 'table-listed',
    kind: 'attach',
    keywords: [
      '[0]=',
      '[0]:',
      '[0] =',
      '[0]->',
      '[0] ->',
      ...NAMES.flatMap((name) => [`${name}=[`, `${name}: [`, `${name} = [`, `${name}={`, `${name}: {`]),
    ],
    pattern: wording`
      ${TABLE} *(?:
        [[{(]? *\[0\] *(?:=>?|->|:) *\S{1,24}[ \t,;|]{1,3}\[1\] *(?:=>?|->|:)[ \t]*\S
        |[[{] *(?=[^\]}]{0,300}?(?<![\w-])${EMPTY}(?![\w.]))(?:${EMPTY}|${NUMBER})(?:[ \t,]{1,3}(?:${EMPTY}|${NUMBER})){1,99}[ \t]*[\]}]
      )
    `,
    samples: [
      { message: 'slots: [0]=12(listen) [1]=-1 [2]=-1', facts: { name: 'slots', slot: null, handle: null } },
      { message: 'fd_table=[12, -1, -1, -1]', facts: { name: 'fd_table', slot: null, handle: null } },
      { message: 'conn table now: [0]: 412, [1]: free', facts: { name: 'table' } },
      { message: 'latency buckets: [0]=12 [1]=5 [2]=0', facts: null },
      { message: 'idle clients: [5, 7]', facts: null },
      { message: 'readable sockets: [5, 7]', facts: null },
    ],
  },
]
