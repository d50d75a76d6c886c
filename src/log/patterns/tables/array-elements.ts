import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { alsoMembers, HOLDER, HOLDERS, NUMBER, SOCKET, THAT_IS_ALL } from './slot-words.ts'

/** How programs name the arrays that they keep their sockets in. */
export const ARRAYS = alsoMembers([
  'sock[',
  'sockets[',
  'socks[',
  'fds[',
  'pfd[',
  'pollfd[',
  'list[',
  'map[',
  'pool[',
  'array[',
  'registry[',
  'client[',
  'clients[',
  'conn[',
  'conns[',
  'connections[',
  'handles[',
  'sock_table[',
  'sockettable[',
  'socktable[',
  'fd_table[',
  'fdtable[',
  'sock_tab[',
  'socktab[',
  'fd_tab[',
  'fdtab[',
  'conn_table[',
  'conntable[',
  'conn_tab[',
  'conntab[',
])
/** An element of one of them, or its member that holds the socket. */
const ARRAY = words`
  \b(?!\w{0,30}(?:opt|flag|size|len|stat|count|state|buf|time)s?_?\[)(?<name>\w{0,20}?(?:sock|fd|conn|client|handle)\w{0,16})\[(?<slot>\d{1,9})\]
    (?:(?:\.|->)(?:fd|(?:m_)?h?sock(?:et)?|handle))?
`

/** Sockets that are stored in an element of an array, as a program writes it: `sockets[0] = 932`. */
export const arrayElements: readonly EventPattern[] = [
  {
    id: 'array-cleared',
    kind: 'detach',
    keywords: ARRAYS,
    pattern: new RegExp(
      String.raw`${ARRAY}[ \t]*(?:<-|:?=)[ \t]*(?:-1|NULL|nullptr|null|None|nil|INVALID_SOCKET|0xffffffff(?:ffffffff)?)(?!\w)`,
      'i',
    ),
    samples: [
      { message: 'sockets[0] = -1', facts: { slot: 0, handle: null } },
      { message: 'fds[3] = INVALID_SOCKET', facts: { slot: 3, handle: null } },
    ],
  },
  {
    // What it held, and what it holds now.
    id: 'array-replaced',
    kind: 'attach',
    keywords: ARRAYS,
    pattern: wording`
      ${ARRAY} *[:=]? *(?:-1|NULL|nullptr|null|None|nil|INVALID_SOCKET|(?<value>${NUMBER})) *[-=]> *(?<handle>${NUMBER})
        ${THAT_IS_ALL}
    `,
    samples: [
      { message: 'g_conn[0].fd: 5 -> 7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'sockets[0]: -1 -> 932', facts: { slot: 0, handle: '932' } },
      { message: 'sockets[0]: 932 -> -1', facts: null },
    ],
  },
  {
    id: 'array-assigned',
    kind: 'attach',
    keywords: ARRAYS,
    pattern: wording`
      ${ARRAY} *(?:
        (?:<-|:?=>?|->|:? *set to)(?: *[<{]?(?:[\w.]{1,30} )?${SOCKET})?
        |: *(?:set |now )?${SOCKET}
      )(?: *[=:#])? *(?<handle>${NUMBER})(?:(?=>|[ \t,]+events\b)|${THAT_IS_ALL})
    `,
    samples: [
      { message: 'sockets[0] = 412', facts: { slot: 0, handle: '412' } },
      { message: 'clients[2] = fd 7', facts: { slot: 2, handle: '7' } },
      { message: 'pollfds[0].fd = 7', facts: { slot: 0, handle: '7' } },
      { message: 'g_sockets[1]=0x1d4;', facts: { slot: 1, handle: '0x1d4' } },
      { message: 'm_sockets[0] set to 7', facts: { slot: 0, handle: '7' } },
      { message: 'ClientArray[0].hSocket = 976', facts: { slot: 0, handle: '976' } },
      { message: 'pollfd[0].fd=5 events=POLLIN', facts: { slot: 0, handle: '5' } },
      { message: 'pollfd[0].fd=5', facts: { slot: 0, handle: '5' } },
      { message: 'pollfd[3] = {fd=9, events=POLLIN}', facts: { slot: 3, handle: '9' } },
      { message: 'conns[0]: set fd=5 (listener)', facts: { slot: 0, handle: '5' } },
      { message: 'weights[0] = 7', facts: null },
      { message: 'sock_opts_[0] = 7', facts: null },
      { message: 'm_clients_[3] = 9', facts: { slot: 3, handle: '9', name: 'm_clients_' } },
      { message: 'clients[3]: 12 requests', facts: null },
      { message: 'clients[3] = 12 requests', facts: null },
    ],
  },
  {
    id: 'element-assigned',
    kind: 'attach',
    keywords: HOLDERS,
    pattern: wording`
      \b(?<name>${HOLDER})\[(?<slot>\d{1,9})\](?:
        (?:\.|->)(?:fd|sock(?:et)?|handle) *(?:<-|:?=>?)[ \t]*
        |(?: *(?:<[-=]{1,2}|:?=>?|->|:)| (?:is |was )?(?:assigned|given|gets|takes|set to)) *(?:<[\w.]{1,30} )?${SOCKET} *(?:[=:#(] *)?
      )(?<handle>${NUMBER})(?:(?=>)|${THAT_IS_ALL})
    `,
    samples: [
      { message: 'g_links[0]: socket=0x1a4', facts: { slot: 0, handle: '0x1a4', name: 'g_links' } },
      // What a poll returned stands in another order each time.
      { message: 'events[0]: fd=7', facts: null },
      { message: 'links[2].sock = 7', facts: { slot: 2, handle: '7' } },
      { message: 'reserve: cursor=4 -> handlers_[4] = fd 12', facts: { slot: 4, handle: '12', name: 'handlers_' } },
      { message: 'ctx[0] assigned fd=5', facts: { slot: 0, handle: '5' } },
      { message: 'pool[2] <= socket 9', facts: { slot: 2, handle: '9' } },
      { message: 'entries[3] <- fd 7', facts: { slot: 3, handle: '7' } },
      { message: 'sessions[3]: fd 7 timed out', facts: null },
      { message: 'sessions[0] = <socket fd=5>', facts: { slot: 0, handle: '5', name: 'sessions' } },
      { message: 'items[3] = 7', facts: null },
    ],
  },
]
