import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'
import { NUMBER, SOCKET_MARKED } from './tables/slot-words.ts'

const SOCKET = words`${SOCKET_MARKED}${NUMBER}(?!\w)\)?`
/** What a poll says of a socket that something has come for. */
const REPORTED = words`(?:readable|ready|signall?ed|set|active|fired|triggered|pending|POLLIN|EPOLLIN|FD_ACCEPT|FD_READ)`
/** What a program keeps its sockets in, and what it keeps for each. */
const KEPT_IN = words`(?:\w{0,12}[ _-]?(?:table|list|map|slots?|registry|dispatcher|pool|array|set)|entries|slots|sessions|connections|handlers|positions)`
const RECORD = '(?:record|entry|slot|session|conn(?:ection)?|client|handler|context|owner|place|position|registration)'

/** Searches for the owner of a socket that a poll reported, which find nobody or another one. */
export const lookups: readonly EventPattern[] = [
  {
    // Its place, which holds another socket.
    id: 'place-holds-another',
    kind: 'not-matched',
    keywords: [
      'signal',
      'readable',
      'ready',
      'readiness',
      'event ',
      'pollin',
      'fd_accept',
      'fd_read',
      'fired',
      'triggered',
    ],
    pattern: wording`
      ^(?=.{0,200}?\b(?:${REPORTED}|event|readiness)\b).{0,120}?\b${SOCKET_MARKED}(?<handle>${NUMBER})(?!\w)\)?[ \t,;:].{0,40}?\b(?:but|yet|though|while|whereas)[ \t]+
        (?:\w{1,12} ){0,2}?(?=.{0,30}?\d[\])]?[ \t])[\w.>-]{0,30}[ [#(=]{1,2}\d{1,9}[\])]?[ \t]+(?:now )?
        (?:holds|has|is|contains|belongs to|points to|refers to|is owned by|says|keeps) (?:now )?${SOCKET_MARKED}${NUMBER}
      |^.{0,120}?\b${SOCKET_MARKED}${NUMBER}\)? (?:is |was )?${REPORTED}[,;] (?:the )?(?:owner|holder|occupant) of (?:the )?
        \w{2,12}[ [#(=]{1,2}\d{1,9}[\])]? is ${SOCKET_MARKED}${NUMBER}
    `,
    samples: [
      { message: 'fd 12 signalled but handlers_[4] holds fd 13, skipping', facts: { handle: '12' } },
      {
        message: 'readiness for fd 9 but slab entry 1 belongs to fd 10; dropping',
        facts: { handle: '9' },
      },
      { message: 'socket 932 is readable, but slot 0 has socket 968', facts: { handle: '932' } },
      { message: 'sock=14 ready, owner of slot 2 is sock=15; ignored', facts: { handle: '14' } },
      { message: 'fd 9 is ready, but queue 1 has 10 items', facts: null },
    ],
  },
  {
    id: 'found-in-none',
    kind: 'not-matched',
    keywords: [
      'not in ',
      'has no ',
      'in no ',
      'with no ',
      'none of',
      'not present',
      'no record',
      'no such',
      'unknown',
      'no such fd',
      'nobody',
      'ignoring',
    ],
    pattern: wording`
      \b${SOCKET}[ \t,:].{0,30}?\b(?:which )?(?:(?:is|was|found) )?in no (?:known )?${RECORD}\b
      |\b(?:event|readable|ready|POLLIN)\b.{0,20}\b(?:fd|socket|handle|descriptor)\b with no (?:known )?${RECORD}\b.{0,20}?[ \t(]${SOCKET}
      |\b(?:fd|socket|handle|descriptor) (?:(?:is|was) )?(?:not in|in no|of no|has no|unknown to) (?:any |the |an? |known )?
        (?:${RECORD}|${KEPT_IN})\b.{0,60}?\b(?:fd|socket|sock|handle|descriptor) *= *\d
      |\b${SOCKET} has no (?:counterpart|place|position|home|record) (?:in|on|among) \w
      |\b${SOCKET} (?:matches|matched|is in|belongs to|fits) none of\b
      |\bnone of (?:the |our )?(?:\d{1,5} )?(?:slots|entries|sessions|connections|clients|handlers|positions)[ \t]+
        (?:holds|has|is|matches|contains|owns|fits) ${SOCKET}
      |\bscann?ed\b.{0,30}\b(?:slots|entries|positions|sessions|connections|clients)\b.{0,6}\b${SOCKET} (?:is )?not (?:present|there|among them)\b
      |\b(?:has|have|knows|is) no (?:record|trace) of ${SOCKET}
      |\b${SOCKET} (?:is )?unknown to (?:the )?${KEPT_IN}
      |\b${SOCKET} (?:is |was )?(?:readable|ready|signall?ed)\b.{0,12}\b(?:but )?nobody (?:wants|claims|handles|owns|takes) it\b
      |\bignoring event (?:for|on|of) (?:stale |dead |unknown )?${SOCKET} *\((?:stale|unknown|dead|no \w{1,12})
    `,
    samples: [
      { message: 'Select returned handle 1044, which is in no position', facts: { handle: '1044' } },
      { message: 'poll event for fd with no conn fd=5', facts: { handle: '5' } },
      { message: 'event for fd not in slots fd=12', facts: { handle: '12' } },
      { message: 'ready fd has no owner caller=net/srv.go:77 fd=5', facts: { handle: '5' } },
      { message: 'request without context fd=5', facts: null },
      { message: 'ready fd 5 matches none of 4 slots', facts: { handle: '5' } },
      { message: 'none of 4 slots holds fd 5', facts: { handle: '5' } },
      { message: 'descriptor 14 has no counterpart in the array', facts: { handle: '14' } },
      { message: 'scanned 4 slots, fd 5 not present', facts: { handle: '5' } },
      { message: 'dispatcher has no record of socket 5', facts: { handle: '5' } },
      { message: 'fd 5 unknown to dispatcher', facts: { handle: '5' } },
      { message: 'socket 5 is ready but nobody wants it', facts: { handle: '5' } },
      { message: 'ignoring event on fd 5 (stale)', facts: { handle: '5' } },
      { message: 'fd 5 is in no hurry', facts: null },
      { message: 'none of 4 slots is free', facts: null },
    ],
  },
  {
    id: 'number-unknown',
    kind: 'not-matched',
    keywords: ['no such', 'unknown socket', 'unknown fd'],
    pattern: wording`
      \b(?:
        no such (?:fd|socket|handle|descriptor) in (?:the )?${KEPT_IN} *[:=]?
        |unknown (?:socket|fd) (?:handle|number|descriptor) *[:=#]?
      ) *(?:${SOCKET_MARKED})?(?<handle>${NUMBER})(?!\w|[.:]\d)
    `,
    samples: [
      { message: 'no such fd in table: 5', facts: { handle: '5' } },
      { message: 'event for unknown socket handle 932 discarded', facts: { handle: '932' } },
      { message: 'no such file in table 5', facts: null },
    ],
  },
]
