import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { NUMBER, SOCKET_MARKED } from './slot-words.ts'
import { AT, BEFORE, END, KIND, OF_PLACE, PLACES } from './table-places.ts'

/** Places whose line tells who has them now, and who had them. */
export const formerOwners: readonly EventPattern[] = [
  {
    // Who has the place, and who had it.
    id: 'place-held-before',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`
      ${OF_PLACE}${AT} *(?:(?:set(?: to)?|(?:is )?now|is|:?=>?|<-|->) *)?${SOCKET_MARKED}(?<handle>${NUMBER})\)?${KIND}[ \t,;(]+${BEFORE}
        (?:${SOCKET_MARKED})?(?<value>${NUMBER})${END}
    `,
    samples: [
      { message: 'session 0: hSocket=932 was 968', facts: { slot: 0, handle: '932', value: '968' } },
      { message: 'slot 0: fd 7 (was fd 5)', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'client 0 is now fd 7, previously fd 5', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'conn 0 -> fd 7 (already in use by fd 5!)', facts: { slot: 0, handle: '7', value: '5' } },
      { message: 'entry[2] = handle 0x3c8, previously 0x3a4', facts: { slot: 2, handle: '0x3c8', value: '0x3a4' } },
      { message: 'session 0: fd 7 was closed', facts: null },
      { message: 'session 0: fd 7, old packets: 5', facts: null },
    ],
  },
  {
    // Who had the place, and who has it.
    id: 'place-changed',
    kind: 'attach',
    keywords: PLACES,
    pattern: wording`
      ${OF_PLACE}${AT} *${SOCKET_MARKED}(?<value>${NUMBER})\)? *[-=]> *${SOCKET_MARKED}(?<handle>${NUMBER})${END}
    `,
    samples: [
      { message: 'slot 0: socket 932 -> socket 972', facts: { slot: 0, handle: '972', value: '932' } },
      { message: 'channel 3: fd=5 => fd=7', facts: { slot: 3, handle: '7', value: '5' } },
      { message: 'slot 0 -> socket 972', facts: null },
    ],
  },
]
