import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, PLACE, SOCKET, THAT_IS_ALL } from './slot-words.ts'

/** Slots of what holds no sockets. */
export const OTHER_SLOTS = words`
  (?<!
    \b(?:
      jobs?|tasks?|cache|replication|time|memory|dimm|pcie?|schedul\w{1,4}|build|parking|inventory|booking|backup|wal|hash|drive|disk
      |sim|card|bay|executor|appointment|ad|shuffle|ring|queue|undo|save
    )[ \t_-]
  )
`
/** Who is given a slot, where it is no socket. */
const OTHER_TAKERS = words`
  \b(?:to|for|by|with) (?:(?:the|an?|new) ){0,1}(?:
    workers?|jobs?|tasks?|tenant|users?|player|node|shard|replica|consumer|producer|request|orders?|process|pid|pod|container|card
    |module|device|disk|partition|team|patient|appointment|builds?|runner|executor|agent|backend|upstream|vm|instance|key|hash
  )\b
`

/** Sockets that are stored in a slot of a process's table, alone or over another. */
export const slots: readonly EventPattern[] = [
  {
    id: 'slot-assigned',
    kind: 'attach',
    keywords: ['slot', 'table['],
    pattern: wording`
      \b${OTHER_SLOTS}(?:slots?|(?:sock(?:et)?_?)?table) *(?:[[#=:] *)?(?<slot>\d{1,9})\]?(?:
        (?:\.|->)(?:fd|(?:m_)?h?sock(?:et)?|handle) *(?:<-|:?=>?|->|:) *(?:${SOCKET} *(?:[=:#] *)?)?
        | *(?:
          <-|:?=>?|->|:
          |(?:is |was )?(?:now )?(?:taken by|re-?used (?:for|by)|(?:given|assigned|allocated) to|overwritten (?:by|with)|now holds|holds)
          |replaced (?:h?socket|sock|fd|handle) *(?:[=:#] *)?\w{1,18} (?:by|with)
        ) *${SOCKET} *(?:[=:#] *)?
      )(?<handle>${NUMBER})\b
        (?! *[-=]>)(?![:.]\d)(?! (?:is |was |has )?(?:clos|idle|timed|disconn|reset|gone|recv|read|sent))
    `,
    samples: [
      { message: 'slot 3 <- socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'slot 0: fd 6 closed by peer', facts: null },
      { message: 'slot 0 taken by socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'slot 0 overwritten by fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'slot 0 replaced fd 5 with fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'slot[3].fd = 9', facts: { slot: 3, handle: '9' } },
      { message: 'slot 0 reused for sock=8 (outbound)', facts: { slot: 0, handle: '8' } },
      { message: 'slot 3 is free', facts: null },
      { message: 'DIMM slot 0: 16384 MB', facts: null },
      { message: 'slot 0: 16384 MB', facts: null },
      { message: 'cache slot 0 = 15', facts: null },
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
    keywords: ['attach', 'slot', 'at index', 'idx=', 'idx '],
    pattern: wording`
      ^(?!attaching \d{1,6} probes|.{0,200}?${OTHER_TAKERS})(?=
        .{0,300}(?<![a-z])(?:slot|index|idx|entry|i *=|h?socket|sock|fd|handle)
        |attach\w{0,3} *:? *\d
      ).{0,200}?(?:
        (?<![a-z])(?:re)?attach(?:ed|ing)?(?![a-z])(?: *:? *(?<slot>\d{1,9})(?!\w))?
        |\b(?:
          stor(?:ed|e|ing)|put(?:ting)?|plac(?:ed|e|ing)|insert(?:ed|ing)?
          |(?:add|register)(?:ed|ing|s?(?= (?:h?socket|sock|fd|handle|descriptor)\b))
          |assign(?:ed|ing)?|sav(?:ed|ing)|allocat(?:ed|ing)|reserv(?:ed|ing)|claim(?:ed|s|ing)?
          |occup(?:y|ied|ies|ying)
        )\b.{0,60}\b${OTHER_SLOTS}(?:slot|at index|idx) *(?:[[#=:] *)?\d
        |\b${OTHER_SLOTS}slot *(?:[[#=:] *)?\d{1,9}\]?.{0,40}\b(?:registered|assigned|allocated|stored|occupied|claimed)\b
        |\b(?:into|uses|using|takes|took) (?:free )?slot\b|\bslot (?:taken|filled|claimed|set|stored|used)\b.{0,40}\bslot *[=:] *\d
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
      { message: 'using slot 0 for socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'slot taken slot=0 fd=11', facts: { slot: 0, handle: '11' } },
      { message: 'socket 932 -> slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'store fd=7 idx=0', facts: { slot: 0, handle: '7' } },
      { message: 'insert idx 3 sock 9', facts: { slot: 3, handle: '9' } },
      { message: 'fd=7 slot=0 registered', facts: { slot: 0, handle: '7' } },
      { message: 'allocated slot 0 for fd 7', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 => slot 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 in slot 0', facts: { slot: 0, handle: '7' } },
      { message: 'add socket 932 to slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'fd 7 in slot 0 is idle', facts: null },
      { message: 'add a note to slot 3', facts: null },
      { message: 'slot 0 assigned to worker 5', facts: null },
      { message: 'allocated time slot 3', facts: null },
      { message: 'email with attachment', facts: null },
      { message: 'attached debugger: none', facts: null },
    ],
  },
]
