import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET_MARKED } from './slot-words.ts'
import { ANY_PLACE, KIND } from './table-places.ts'

/** Words between a socket and what is told of it. */
const THE = words`(?:(?:the|its|old|new|former|listen(?:er|ing)?|client|server|value) ){0,2}`
const OLD = words`${THE}${SOCKET_MARKED}(?<value>${NUMBER})(?!\w)\)?${KIND}`
const NEW = words`${THE}${SOCKET_MARKED}(?<handle>${NUMBER})(?!\w)`
/** A line that names the place somewhere. */
const OF_ANY_PLACE = words`^(?=.{0,200}?${ANY_PLACE}).{0,200}?`

/** A socket that loses its place to another one, as the line says by its verb. */
export const displaced: readonly EventPattern[] = [
  {
    id: 'displaced-by',
    kind: 'attach',
    keywords: ['overwrit', 'clobber', 'evict', 'displac', 'replac', 'supersed', 'kicked out', 'pushed out', 'in favo'],
    pattern: wording`
      ${OF_ANY_PLACE}\b${OLD} (?:(?:is|was|has been|gets|got|being) )?
        (?:overwritten|clobbered|evicted|displaced|replaced|superseded|kicked out|pushed out|dropped)[ \t]+
        (?:by|with|for|in favou?r of) ${NEW}
    `,
    samples: [
      { message: 'duplicate key 0: fd 5 evicted by fd 7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'entry 3: listener fd 5 was displaced by fd 7', facts: { slot: 3, handle: '7', value: '5' } },
      { message: 'socket 932 superseded by socket 968 at index 0', facts: { slot: 0, handle: '968', value: '932' } },
      { message: 'fd 5 replaced by fd 7', facts: null },
      { message: 'cache: key 0 evicted by fd 7', facts: null },
    ],
  },
  {
    id: 'displaces',
    kind: 'attach',
    keywords: [
      'overwrites',
      'overwrote',
      'clobber',
      'evicts',
      'evicted',
      'displac',
      'replaces',
      'supersed',
      'kicks out',
      'the place of',
    ],
    pattern: wording`
      ${OF_ANY_PLACE}\b${NEW}\)? (?:now |has )?
        (?:overwr(?:ites|ote)|clobber(?:s|ed)|evict(?:s|ed)|displac(?:es|ed)|replaces|supersed(?:es|ed)|kicks out|t(?:akes|ook) the place of)
        [ \t]+(?:\w{1,12}[ [#]?\d{1,9}\]? *[(:,] *)?${OLD}
    `,
    samples: [
      { message: 'poll array: fd 7 overwrites fd 5 at 0', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'fd 7 clobbered entry 0 (fd 5)', facts: { slot: 0, handle: '7', value: '5' } },
      {
        message: 'handlers[2]: socket 968 takes the place of socket 932',
        facts: { slot: 2, handle: '968', value: '932' },
      },
      { message: 'fd 7 replaces fd 5', facts: null },
      { message: 'fd 7 overwrites 5 bytes at 0', facts: null },
    ],
  },
  {
    id: 'place-handed-on',
    kind: 'attach',
    keywords: [
      'rebound',
      'reassign',
      're-assign',
      'remap',
      're-map',
      'repoint',
      're-point',
      'rewritten',
      'changed hands',
    ],
    pattern: wording`
      ${OF_ANY_PLACE}\b(?:rebound|re-?assigned|re-?mapped|re-?pointed|rewritten|changed hands)[ \t,:]+
        (?:from )?${OLD} *(?:to|-{1,2}>|=>|now) *${NEW}
    `,
    samples: [
      { message: 'session map: key 0 rebound from fd 5 to fd 7', facts: { slot: 0, handle: '7', value: '5' } },
      {
        message: 'IOCP key 0 reassigned from socket 932 to socket 968',
        facts: { slot: 0, handle: '968', value: '932' },
      },
      { message: 'key 0 reassigned to socket 968', facts: null },
    ],
  },
  {
    id: 'lost-place',
    kind: 'attach',
    keywords: ['lost', 'discard', 'dropp', 'forgot', 'orphan', 'leaked', 'gone'],
    pattern: wording`
      ${OF_ANY_PLACE}\b${OLD} (?:(?:is|was|has been) )?(?:now )?(?:lost|discarded|dropped|forgotten|gone|orphaned|leaked)\b
        [ \t,;:]{1,3}(?:(?:and|it) )?(?:(?:is|was) )?(?:now|new|holds|has|in its place|replaced by) (?:value )?[:=]?[ \t]*${NEW}
    `,
    samples: [
      { message: 'entry 0 clobbered: fd 5 lost, now fd 7', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'map[0]: old value fd 5 discarded, new value fd 7', facts: { slot: 0, handle: '7', value: '5' } },
      {
        message: 'entry for fd 5 lost: replaced by fd 7 at index 0',
        facts: { slot: 0, handle: '7', value: '5' },
      },
      { message: 'entry 5 of the audit log: fd 7 dropped, fd 9 opened', facts: null },
      { message: 'slot 0: fd 5 dropped', facts: null },
    ],
  },
]
