import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { ARRAYS } from './array-elements.ts'
import { HOLDERS, NUMBER, PLACE, PLACES, SOCKET } from './slot-words.ts'

/** A place, up to its number; a number is the end of it. */
const AT = words`\b(?:slot|${PLACE}) *(?:[[#=(] *)?`
const ENDS = String.raw`(?!\w)[\])]?`
/** What an array of sockets is called. */
const HELD = String.raw`\w{0,20}?(?:sock|fd|conn|client|handle|entr|peer|session|channel|link)`
/** Stands before the name of a move, or is it: what is told happens to an entry that has a place. */
const MOVES = String.raw`\b(?:mov(?:ed?|es|ing)|swap(?:p(?:ed|ing)|s)?|swap_?remove|relocat(?:ed|ing)|shift(?:ed|ing)|compact(?:ed|ing|ion)?)`
const INTO = String.raw`(?:(?:in)?to\b|-{1,2}>|=>)`
/** The socket that moved, where the line names it behind. */
const WITH = words`\]?(?:[ \t,;:(]{1,4}${SOCKET} *(?:[=:#(] *)?(?<handle>${NUMBER})(?!\w))?`
/** Either the line calls it a move, or both numbers are places': of one place alone a socket's number may be told. */
const SAYS_SO = words`^(?=.{0,200}(?:${MOVES}|${INTO} *${AT}\d))`

/**
 * Entries of a table that move from one place to another. A table that keeps its entries together fills a place that was freed
 * with its last entry: nobody looked for a free place, and nothing is lost. `value` is the place that was left.
 */
export const tableMoves: readonly EventPattern[] = [
  {
    id: 'entry-moved',
    kind: 'attach',
    keywords: ['slot', ...PLACES],
    pattern: wording`
      ${SAYS_SO}.{0,200}?\b${SOCKET} *(?:[=:#(] *)?(?<handle>${NUMBER})(?!\w)\)?[ \t,:]*
        (?:(?:is |was |now )?(?:moved|swapped|relocated|shifted) *)?(?:from *)?
        ${AT}(?<value>\d{1,9})${ENDS} *${INTO} *(?:${AT})?(?<slot>\d{1,9})(?!\w)
    `,
    samples: [
      { message: 'moved fd 9 from slot 2 to slot 1', facts: { handle: '9', slot: 1, value: '2' } },
      { message: 'compacting table: fd 9 slot 2 -> 1', facts: { handle: '9', slot: 1, value: '2' } },
      { message: 'fd 9: slot 2 -> slot 1', facts: { handle: '9', slot: 1, value: '2' } },
      {
        message: 'slot 1: fd 7 removed, last entry fd 9 moved from slot 2 to slot 1',
        facts: { handle: '9', slot: 1, value: '2' },
      },
      {
        message: 'swap_remove: socket 9 moved from index 2 to index 1',
        facts: { handle: '9', slot: 1, value: '2' },
      },
      { message: 'fd 9 in slot 2 -> 7', facts: null },
      { message: 'fd 9 slot 2 to be freed', facts: null },
    ],
  },
  {
    id: 'entry-moved-into',
    kind: 'attach',
    keywords: ['slot', ...PLACES],
    pattern: wording`
      ${MOVES}\b.{0,40}?\b${SOCKET} *(?:[=:#(] *)?(?<handle>${NUMBER})(?!\w)\)? ${INTO} *${AT}(?<slot>\d{1,9})(?!\w)
    `,
    samples: [
      { message: 'moved last entry (fd 9) into slot 1', facts: { handle: '9', slot: 1, value: null } },
      { message: 'swapped socket 9 into index 1', facts: { handle: '9', slot: 1 } },
      { message: 'moved fd 9 to epoll', facts: null },
    ],
  },
  {
    id: 'place-moved',
    kind: 'attach',
    keywords: ['slot', ...PLACES],
    pattern: wording`
      ${SAYS_SO}(?=.{0,200}(?:${MOVES}|${SOCKET} *[=:#(]? *${NUMBER})).{0,200}?${AT}(?<value>\d{1,9})${ENDS} *
        (?:(?:is |was )?(?:moved|swapped|copied|relocated|shifted) *)?${INTO} *(?:${AT})?(?<slot>\d{1,9})(?!\w)
        ${WITH}
    `,
    samples: [
      {
        message: 'client table: removed fd 7 (idx 1), moved last idx 2 -> 1 fd 9',
        facts: { handle: '9', slot: 1, value: '2', name: 'client' },
      },
      { message: 'slot 2 -> slot 1 (fd 9)', facts: { handle: '9', slot: 1, value: '2' } },
      { message: 'entry 2 moved to entry 1 (socket 9)', facts: { handle: '9', slot: 1, value: '2' } },
      { message: 'swap_remove(1): moved key 2 -> 1', facts: { handle: null, slot: 1, value: '2' } },
      { message: 'slot 2 -> 932', facts: null },
      { message: 'slot 2 -> slot 1 of the wheel', facts: null },
    ],
  },
  {
    // What is removed, and then the last entry.
    id: 'last-takes-place',
    kind: 'attach',
    keywords: ['takes its place', 'take its place', 'took its place', 'last entry', 'last one', 'last ('],
    pattern: wording`
      \b(?:remov|eras|delet|free)\w{0,3}\b.{0,40}?(?:${AT}|\[)(?<slot>\d{1,9})${ENDS}.{0,30}?\blast\b.{0,30}?(?:${AT}|\[)
        (?<value>\d{1,9})${ENDS}.{0,30}?\b(?:(?:takes|took) its place|mov(?:es|ed) (?:there|in)|fills (?:it|the (?:gap|hole)))\b
    `,
    samples: [
      { message: 'remove clients[0]: last (clients[1]) takes its place', facts: { slot: 0, value: '1', handle: null } },
      {
        message: 'removing slot 1 (peer gone): the last entry, slot 2, takes its place',
        facts: { slot: 1, value: '2', handle: null },
      },
      { message: 'removed the last entry', facts: null },
    ],
  },
  {
    id: 'place-filled',
    kind: 'attach',
    keywords: ['slot', ...PLACES],
    pattern: wording`
      ^.{0,200}?${AT}(?<slot>\d{1,9})${ENDS} *(?:<-{1,2}|:?=|filled (?:from|with)) *${AT}(?<value>\d{1,9})(?!\w)
    `,
    samples: [
      { message: 'slot 1 <- slot 2 (fd 9)', facts: { handle: '9', slot: 1, value: '2' } },
      { message: 'slot 1 filled from slot 2', facts: { handle: null, slot: 1, value: '2' } },
      { message: 'slot 1 <- fd 9', facts: null },
    ],
  },
  {
    id: 'element-moved',
    kind: 'attach',
    keywords: [...ARRAYS, ...HOLDERS],
    pattern: wording`
      \b(?<name>${HELD}\w{0,16})\[(?<slot>\d{1,9})\](?:(?:\.|->)\w{1,12})? *(?:<-|:?=) *${HELD}\w{0,16}\[(?<value>\d{1,9})\]
    `,
    samples: [
      { message: 'sockets[1] = sockets[2] (fd 9)', facts: { handle: '9', slot: 1, value: '2', name: 'sockets' } },
      { message: 'pollfds[1] = pollfds[2]', facts: { handle: null, slot: 1, value: '2' } },
      { message: 'sockets[1] = spare[2]', facts: null },
    ],
  },
]
