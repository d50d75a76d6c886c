import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET_MARKED } from './slot-words.ts'
import { BEFORE, END, HOLDER, KIND, PLACE_WORD, PLACES } from './table-places.ts'

/** Nothing else is told: else the line is about what the socket does. */
const LINE_END = words`\)?${KIND}[ \t.;]*$`
/** A line that says that somebody came tells that first. */
const NO_NEWS = words`
  ^(?!.{0,300}\b(?:accept(?:ed|s|ing)?|(?:new|incoming|inbound) (?:connection|client|session))\b).{0,200}?
`
/** A free place's name, within a call's or in words; and the socket that is put there. */
const FREE_PLACE = words`(?:
  \b(?=\w{0,30}(?:free|next|empty|alloc))(?=\w{0,40}(?:free|slot|index|idx|entry|place|pos))\w{6,40}(?:\([^)]{0,40}\))?
  |\b(?:free|next|empty|available)[ \t]+(?:slot|index|idx|entry|place|position|cell)
)`
const GIVEN_TO = words`
  [ \t]*[,;.:(-] *(?:(?:stor|put|assign|plac|sav|insert|attach|register|writ|add|us|giv|for)\w{0,4} )?(?:(?:it|in|to|for|by|with|this|the) ){0,2}
    (?:(?:listen(?:er|ing)?|client|server|new) )?
`

