import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** How programs name the arrays that they keep their sockets in. */
const ARRAYS = [
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
]
/** An element of one of them, or its member that holds the socket. */
const ARRAY = words`
  \b(?<name>\w{0,20}?(?:sock|fd|conn|client|handle)\w{0,16})\[(?<slot>\d{1,9})\]
    (?:(?:\.|->)(?:fd|(?:m_)?h?sock(?:et)?|handle))?
`

/** Arrays of other things, in whose elements programs keep sockets, too. */
const HOLDERS = [
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
]
/** Words for a socket before its number. */
const SOCKET = '(?:h?sock(?:et)?|fd|handle|descriptor|sd)'
const NUMBER = String.raw`(?:0x[\da-f]{1,16}|\d{1,20})`
/** Nothing more is told of it: else the line is about what the socket does. */
const THAT_IS_ALL = words`(?! *, *(?:re(?:cv|ceived|ad)|sen[dt]|wr(?:ote|ite)|clos|time|idle|err|disconn|\d{1,9} bytes))(?= *(?:$|[,;)(]|\.?$|by\b))`
/** An array's name that says so. */
const HOLDER = String.raw`\w{0,20}?(?:entry|entries|handler|peer|session|channel|link|pool|item|node|element|poll_?set)s?`
/** Words for a place in a table, as they stand before its number, also as a field's name in JSON; and all of them. */
const PLACES = [
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
const PLACE = `(?:entry|index|idx|position|pos|cell|element|token|key|${OF_CONNECTION})`

/** A line that says that somebody came tells that first, whatever number he is given. */
const NO_NEWS = words`
  (?<=^(?!.{0,300}\b(?:accept(?:ed|s|ing)?|(?:new|incoming|inbound) (?:connection|client|session))\b).{0,1000})
`

/** What tells a process of its sockets. */
const POLLED = words`(?:e?poll\w{0,4}|select(?:or)?|fd_set|kqueue|watch list|interest|reactor|event[ \t_-]?loop)`

/** Sockets that are stored in a process's table, and taken out of it. */
export const slots: readonly EventPattern[] = [
  {
    id: 'detach',
    kind: 'detach',
    keywords: ['detach', 'slot'],
    // A slot that somebody gives back is one of a pool or a schedule.
    pattern: wording`
      \bdetach(?:ed|ing)?\b
      |\bslot *(?:[[#=:] *)?(?:\d{1,9}\]? )?(?:is |was )?(?:now )?(?:freed|released|cleared|emptied|free again)
      |(?<!\b(?:client|user|worker|job|task|request|tenant|player)[ \t])\b
        (?:freed|released?|releasing|freeing|clear(?:ed|ing)?) slot\b
      |\b(?:remov|unregister)(?:ed|ing)?\b.{0,40}\bfrom (?:slot|index)\b
      |\bslot *(?:[[#] *)?\d{1,9}\]? *(?:<-|:?=) *(?:
        -1\b|NULL\b|nullptr\b|None\b|nil\b|INVALID_SOCKET\b|empty\b
      )
    `,
    samples: [
      { message: 'Detach: i=3.', facts: { slot: 3 } },
      { message: 'released slot 3', facts: { slot: 3 } },
      { message: 'slot[3] = NULL', facts: { slot: 3 } },
      { message: 'slot 3 is free again', facts: { slot: 3 } },
      { message: 'unregistered fd 7 from slot 3', facts: { slot: 3, handle: '7' } },
      { message: 'slot 3 is free', facts: null },
      { message: 'client released slot 3', facts: null },
      { message: 'slot 3 cleared', facts: { slot: 3 } },
      { message: 'removed socket 932 from slot 3', facts: { slot: 3, handle: '932' } },
    ],
  },
  {
    id: 'unwatched',
    kind: 'detach',
    keywords: [
      'poll',
      'select',
      'fd_set',
      'fd set',
      'epoll',
      'kqueue',
      'watch list',
      'interest',
      'reactor',
      'event loop',
      'rearmed',
      'fd_clr',
      'selectionkey',
      're-armed',
    ],
    pattern: wording`
      \b(?:
        remov(?:ed|ing)|delet(?:ed|ing)|dropp(?:ed|ing)|took|taken|unregister(?:ed|ing)?|deregister(?:ed|ing)?
      )\b.{0,20}\b${SOCKET} *(?:[=:#] *)?${NUMBER} (?:out of|from|of) (?:the )?${POLLED}\b
      |\b${SOCKET} *(?:[=:#] *)?${NUMBER} (?:is |was )?
        (?:removed|deleted|dropped|taken|unregistered|deregistered) (?:out of|from) (?:the )?${POLLED}\b
      |\bFD_CLR\((?:fd *= *)?\d|\bSelectionKey\b.{0,40}\b${SOCKET} *(?:[=:#] *)?${NUMBER}\)? (?:is |was )?cancell?ed\b
      |\b${SOCKET} *(?:[=:#] *)?${NUMBER}\b.{0,20}\binterest(?:[ \t_]?Ops)? *(?:[=:]|(?:is |was )?set to) *(?:0|none)\b
      |\b(?:EPOLLONESHOT|one-?shot)\b.{0,30}\bnot re-?armed\b
      |\bepoll_ctl\((?:(?:epfd *= *)?\d{1,9}, *)?(?:EPOLL_CTL_)?(?:DEL|MOD(?=.{1,40}\bevents *[=:] *(?:0x)?0\b))
        , *(?:fd *= *)?(?<handle>\d{1,9})\b(?!.{0,40}(?:-1\b|failed|error))
      |\b(?:poll|select|fd)[ \t_]?sets?\b.{0,30}\b(?:rebuilt|rebuild|re-?created|reset)\b.{0,30}\bwithout[ \t]+
        (?:the )?(?:listen(?:er|ing)? )?${SOCKET} *(?:[=:#] *)?${NUMBER}
    `,
    samples: [
      { message: 'FD_CLR(7)', facts: { handle: '7' } },
      { message: 'SelectionKey of listener (fd=7) cancelled', facts: { handle: '7' } },
      { message: 'key for listener fd=7: interestOps set to 0', facts: { handle: '7' } },
      { message: 'key for listener fd=7: interestOps set to 16', facts: null },
      { message: 'removed fd 7 from poll set', facts: { handle: '7', slot: null } },
      { message: 'unregistered socket 0x1a4 from epoll', facts: { handle: '0x1a4' } },
      { message: 'listener fd 7 removed from reactor', facts: { handle: '7' } },
      { message: 'fd 7 EPOLLONESHOT not re-armed', facts: { handle: '7' } },
      { message: 'epoll_ctl(DEL, fd=7)', facts: { handle: '7' } },
      { message: 'epoll_ctl(EPOLL_CTL_DEL, 7) ok', facts: { handle: '7' } },
      // It stays in the set, and is told of no event any more.
      { message: 'epoll_ctl(4, EPOLL_CTL_MOD, 7, {events=0}) = 0', facts: { handle: '7' } },
      { message: 'epoll_ctl(4, EPOLL_CTL_MOD, 7, {events=EPOLLIN}) = 0', facts: null },
      { message: 'poll set rebuilt without listening socket 7', facts: { handle: '7' } },
      { message: 'epoll_ctl(EPOLL_CTL_DEL, 7) failed: ENOENT', facts: null },
      { message: 'fd 7 polled', facts: null },
    ],
  },
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
        (?:<-|:?=>?|->|:? *set to)(?: *<?(?:[\w.]{1,30} )?${SOCKET})?
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
      { message: 'conns[0]: set fd=5 (listener)', facts: { slot: 0, handle: '5' } },
      { message: 'weights[0] = 7', facts: null },
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
        | *(?:<-|:?=>?|->|:) *(?:<[\w.]{1,30} )?${SOCKET} *(?:[=:#(] *)?
      )(?<handle>${NUMBER})(?:(?=>)|${THAT_IS_ALL})
    `,
    samples: [
      { message: 'g_links[0]: socket=0x1a4', facts: { slot: 0, handle: '0x1a4', name: 'g_links' } },
      // What a poll returned stands in another order each time.
      { message: 'events[0]: fd=7', facts: null },
      { message: 'links[2].sock = 7', facts: { slot: 2, handle: '7' } },
      { message: 'entries[3] <- fd 7', facts: { slot: 3, handle: '7' } },
      { message: 'sessions[3]: fd 7 timed out', facts: null },
      { message: 'sessions[0] = <socket fd=5>', facts: { slot: 0, handle: '5', name: 'sessions' } },
      { message: 'items[3] = 7', facts: null },
    ],
  },
  {
    id: 'slot-assigned',
    kind: 'attach',
    keywords: ['slot', 'table['],
    pattern: wording`
      \b(?:slots?|(?:sock(?:et)?_?)?table) *(?:[[#=:] *)?(?<slot>\d{1,9})\]? *(?:
        <-|:?=>?|->|:
        |(?:is |was )?(?:taken by|(?:given|assigned|allocated) to|overwritten (?:by|with)|now holds|holds)
        |replaced (?:h?socket|sock|fd|handle) *(?:[=:#] *)?\w{1,18} (?:by|with)
      ) *(?:h?socket|sock|fd|handle)? *(?:[=:#] *)?(?<handle>0x[\da-f]{1,16}|\d{1,20})\b
        (?! *[-=]>)(?! (?:is |was |has )?(?:clos|idle|timed|disconn|reset|gone|recv|read|sent))
    `,
    samples: [
      { message: 'slot 3 <- socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'slot[0] = 0x3a4', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'slot 0: fd 6 closed by peer', facts: null },
      { message: 'slot 0 taken by socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'slot 0 overwritten by fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'slot 0 replaced fd 5 with fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'slot 3 is free', facts: null },
    ],
  },
  {
    // Who had the place, and who has it now.
    id: 'place-overwritten',
    kind: 'attach',
    keywords: ['overwrit', 'replac'],
    pattern: wording`
      ^(?=.{0,200}\b(?:slot|${PLACE}) *(?:[[#=(:] *)?\d{1,9}\b).{0,200}?
        \b(?:overwrit|replac)\w{1,5}\b(?:.{0,40}?\b${SOCKET} *(?:[=:#(] *)?(?<value>${NUMBER}))?.{0,80}?\b(?:by|with)[ \t]+
        ${SOCKET} *(?:[=:#(] *)?(?<handle>${NUMBER})${THAT_IS_ALL}
    `,
    samples: [
      { message: 'replacing entry 0 (socket 932) with socket 972', facts: { slot: 0, handle: '972', value: '932' } },
      { message: 'overwriting fd 5 in slot 0 with fd 7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'index 0 is taken (fd 5), replaced by fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'slot 0 -> socket 972', facts: null },
      { message: 'entry 0 replaced with a newer version', facts: null },
    ],
  },
  {
    // The number alone, where the line says beside it that sockets are meant.
    id: 'place-overwritten-by-number',
    kind: 'attach',
    keywords: ['overwrit'],
    pattern: wording`
      ^(?=.{0,200}\b(?:slot|${PLACE}) *(?:[[#=(:] *)?\d{1,9}\b)(?=.{0,200}\b${SOCKET}\b).{0,200}?\boverwrit
        \w{1,5}\b(?:.{0,30}?\b(?:old|${SOCKET}) *(?:[=:#(] *)?(?<value>${NUMBER}))?.{0,80}?\b(?:by |with |new *[=:] *)
        (?<handle>${NUMBER})${THAT_IS_ALL}
    `,
    samples: [
      { message: 'fd table entry 0 overwritten: old=5 new=7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'overwriting handle 932 at index 0 with 968', facts: { slot: 0, handle: '968', value: '932' } },
      { message: 'overwriting index 12 with 44', facts: null },
      { message: 'socket buffer: index 12 overwritten with 5 bytes', facts: null },
    ],
  },
  {
    id: 'attach',
    kind: 'attach',
    keywords: ['attach', 'slot', 'at index', 'idx='],
    pattern: wording`
      ^(?!attaching \d{1,6} probes)(?=
        .{0,300}(?<![a-z])(?:slot|index|idx|entry|i *=|h?socket|sock|fd|handle)
        |attach\w{0,3} *:? *\d
      ).{0,200}?(?:
        (?<![a-z])(?:re)?attach(?:ed|ing)?(?![a-z])(?: *:? *(?<slot>\d{1,9})(?!\w))?
        |\b(?:
          stor(?:ed|e|ing)|put(?:ting)?|plac(?:ed|e|ing)|insert(?:ed|ing)?
          |(?:add|register)(?:ed|ing|s?(?= (?:h?socket|sock|fd|handle|descriptor)\b))
          |assign(?:ed|ing)?|sav(?:ed|ing)|allocat(?:ed|ing)|reserv(?:ed|ing)|claim(?:ed|s|ing)?
          |occup(?:y|ied|ies|ying)
        )\b.{0,60}\b(?:slot|at index|idx) *(?:[[#=:] *)?\d
        |\bslot *(?:[[#=:] *)?\d{1,9}\]?.{0,40}\b(?:registered|assigned|allocated|stored|occupied|claimed)\b
        |\b(?:into|uses|using|takes|took) (?:free )?slot\b
        |(?:socket|fd|handle) *(?:[=:#] *)?(?:0x)?[\da-f]{1,16} *(?:[-=]> *|in |stored in )slot *(?:[[#=:] *)?
          \d{1,9}\]?[ \t.]*$
      )
    `,
    samples: [
      // Bpftrace.
      { message: 'Attaching 2 probes...', facts: null },
      { message: 'Attach: i=0.', facts: { slot: 0 } },
      { message: 'Attach: 0', facts: { slot: 0 } },
      { message: 'Socket 968 attached, slot=4', facts: { slot: 4, handle: '968' } },
      { message: 'attached socket 932 to slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'stored socket 0x3a4 at index 0', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'using free slot 0 for socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'socket 932 -> slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'store fd=7 idx=0', facts: { slot: 0, handle: '7' } },
      { message: 'fd=7 slot=0 registered', facts: { slot: 0, handle: '7' } },
      { message: 'allocated slot 0 for fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 => slot 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 in slot 0', facts: { slot: 0, handle: '7' } },
      { message: 'add socket 932 to slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'fd 7 in slot 0 is idle', facts: null },
      { message: 'add a note to slot 3', facts: null },
      { message: 'email with attachment', facts: null },
      { message: 'attached debugger: none', facts: null },
    ],
  },
  {
    id: 'place-cleared',
    kind: 'detach',
    keywords: [...HOLDERS, ...PLACES],
    pattern: wording`
      (?<![a-z])(?:
        remov(?:e|ed|ing)|delet(?:e|ed|ing)|eras(?:e|ed|ing)|clear(?:ed|ing)|freed|releas(?:e|ed|ing)
        |(?:un|de)register(?:ed|ing)?|epoll_ctl\((?:EPOLL_CTL_)?DEL
      )\b.{0,40}?(?<![a-z])${PLACE} *(?:[#=(:] *)?\d{1,9}\b
      |\b${PLACE} *(?:[#=(] *)?\d{1,9}\)? (?:is |was )?(?:now )?
        (?:cleared|freed|released|removed|empty|emptied|free)\b
      |\b(?<name>${HOLDER})\[(?<slot>\d{1,9})\](?:(?:\.|->)(?:fd|sock(?:et)?|handle))? *(?:
        (?:<-|:?=>?) *(?:-1|NULL|nullptr|null|None|nil|INVALID_SOCKET)(?!\w)
        |:? *(?:cleared|freed|released)\b
      )
    `,
    samples: [
      { message: 'registry remove key=3', facts: { slot: 3 } },
      { message: 'deregister Token(3)', facts: { slot: 3 } },
      { message: 'handle table: entry 3 cleared', facts: { slot: 3 } },
      { message: 'index 3 is free', facts: { slot: 3 } },
      { message: 'links[2].sock = -1', facts: { slot: 2, name: 'links' } },
      { message: 'no free index, 3 in use', facts: null },
    ],
  },
  {
    id: 'place-assigned',
    kind: 'attach',
    keywords: PLACES,
    // The place and then the socket, the socket and then the place, or both as fields of a line that says that it stores.
    pattern: wording`
      (?:
        \b${PLACE} *(?:[#=(] *)?\d{1,9}\)? *(?:
          <-|:?=>?|->|:
          |(?:(?:is|was) )?(?:re-?used|assigned|given|allocated|taken) (?:to|for|by)
        ) *${SOCKET} *(?:[=:#(] *)?${NUMBER}${THAT_IS_ALL}
        |\b(?:h?socket|sock|fd|handle|conn\w{0,8}|client|session)[ \t_-]?(?:table|list|map|array)\b[ \t:.]{0,3}
          (?:entry|slot|index|idx|position) *(?:[#=(] *)?\d{1,9}\)? *(?:<-|:?=>?|->|:) *${NUMBER}${THAT_IS_ALL}
        |\b(?:put|plac|stor|mov|add|sav|insert|register)(?:s|e|ed|es|ing|ting)? (?:\w{1,20} ){0,2}\(?${SOCKET} *
          (?:[=:#(] *)?${NUMBER}\)? (?:in|into|at|to|under|as) (?:the )?${PLACE} *(?:[#=(] *)?\d{1,9}\)?
          ${THAT_IS_ALL}
        |\b${SOCKET} *(?:[=:#(] *)?${NUMBER}\)? *(?:
          [-=]>|takes|took|occupies|gets
          |(?:is |was )?(?:stored|placed|put|saved|kept|registered|added|assigned) (?:in|into|at|to|under|with|as)
        ) *${PLACE} *(?:[#=(] *)?\d{1,9}\)?${THAT_IS_ALL}
        |(?<![a-z])(?:register|insert|put|store|assign|write|set|add|alloc)(?:ed|s|ing)?(?![a-z]).{0,40}?
          (?<![a-z])${PLACE} *[=(:] *\d{1,9}\)?[ \t,]+(?:value *[=:] *)?${SOCKET} *[=:#(] *${NUMBER}\b
        |(?<![a-z])(?:register|insert|put|store|assign|write|set|add|alloc)(?:ed|s|ing)?(?![a-z]).{0,40}?
          (?<![a-z])${SOCKET} *[=:#(] *${NUMBER}[ \t,)]+(?:\w{1,12}[.=])?${PLACE} *[=(:] *\d{1,9}\b
      )${NO_NEWS}
    `,
    samples: [
      { message: 'accepted 10.1.2.3:50022, client id 7 assigned to socket 7', facts: null },
      { message: 'session index 0 assigned to socket 5', facts: { handle: '5', slot: 0 } },
      { message: 'connection id 0 reused for fd 7', facts: { handle: '7', slot: 0 } },
      { message: 'connection id 0 -> fd 5', facts: { handle: '5', slot: 0 } },
      { message: 'registered fd 5 as connection #0', facts: { handle: '5', slot: 0 } },
      { message: 'Put socket 932 to position 0', facts: { handle: '932', slot: 0 } },
      { message: 'connection #3: fd 7, received 44 bytes', facts: null },
      { message: 'client id 3 is 7', facts: null },
      { message: 'handle table: entry 0 := socket 7', facts: { slot: 0, handle: '7' } },
      { message: 'watch list: position 0 := sd 5', facts: { slot: 0, handle: '5' } },
      { message: 'fd 5 registered with key 0', facts: { slot: 0, handle: '5' } },
      { message: 'slab: inserted listener fd=5 at key 0', facts: { slot: 0, handle: '5' } },
      { message: 'putting listener (fd 5) into cell 0', facts: { slot: 0, handle: '5' } },
      { message: 'descriptor 7 -> entry 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 takes index 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 stored at position 0', facts: { slot: 0, handle: '7' } },
      { message: 'conn table write idx=0 fd=7 kind=client', facts: { slot: 0, handle: '7' } },
      { message: 'slab insert key=0 fd=7', facts: { slot: 0, handle: '7' } },
      { message: 'registry put key=0 value=fd:7', facts: { slot: 0, handle: '7' } },
      { message: 'register Token(0) fd=7', facts: { slot: 0, handle: '7' } },
      { message: 'registered listener fd=5 token=Token(0)', facts: { slot: 0, handle: '5' } },
      { message: 'epoll_ctl(ADD, fd=7) data.idx=0', facts: { slot: 0, handle: '7' } },
      { message: 'index 3: fd 7 timed out', facts: null },
      { message: 'lookup key=3 fd=7', facts: null },
      { message: 'fd 7 at position 3 of the file', facts: null },
    ],
  },
]
