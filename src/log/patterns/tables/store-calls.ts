import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET, SOCKET_MARKED } from './slot-words.ts'
import { PLACE_WORD } from './table-places.ts'

/** Functions that put a socket into a table: their name says both. What the system polls has no places. */
const STORES = words`
  \b(?!\w{0,20}(?:epoll|kqueue|kevent)|[\w:.>-]{0,40}(?:un|de|dis)_?(?:register|attach|track|reserve|assign|claim|alloc))(?=[\w:.>-]{0,40}(?:add|insert|register|attach|alloc|store|put|push|track|claim|reserve|assign))
    (?=[\w:.>-]{0,40}(?:sock|fd|handle|conn|client|session|slot|entry|table|listener|channel|peer))[\w:.>-]{3,60}
`

/** Stores that are told by a call, and the place that it returned or was given. */
export const storeCalls: readonly EventPattern[] = [
  {
    // A call, and the place that it returned. That 0 is its success is said with another sign.
    id: 'call-stored',
    kind: 'attach',
    keywords: [') -> ', ') => ', ' slot', ' index', ' idx'],
    pattern: wording`
      ${STORES}\((?:${SOCKET_MARKED})?(?<handle>${NUMBER})\) *(?:
        [-=]> *(?:(?:slot|index|idx|entry|position) *[=:#]?[ \t]*)?
        |(?:[-=:]>?|returned|returns|got|at|in) *(?:slot|index|idx|entry|position) *[=:#]?[ \t]*
      )(?<slot>\d{1,9})[ \t.;]*$
    `,
    samples: [
      { message: 'AddSocket(5) -> 0', facts: { slot: 0, handle: '5' } },
      { message: 'SocketTable::Add(0x3a4) => 0', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'register_fd(fd=5) returned index 2', facts: { slot: 2, handle: '5' } },
      { message: 'table->add_conn(7) = slot 0', facts: { slot: 0, handle: '7' } },
      { message: 'ClaimSlot(932): slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'epoll_add_fd(5) -> 0', facts: null },
      { message: 'register_fd(5) = 0', facts: null },
      { message: 'AddSocket(5) -> -1', facts: null },
      { message: 'UnregisterSocket(5) -> 0', facts: null },
    ],
  },
  {
    // A call whose name says that it gives a place: 0 is one.
    id: 'call-gave-place',
    kind: 'attach',
    keywords: ['slot(', 'index(', 'idx(', 'entry('],
    pattern: wording`
      \b(?!\w{0,20}(?:un|de)_?(?:claim|reserve|alloc))(?=\w{0,30}(?:alloc|acquire|claim|reserve|take|assign))\w{0,40}
        (?:slot|index|idx|entry)\((?:\w{1,20} ?[=:] ?)?(?<handle>${NUMBER})\) *
        (?:[-=:]>?|returned|returns|gave|got) *(?:${PLACE_WORD} *[=:#]?[ \t]*)?(?<slot>\d{1,9})[ \t.;]*$
    `,
    samples: [
      { message: 'alloc_slot(fd=9) = 3', facts: { slot: 3, handle: '9' } },
      { message: 'AcquireSlot(932) -> 0', facts: { slot: 0, handle: '932' } },
      { message: 'ReserveIndex(sock=932): 0', facts: { slot: 0, handle: '932' } },
      { message: 'find_slot(fd=9) = 3', facts: null },
      { message: 'dealloc_slot(fd=9) = 0', facts: null },
      { message: 'alloc_slot(fd=9) = -1', facts: null },
    ],
  },
  {
    // The same call with both as fields, and what else it tells.
    id: 'call-with-fields',
    kind: 'attach',
    keywords: ['slot=', 'slot:', 'idx=', 'idx:', 'index=', 'index:', 'pos='],
    pattern: wording`
      ${STORES}(?!.{0,200}\b(?:fail|error|full\b|reject|refus|not |no |-1\b|remov|clos|recv|read|sent|bytes))
        (?=.{0,60}?\b(?:slot|index|idx|pos|entry) *[=:][ \t]*(?<slot>\d{1,9})(?!\w))
        .{0,60}?\b${SOCKET} *[=:][ \t]*(?<handle>${NUMBER})(?!\w)
    `,
    samples: [
      { message: 'AllocSlot: idx=3 sock=9', facts: { slot: 3, handle: '9' } },
      { message: 'AddSocket sock=9 idx=3 count=4', facts: { slot: 3, handle: '9' } },
      { message: 'RegisterSocket(handle=0x1f4) slot=3', facts: { slot: 3, handle: '0x1f4' } },
      { message: 'UnregisterSocket fd=9 slot=3', facts: null },
      { message: 'AddSocket failed: sock=9 idx=3 in use', facts: null },
      { message: 'add_client_stats fd=9 slot=3 bytes=44', facts: null },
    ],
  },
]