/** Stores in words, by methods of maps and lists, or by the number of a session alone. */
export const storesInWords: readonly EventPattern[] = [
  {
    // Of the socket that the line before tells of: what the select server in many tutorials prints.
    id: 'added-to-list',
    kind: 'attach',
    keywords: ['of sockets', 'of client', 'of connections', 'of fds', 'of descriptors', 'of handles'],
    pattern: wording`
      \b(?:add|stor|put|insert|sav|plac)(?:e|ed|ing|ting|s)? (?:(?:it|this|new|socket|client|connection) ){0,2}(?:to|into|in) (?:the )?
        (?:list|array|table|set) of (?:client )?(?:sockets|clients|connections|fds|descriptors|handles)
        (?: (?:as|at)(?: (?:index|position|no|number|slot))?)? *[#:]? *(?<slot>\d{1,9})(?!\w)${LINE_END}
    `,
    samples: [
      { message: 'Adding to list of sockets as 0', facts: { slot: 0 } },
      { message: 'stored in array of clients at index 3', facts: { slot: 3 } },
      { message: 'added to list of clients, 3 in all', facts: null },
      { message: 'adding to list of sockets to close as 3 failed', facts: null },
    ],
  },
  {
    // Who took a place, or who it was taken for.
    id: 'place-taken-for',
    kind: 'attach',
    keywords: ['acquir', 'reserv', 'grab', 'obtain'],
    pattern: wording`
      (?:
        \b(?:acquir|reserv|grabb?|obtain)(?:e|es|ed|ing|s)? (?:(?:a|the|free|next) ){0,2}(?=${PLACE_WORD})
        |^(?=.{0,80}?\b${PLACE_WORD} *(?:[[#=:(] *)?\d{1,9}[\])]? (?:is |was )?(?:now )?(?:acquired|reserved|grabbed|obtained)\b).{0,80}?
      )\b${PLACE_WORD} *(?:[-=]> *|[[#=:(] *)?(?<slot>\d{1,9})(?!\w)[\])]? *(?:[,(] *)?
        (?:(?:(?:is |was )?(?:now )?(?:acquired|reserved|grabbed|obtained) )?(?:for|by|to) ){0,1}
        (?:(?:the|new|listen(?:er|ing)?|client|server) ){0,2}${SOCKET_MARKED}(?<handle>${NUMBER})${LINE_END}
    `,
    samples: [
      { message: 'sockets: acquire slot -> 3 for client fd=9', facts: { slot: 3, handle: '9' } },
      { message: 'acquired slot 0 for listener fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'slot 3 acquired by fd 9', facts: { slot: 3, handle: '9' } },
      { message: 'reserve slot 3 (fd 9)', facts: { slot: 3, handle: '9' } },
      { message: 'reserved slot 3 for 9 bytes', facts: null },
      { message: 'acquired lock 3 for fd 9', facts: null },
    ],
  },
  {
    // An element of a list, and the socket that it held and holds.
    id: 'element-changed',
    kind: 'attach',
    keywords: ['list[', 'table[', 'tab[', 'map[', 'array[', 'pool[', 'registry[', 'slots[', 'slot['],
    pattern: wording`
      \b(?<name>\w{0,20}(?:list|table|tab|map|array|pool|registry|slots?))\[(?<slot>\d{1,9})\](?:(?:\.|->)\w{1,12})? *:? *
        (?:(?:was|had|held) (?:${SOCKET_MARKED})?|${SOCKET_MARKED})(?:-1|NULL|nullptr|None|nil|free|empty|INVALID_SOCKET|(?<value>${NUMBER}))
        (?: *[-=]> *|,? (?:and )?(?:is )?now (?:has |holds )?)(?:${SOCKET_MARKED})?(?<handle>${NUMBER})${END}
    `,
    samples: [
      { message: 'table[3]: fd 7 -> 9', facts: { slot: 3, handle: '9', value: '7' } },
      { message: 'table[3] was fd 7, now fd 9', facts: { slot: 3, handle: '9', value: '7' } },
      { message: 'slots[0]: socket 932 -> socket 968', facts: { slot: 0, handle: '968', value: '932' } },
      { message: 'table[3]: fd -1 -> 7', facts: { slot: 3, handle: '7', value: null } },
      { message: 'table[3]: fd 7 -> closed', facts: null },
      { message: 'table[3]: 7 -> 9', facts: null },
    ],
  },
  {
    // The search for a free place, what it found, and for whom.
    id: 'free-place-given',
    kind: 'attach',
    keywords: [
      'freeindex',
      'free_index',
      'freeslot',
      'free_slot',
      'freeidx',
      'freeentry',
      'free_entry',
      'freeplace',
      'nextfree',
      'next_free',
      'emptyslot',
      'alloc_slot',
      'allocslot',
      'next_index',
      'nextindex',
      'free slot',
      'free index',
      'free entry',
      'free place',
      'free position',
      'empty slot',
      'next index',
      'next slot',
      'nextslot',
      'next_slot',
    ],
    pattern: wording`
      ${FREE_PLACE} *(?:[:#=] *|[-=]> *|(?:returned|returns|gave|is|was|found) *:? *)?(?<slot>\d{1,9})(?!\w)(?: found)?(?:[ \t,;]{1,3}\w{1,20} ?= ?\d{1,9}\b)?
        (?:${GIVEN_TO}|[ \t]+(?:for )?)${SOCKET_MARKED}(?<handle>${NUMBER})(?: goes (?:there|in|into it))?${LINE_END}
    `,
    samples: [
      { message: 'GetFreeIndex() = 0, storing fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'FindFreeSlot() returned 0; storing socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'find_free_slot() -> 0, assigning fd=5', facts: { slot: 0, handle: '5' } },
      { message: 'first free entry is 0, storing listener fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'NextFree() returned 3 for socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'GetFreeIndex=0 sock=932', facts: { slot: 0, handle: '932' } },
      { message: 'nextSlot=0 nSockets=0, storing sock=5', facts: { slot: 0, handle: '5' } },
      { message: 'free index 0 found, storing fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'free slot is 2, sock=14 goes there', facts: { slot: 2, handle: '14' } },
      { message: 'using free slot 0 for socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'alloc_slot() = 0 (fd 5)', facts: { slot: 0, handle: '5' } },
      { message: 'GetFreeIndex() = -1, closing fd 5', facts: null },
      { message: 'free slot 3, fd 7 closed', facts: null },
    ],
  },
  {
    id: 'stored-at',
    kind: 'attach',
    keywords: ['store ', 'stored ', 'storing ', 'insert', 'placed ', 'saved ', 'append', 'added ', 'adding ', ' add '],
    pattern: wording`
      ^(?=.{0,200}(?:\b|_)\w{0,20}(?:table|registry|list|map|array|slots?|pool|fds)\b).{0,200}?
        \b(?:stor|put|plac|insert|sav|append|add)\w{0,3}[ \t]+(?:\w{1,20} ){0,2}${SOCKET_MARKED}(?<handle>${NUMBER})\)?
        (?: (?:to|in|into) (?:the )?(?:\w{1,20} ){0,2}(?:table|registry|list|map|array|set|pool)\b)? *
        (?:@|at|pos\w{0,5}|index|idx) *[#[=]? *(?<slot>\d{1,9})\]?(?: *\([^)]{0,40}\)|[ \t,]+\w{1,12} ?= ?\d{1,9})?[ \t.]*$
    `,
    samples: [
      { message: 'table: store listener sock 384 @0', facts: { slot: 0, handle: '384' } },
      { message: 'conn list: inserted fd=7 at 3', facts: { slot: 3, handle: '7' } },
      { message: 'added fd 5 to poll array at 0 (nfds=1)', facts: { slot: 0, handle: '5' } },
      { message: 'pollfds: add fd=5 pos=0 nfds=1', facts: { slot: 0, handle: '5' } },
      { message: 'stored fd 7 at 10:31', facts: null },
      { message: 'cache: stored fd 7 at 10', facts: null },
    ],
  },
  {
    id: 'stored-in-brackets',
    kind: 'attach',
    keywords: ['stored ', 'placed ', 'put ', 'saved ', 'inserted '],
    pattern: wording`
      \b${SOCKET_MARKED}(?<handle>${NUMBER})\)? (?:is |was )?(?:now )?(?:stored|placed|put|saved|inserted) (?:at|in|into|as)
        [ \t]+\w{0,20}\[(?<slot>\d{1,9})\][ \t.;]*$
    `,
    samples: [
      { message: 'socket 9 stored at [3]', facts: { slot: 3, handle: '9' } },
      { message: 'fd 7 put into table[0]', facts: { slot: 0, handle: '7' } },
      { message: 'socket 9 stored at [10:31:00]', facts: null },
    ],
  },
  {
    // Methods of maps and lists.
    id: 'map-stored',
    kind: 'attach',
    keywords: ['.put(', '.insert(', '.set(', '.add(', '.emplace(', '.store('],
    pattern: wording`
      \b(?=\w{0,40}(?:sock|chan|conn|client|session|registry|fd|table|map|handler|peer|slot))[\w.]{2,60}
        \.(?:put|insert|set|add|emplace|store)\( *(?<slot>\d{1,9}) *, *[<(]?(?:\w[\w.]{0,40} )?${SOCKET_MARKED}(?<handle>${NUMBER})
        [)>]{0,3}(?:[ \t,;(]+${BEFORE}(?:null|none|nil|-1|[<(]?(?:\w[\w.]{0,40} )?(?:${SOCKET_MARKED})?(?<value>${NUMBER})[)>]{0,3}))?
        [ \t.;]*$
    `,
    samples: [
      { message: 'channels.put(0, ServerSocketChannel fd=5)', facts: { slot: 0, handle: '5' } },
      {
        message: 'channels.put(0, SocketChannel fd=7) previous=ServerSocketChannel fd=5',
        facts: { slot: 0, handle: '7', value: '5' },
      },
      { message: 'self.conns.insert(3, fd=9)', facts: { slot: 3, handle: '9' } },
      { message: 'limits.set(3, fd=9)', facts: null },
    ],
  },
  {
    // Sessions and the like that are numbered, and the socket of each; nothing of what it does.
    id: 'session-numbered',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`
      ${NO_NEWS}\b(?<name>${HOLDER}) *(?:[#[(] *)?(?<slot>\d{1,9})(?!\w)[\])]? *(?:
        :?=|:|[-=]>|<-
        |:? *(?:is |was |now )?(?:
          opened|created|assigned|allocated|given|bound|reserved|used|mapped|attached|set|uses|gets|takes
        )(?: (?:for|to|by|with|on))?
      ) *${SOCKET_MARKED}${NUMBER}(?: (?:assigned|opened|stored|registered|added|attached))?${LINE_END}
    `,
    samples: [
      { message: 'session 0: hSocket=968', facts: { slot: 0, handle: '968' } },
      { message: 'conn 0 -> fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'channel 0 opened for socket 5', facts: { slot: 0, handle: '5' } },
      { message: 'Channel 0: socket 5 assigned', facts: { slot: 0, handle: '5' } },
      { message: 'link #2: fd 7 (listener)', facts: { slot: 2, handle: '7' } },
      { message: 'session 0: fd 7 timed out', facts: null },
      { message: 'client 3: fd 7, recv 44 bytes', facts: null },
      { message: 'new connection, session 1 assigned to fd 7', facts: null },
    ],
  },
]
