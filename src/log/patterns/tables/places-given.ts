import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET_MARKED } from './slot-words.ts'
import { KIND } from './table-places.ts'

/** A place, and one that the system gives back with an event of a socket. */
const PLACE = '(?:slot|index|idx|entry|position|pos|cell|element|ordinal|key|token)'
const PLACE_MARKED = words`\b${PLACE} *(?:[[#=(:] *)?(?<slot>\d{1,9})(?!\w|[.:]\d)[\])]?`
const SOCKET_THERE = words`${SOCKET_MARKED}(?<handle>${NUMBER})(?!\w)\)?`
/** Nothing else is told: else the line is about what the socket does. */
const LINE_END = words`${KIND}(?: (?:by|on|in) (?:thread|worker)\b.{0,20})?[ \t.;]*$`
const TIED = '(?:associated|tied|linked|mapped|wired|pinned|written|copied|keyed)'
const TIES = [
  'associated',
  'tied',
  'linked',
  'mapped',
  'wired',
  'pinned',
  'written to',
  'written into',
  'copied',
  'keyed',
]
/** The states of a place that is free, and of one that is taken. */
const FREE = '(?:free|empty|unused|idle|vacant|avail(?:able)?|none|closed)'
const TAKEN = '(?:used|busy|taken|occupied|allocated|active|in[ _-]?use|open(?:ed)?|reserved|connected|listening)'

/** Places that are chosen for a socket, tied to it, or change from free to taken with it; and back. */
export const placesGiven: readonly EventPattern[] = [
  {
    id: 'place-chosen',
    kind: 'attach',
    keywords: [
      'picked',
      'picks',
      'picking',
      'chose',
      'choos',
      'vacant',
      'taking',
      'granted',
      'hands out',
      'handed out',
    ],
    pattern: wording`
      \b(?:pick(?:ed|s|ing)|ch(?:ose|osen|ooses|oosing)|vacant|taking|granted|hand(?:s|ed) out)\b
        (?: (?!not\b|no\b|backend|upstream|worker|thread|job|task|shard|queue|server|core|cpu)\w{1,12}){0,3} ${PLACE_MARKED}
        (?: (?:chosen|picked|granted))?(?:(?: (?:for|to|by))?[ \t,;:(-]{1,4})(?:(?:the|new|listen(?:er|ing)?|client) ){0,2}
        ${SOCKET_THERE}${LINE_END}
    `,
    samples: [
      { message: 'picked index 0 for handle 1044', facts: { slot: 0, handle: '1044' } },
      { message: 'thread 12 chose slot 0 for sock 7', facts: { slot: 0, handle: '7' } },
      { message: 'vacant key taken key=1 fd=9', facts: { slot: 1, handle: '9' } },
      { message: 'taking the first entry 0 (listener fd 5)', facts: { slot: 0, handle: '5' } },
      { message: 'picked backend index 0 for fd 7', facts: null },
      { message: 'picked index 0 for job 1044', facts: null },
      { message: 'picked index 0 for fd 7, 44 bytes read', facts: null },
    ],
  },
  {
    id: 'place-tied',
    kind: 'attach',
    keywords: TIES,
    pattern: wording`
      ${PLACE_MARKED} (?:(?:is|was|now) ){0,2}${TIED} (?:with|to|for) ${SOCKET_THERE}${LINE_END}
    `,
    samples: [
      { message: 'event index 0 associated with socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'completion key 3 is tied to socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'key 3 mapped to 932 ms', facts: null },
      { message: 'key 3 mapped to socket 932 and read', facts: null },
    ],
  },
  {
    id: 'tied-to-place',
    kind: 'attach',
    keywords: TIES,
    pattern: wording`
      (?<!\bfile[ \t])\b${SOCKET_THERE} (?:(?:is|was|now) ){0,2}${TIED} (?:with|to|into|at|by|under) (?:the )?(?:\w{1,12} )?${PLACE_MARKED}${LINE_END}
    `,
    samples: [
      { message: 'handle 1044 written to element 0', facts: { slot: 0, handle: '1044' } },
      { message: 'socket 932 associated with completion key 3', facts: { slot: 3, handle: '932' } },
      { message: 'file handle 7 written to position 300', facts: null },
      { message: 'fd 7 written to position 300 of the file', facts: null },
    ],
  },
  {
    id: 'place-taken',
    kind: 'attach',
    keywords: ['free', 'empty', 'unused', 'idle', 'vacant', 'avail'],
    pattern: wording`
      ${PLACE_MARKED}[ \t,:]{1,3}(?:state *[=:]? *)?${FREE} *[-=]{1,2}> *${TAKEN}[ \t,;:(]{1,4}(?:by |for )?${SOCKET_THERE}${LINE_END}
    `,
    samples: [
      { message: 'slot=0 state=FREE->USED fd=5', facts: { slot: 0, handle: '5' } },
      { message: 'slot 0 FREE -> BUSY (fd 5)', facts: { slot: 0, handle: '5' } },
      { message: 'entry 2: idle => connected, socket 932', facts: { slot: 2, handle: '932' } },
      { message: 'slot 0 FREE -> BUSY (job 5)', facts: null },
    ],
  },
  {
    id: 'place-freed',
    kind: 'detach',
    keywords: ['free', 'empty', 'unused', 'vacant', 'avail'],
    pattern: wording`
      ${PLACE_MARKED}[ \t,:]{1,3}(?:state *[=:]? *)?(?:${TAKEN}|closing) *[-=]{1,2}> *(?:free|empty|unused|vacant|avail(?:able)?)\b
    `,
    samples: [
      { message: 'slot=0 state=USED->FREE fd=5', facts: { slot: 0, handle: '5' } },
      { message: 'entry 2: busy => empty', facts: { slot: 2 } },
      { message: 'slot 0 FREE -> BUSY (fd 5)', facts: null },
    ],
  },
  {
    // Of Windows: the array of events that is waited for.
    id: 'event-of-socket',
    kind: 'attach',
    keywords: ['event[', 'events['],
    pattern: wording`
      \bWSAEventSelect\((?:\w{1,8} *= *)?(?<handle>${NUMBER})[^)]{0,60}\) *(?:[-=]{1,2}>|:|on|with|at|,) *\w{0,12}events?\[(?<slot>\d{1,9})\][ \t.;]*$
    `,
    samples: [
      { message: 'WSAEventSelect(932) -> event[0]', facts: { slot: 0, handle: '932' } },
      { message: 'WSAEventSelect(s=932, FD_ACCEPT) on m_hEvents[1]', facts: { slot: 1, handle: '932' } },
      { message: 'WSAEventSelect(932) failed, event[0]', facts: null },
    ],
  },
]
