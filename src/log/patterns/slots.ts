import type { EventPattern } from '../pattern.ts'

/** Sockets that are stored in a process's table, and taken out of it. */
export const slots: readonly EventPattern[] = [
  {
    id: 'detach',
    kind: 'detach',
    keywords: ['detach', 'slot'],
    pattern:
      /\bdetach(?:ed|ing)?\b|\bslot[ \t]*(?:[[#=:][ \t]*)?(?:\d{1,9}\]?[ \t]+)?(?:is[ \t]+|was[ \t]+)?(?:now[ \t]+)?(?:freed|released|cleared|emptied)|\b(?:freed|released?|releasing|freeing|clear(?:ed|ing)?)[ \t]+slot\b|\bremov(?:ed|ing)\b.{0,40}\bfrom[ \t]+(?:slot|index)\b/i,
    samples: [
      { message: 'Detach: i=3.', facts: { slot: 3 } },
      { message: 'released slot 3', facts: { slot: 3 } },
      { message: 'slot 3 cleared', facts: { slot: 3 } },
      { message: 'removed socket 932 from slot 3', facts: { slot: 3, handle: '932' } },
    ],
  },
  {
    id: 'slot-assigned',
    kind: 'attach',
    keywords: ['slot', 'table['],
    pattern:
      /\b(?:slots?|(?:sock(?:et)?_?)?table)[ \t]*(?:[[#=:][ \t]*)?(?<slot>\d{1,9})\]?[ \t]*(?:<-|:?=|->|:|(?:is[ \t]+)?(?:taken[ \t]+by|given[ \t]+to))[ \t]*(?:h?socket|sock|fd|handle)?[ \t]*(?:[=:#][ \t]*)?(?<handle>0x[\da-f]{1,16}|\d{1,20})\b/i,
    samples: [
      { message: 'slot 3 <- socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'slot[0] = 0x3a4', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'slot 0 taken by socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'slot 3 is free', facts: null },
    ],
  },
  {
    id: 'attach',
    kind: 'attach',
    keywords: ['attach', 'slot', 'at index'],
    pattern:
      /^(?=.{0,300}(?<![a-z])(?:slot|index|idx|entry|i[ \t]*=|h?socket|sock|fd|handle)|attach\w{0,3}[ \t]*:?[ \t]*\d).{0,200}?(?:(?<![a-z])(?:re)?attach(?:ed|ing)?(?![a-z])(?:[ \t]*:?[ \t]*(?<slot>\d{1,9})(?!\w))?|\b(?:stor(?:ed|ing)|put(?:ting)?|plac(?:ed|ing)|insert(?:ed|ing)|add(?:ed|ing)|register(?:ed|ing)|assign(?:ed|ing)?|sav(?:ed|ing))\b.{0,60}\b(?:slot|at[ \t]+index)[ \t]*(?:[[#=:][ \t]*)?\d|\b(?:into|uses|using|takes|took)[ \t]+(?:free[ \t]+)?slot\b|(?:socket|fd|handle)[ \t]*(?:[=:#][ \t]*)?(?:0x)?[\da-f]{1,16}[ \t]*->[ \t]*slot\b)/i,
    samples: [
      { message: 'Attach: i=0.', facts: { slot: 0 } },
      { message: 'Attach: 0', facts: { slot: 0 } },
      { message: 'Socket 968 attached, slot=4', facts: { slot: 4, handle: '968' } },
      { message: 'attached socket 932 to slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'stored socket 0x3a4 at index 0', facts: { slot: 0, handle: '0x3a4' } },
      { message: 'using free slot 0 for socket 932', facts: { slot: 0, handle: '932' } },
      { message: 'socket 932 -> slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'email with attachment', facts: null },
      { message: 'attached debugger: none', facts: null },
    ],
  },
]
