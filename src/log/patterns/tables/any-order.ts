import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { ARRAYS } from './array-elements.ts'
import { NUMBER, PLACES, SOCKET } from './slot-words.ts'

/** A socket with its number, and no other descriptor; a function's name may end in the word (`AddSock 5`). */
const SOCKET_THERE = words`(?<!\b(?:timer|event|signal|pipe|file|log|tty|process|thread|window)[ \t_-]?)(?:\b|_|(?<=add|reg|put|set))${SOCKET} *(?:[=:#(] *)?(?<handle>${NUMBER})(?![\w.]|:\d)`
/** A place with its number, or an element of an array of sockets. */
const PLACE_THERE = words`
  (?:
    \b(?:slot|index|idx|entry|position|pos|cell|element) *(?:[[=:#(] *)?
    |\b\w{0,24}(?:sock(?:et)?s?|conns?|connections?|clients?|sessions?|handles|fds|slots)_?\[
  )(?<slot>\d{1,9})(?!\w|[.:]\d)
`
/** Beginnings of verbs that put something into a place, also as names of functions begin: `AddSocket`, `registerSock`. */
const STORES = words`
  (?<![a-z])(?:
    stor(?:e|ing)|plac(?:e[ds]|ing)|put|insert|add(?!r)|regist(?:er|rat)|assign|sav(?:e|ing)|alloc|claim|occup|track|append
    |push|emplac|attach|reserv|wrote|record(?:ed|ing)|kept
  )
`
/** Systems have handles and descriptors of much else: a line about sockets says so by another word. */
const OF_SOCKETS = '(?:sock|conn|client|listen|link|peer|fd|fileno)'
/** What else lines tell of a socket and a number, or of what did not come about. */
const SOMETHING_ELSE = words`
  \b(?:
    fail\w{0,4}|errors?|cannot|can't|could not|couldn't|unable|not|no|never|without|already|(?:un|de)-?regist\w{0,6}|remov\w{1,3}
    |delet\w{1,3}|eras\w{1,3}|clear(?:ed|ing)|releas\w{1,3}|clos\w{1,3}|shut|disconn\w{1,6}|look(?:up|ing|ed|s)?|search\w{0,3}
    |recv|receiv\w{1,3}|read(?:y|able|ing)?|sen[dt]|sending|written|bytes?|octets|timed?|idle|wait\w{0,3}|events?|requests?
    |buffers?|offset|files?|disk|pages?|cache\w?|jobs?|tasks?|moved?|mismatch|accept(?:ed|s|ing)?|epoll\w{0,5}|poll(?:fds?)?
    |(?:new|incoming|inbound) (?:connection|client|session)
  )\b
`

/** Stores whose socket, place and verb stand in another order than programs mostly write them in. */
export const anyOrder: readonly EventPattern[] = [
  {
    id: 'stored-any-order',
    kind: 'attach',
    keywords: [...ARRAYS, ...PLACES, 'slot'],
    pattern: wording`
      ^(?=.{0,200}?${OF_SOCKETS})(?=.{0,200}?${SOCKET_THERE})(?=.{0,200}?${PLACE_THERE})(?=.{0,200}?${STORES})(?!.{0,300}?${SOMETHING_ELSE})
    `,
    samples: [
      { message: 'Gateway.SocketPool|Add(handle 420): index 0, Count 1', facts: { slot: 0, handle: '420' } },
      { message: 'add(fd=33) -> sockets[0], count++ => 1', facts: { slot: 0, handle: '33' } },
      { message: 'TID=1A2C ADDSOCK 0X1A4 SLOT 3', facts: { slot: 3, handle: '0X1A4' } },
      {
        message: 'RegisterSocket: hSock=00000000000001A4 -> m_aSockets[2]',
        facts: { slot: 2, handle: '00000000000001A4' },
      },
      { message: 'register listener: index 0 in table A, fd 5', facts: { slot: 0, handle: '5' } },
      { message: 'could not add fd 5 to slot 0', facts: null },
      { message: 'add 44 bytes of fd 5 to entry 0', facts: null },
      { message: 'saved position 300 of file, fd 7', facts: null },
      { message: 'accepted fd 7, assigned to the worker at index 3', facts: null },
      { message: 'address of entry 0: fd 5', facts: null },
      { message: 'window handle 0x1a4 added to tab index 2', facts: null },
      { message: 'timer fd 9 registered, index 2', facts: null },
      { message: 'nvme0: queue 3 allocated, cpu index 2 handle 4', facts: null },
    ],
  },
]
