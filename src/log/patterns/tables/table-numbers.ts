import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET, SOCKET_MARKED } from './slot-words.ts'
import { OTHER_SLOTS } from './slots.ts'
import { AT, END, OF_PLACE, PLACES } from './table-places.ts'

/** Nothing more is told of it than which kind it is: else it is a size, or counts. */
const ALONE = words` *(?:$|[,;)(]|[.!]$|(?:by|thread|tid)\b|\(?(?:listen|client|link|conn|server|outbound|inbound))`

/** Numbers alone: they are of sockets only where the process has sockets of these numbers. */
export const tableNumbers: readonly EventPattern[] = [
  {
    id: 'place-renumbered',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`${OF_PLACE}${AT} *(?<value>${NUMBER}) *[-=]> *(?<handle>${NUMBER})${END}`,
    samples: [
      { message: 'slot 0: 932 => 968', facts: { slot: 0, handle: '968', value: '932' } },
      { message: 'table entry [3] 5 -> 7', facts: { slot: 3, handle: '7', value: '5' } },
      { message: 'slot 10 -> 932', facts: null },
      { message: 'slot 0: 932 => 968 bytes', facts: null },
    ],
  },
  {
    id: 'place-renumbered-in-words',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`
      ${OF_PLACE}${AT} *(?:(?:is |was |gets )?(?:overwritten|changed|replaced|changes) *[:,]? *)?[([]?
        (?:(?:old|from|was|replaced|replacing) *[=:]? *)(?:${SOCKET_MARKED})?(?<value>${NUMBER})[ \t,;]+
        (?:and )?(?:new|to|now|is|with|by) *[=:]? *(?:${SOCKET_MARKED})?(?<handle>${NUMBER})${END}
    `,
    samples: [
      { message: 'overwriting entry 0 (old 5, new 7)', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'slot 0 changed from 932 to 968', facts: { slot: 0, handle: '968', value: '932' } },
      { message: 'conn table idx=0 old=5 new=7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'overwriting slot 3 (old fd 7, new fd 9)', facts: { slot: 3, handle: '9', value: '7' } },
      { message: 'slot 3: replaced 7 with 9', facts: { slot: 3, handle: '9', value: '7' } },
      { message: 'slot 0 changed from idle to busy', facts: null },
      { message: 'slot 3: replaced 7 with 9 bytes', facts: null },
    ],
  },
  {
    id: 'place-numbered',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`${OF_PLACE}${AT} *(?:<=|<<|gets|takes|receives) *(?<handle>${NUMBER})[ \t;.]*$`,
    samples: [
      { message: 'pollfd array: slot #2 <= 14', facts: { slot: 2, handle: '14' } },
      { message: 'slot 2 gets 14', facts: { slot: 2, handle: '14' } },
      { message: 'slot 2 gets 14 bytes', facts: null },
    ],
  },
  {
    id: 'slot-numbered',
    kind: 'attach',
    keywords: ['slot', 'table['],
    pattern: wording`
      \b${OTHER_SLOTS}(?:slots?|(?:sock(?:et)?_?)?table) *(?:[[#=:] *)?(?<slot>\d{1,9})\]? *(?:
        <-|:?=>?|->|:
        |(?:is |was )?(?:now )?(?:taken by|re-?used (?:for|by)|(?:given|assigned|allocated) to|overwritten (?:by|with)|holds)
      ) *(?<handle>${NUMBER})\b(?![:.]\d)(?=${ALONE})
    `,
    samples: [
      { message: 'slot[0] = 0x3a4', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'slot 0 <- 412 (listener)', facts: { slot: 0, handle: '412' } },
      { message: 'slot 0: 16384 MB', facts: null },
    ],
  },
  {
    id: 'list-assigned',
    kind: 'attach',
    keywords: ['list[', 'table[', 'tab[', 'map[', 'array[', 'pool[', 'registry[', 'vector[', 'slots['],
    pattern: wording`
      \b(?<name>\w{0,20}(?:list|table|tab|map|array|pool|registry|vector|slots))\[(?<slot>\d{1,9})\](?:(?:\.|->)\w{1,12})? *
        (?:<-|:?=>?) *(?<handle>${NUMBER})[ \t;.]*$
    `,
    samples: [
      { message: 'FList[0] := 932', facts: { slot: 0, handle: '932', name: 'FList' } },
      { message: 'g_table[1] = 0x3a4;', facts: { slot: 1, handle: '0x3a4' } },
      { message: 'FList[0] := 932 bytes', facts: null },
      { message: 'weights[0] = 7', facts: null },
    ],
  },
  {
    // A method of a table, with the place and what is put there; and what was there before.
    id: 'call-placed',
    kind: 'attach',
    keywords: ['set(', 'setat(', 'put(', 'store(', 'assign(', 'insert(', 'write(', 'replace(', 'add('],
    pattern: wording`
      (?<![\w.])(?=[\w.]{0,40}(?:sock|fd|conn|client|session|slot|handler|channel|peer|table|registry|list|array|map))
        (?![\w.]{0,60}(?:stat|count|metric|limit|opt|histogram))[\w.]{2,60}
        (?:::|\.|->)_?(?:set|put|store|assign|insert|write|replace|add)\w{0,10}\( *(?<slot>\d{1,9}) *, *
        (?:${SOCKET_MARKED})?(?<handle>${NUMBER}) *\)
        (?:[ \t,;:(=>-]{1,4}(?:(?:returned|returns|was|old|prev(?:ious)?|replac(?:es|ed|ing)|instead of) *[=:]? *)
          (?:${SOCKET_MARKED})?(?:-1|NULL|nullptr|null|none|nil|(?<value>${NUMBER}))\)?)?[ \t;.]*$
    `,
    samples: [
      { message: 'SocketTable::Set(3, 9)', facts: { slot: 3, handle: '9', value: null } },
      { message: 'SocketTable::Set(0, 7) previous 5', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'm_clients->SetAt(0, 0x3a4);', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'self.slots.insert(2, 9)', facts: { slot: 2, handle: '9' } },
      { message: 'SessionStats::add(3, 9)', facts: null },
      { message: 'Point.set(3, 9)', facts: null },
      { message: 'SocketTable::Set(3, 9) failed', facts: null },
    ],
  },
  {
    // A list that grew: its length is the place. Two that find the same length lost one of what they added.
    id: 'list-grown',
    kind: 'attach',
    keywords: ['push_back(', 'pushback(', 'append(', '.add(', '->add(', '::add(', 'emplace_back(', '.push('],
    pattern: wording`
      \b(?<name>(?=\w{0,40}(?:sock|fd|conn|client|session|handler|channel|peer))\w{2,40})(?:\.|->|::)
        (?:push_?back|append|add|emplace_back|push)\((?:${SOCKET_MARKED})?(?<handle>${NUMBER})\)
        [ \t,;:(=>-]{1,4}(?:new )?(?:size|count|length|len)(?:\(\))?(?: is)?(?: now)? *[=:]? *(?<slot>\d{1,9})\)?[ \t.;]*$
    `,
    samples: [
      { message: 'sockets.push_back(5), size now 1', facts: { slot: 1, handle: '5', name: 'sockets' } },
      { message: 'm_clients.Add(932) count=4', facts: { slot: 4, handle: '932', name: 'm_clients' } },
      { message: 'sockets.push_back(5)', facts: null },
      { message: 'orders.add(5) size=1', facts: null },
    ],
  },
  {
    id: 'found-nowhere',
    kind: 'not-matched',
    keywords: [
      'find',
      'lookup',
      'search',
      'getsock',
      'get_sock',
      'getslot',
      'getentry',
      'get_slot',
      'get_entry',
      'getindex',
      'get_index',
      'getidx',
    ],
    pattern: wording`
      \b(?:find|lookup|search|get(?!sockopt|sockname))_?(?=\w{0,20}(?:sock|fd|handle|slot|entry|index|idx))\w{2,24}\(
        (?:${SOCKET} ?[=:] ?)?(?<handle>${NUMBER})\) *(?:[-=]>|[:=]|==|returned|returns|is|gave)? *(?:
          -1\b|NULL\b|nullptr\b|None\b|nil\b|undefined\b|not[ _]?found\b|no entry\b|nothing\b|failed\b|npos\b
        )
    `,
    samples: [
      { message: 'find_slot(932) = -1', facts: { handle: '932' } },
      { message: 'select: 932 readable, FindEntry(932) failed', facts: { handle: '932' } },
      { message: 'GetSocket(0x3a4) returned NULL', facts: { handle: '0x3a4' } },
      { message: 'find_slot(fd=7) returned -1', facts: { handle: '7' } },
      { message: 'GetIndex(sock=7) -> NOT_FOUND', facts: { handle: '7' } },
      { message: 'GetEntry(932) == nullptr', facts: { handle: '932' } },
      { message: 'getsockopt(5) = -1', facts: null },
      { message: 'findUser(42) = null', facts: null },
      { message: 'find_slot(932) = 3', facts: null },
    ],
  },
  {
    // A method of a table.
    id: 'method-found-nothing',
    kind: 'not-matched',
    keywords: ['find(', 'lookup(', 'search(', 'indexof(', 'index_of(', 'contains(', 'get(', 'has('],
    pattern: wording`
      \b(?=\w{0,40}(?:sock|fd|conn|client|session|slot|handler|channel|peer|table|registry|list|array|map))\w{2,40}
        (?:::|\.|->)(?:find|lookup|search|index_?of|contains|get|has)(?:Key|Value)?\((?:${SOCKET_MARKED})?(?<handle>${NUMBER})\)
        [ \t]*(?:[-=]>|==?|:|returned|returns|is)? *(?:
          -1\b|NULL\b|nullptr\b|None\b|nil\b|undefined\b|false\b|not[ _]?found\b|nothing\b|(?:\w{1,40}(?:\.|->|::))?(?:c?end\(\)|npos\b)
        )
    `,
    samples: [
      { message: 'CSockArray::Find(0x1A4) = -1', facts: { handle: '0x1A4' } },
      { message: 'map.find(5) == map.end()', facts: { handle: '5' } },
      { message: 'handlers.get(5) -> undefined', facts: { handle: '5' } },
      { message: 'users.find(5) = -1', facts: null },
      { message: 'map.find(5) = 3', facts: null },
    ],
  },
]
