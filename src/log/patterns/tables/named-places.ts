import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { HOLDER, HOLDERS, NUMBER, PLACE, PLACES, SOCKET, THAT_IS_ALL } from './slot-words.ts'

/** A line that says that somebody came tells that first, whatever number he is given. */
const NO_NEWS = words`
  (?<=^(?!.{0,300}\b(?:accept(?:ed|s|ing)?|(?:new|incoming|inbound) (?:connection|client|session))\b).{0,1000})
`

/** Sockets that are stored in an entry, under a key, a token or a connection's number; and such places that are cleared. */
export const namedPlaces: readonly EventPattern[] = [
  {
    id: 'place-cleared',
    kind: 'detach',
    keywords: [...HOLDERS, ...PLACES],
    pattern: wording`
      (?<![a-z])(?:
        remov(?:e|ed|ing)|delet(?:e|ed|ing)|eras(?:e|ed|ing)|clear(?:ed|ing)|freed|releas(?:e|ed|ing)
        |(?:un|de)register(?:ed|ing)?|epoll_ctl\((?:EPOLL_CTL_)?DEL
      )\b.{0,40}?(?<![a-z])${PLACE} *(?:[#=(:] *)?\d{1,9}\b
      |\b${PLACE} *(?:[#=(] *)?\d{1,9}\)? (?:is |was )?(?:now )?
        (?:cleared|freed|released|removed|empty|emptied|free)\b
      |\b(?<name>${HOLDER})\[(?<slot>\d{1,9})\](?:(?:\.|->)(?:fd|sock(?:et)?|handle))? *(?:
        (?:<-|:?=>?) *(?:-1|NULL|nullptr|null|None|nil|INVALID_SOCKET)(?!\w)
        |:? *(?:cleared|freed|released)\b
      )
    `,
    samples: [
      { message: 'registry remove key=3', facts: { slot: 3 } },
      { message: 'deregister Token(3)', facts: { slot: 3 } },
      { message: 'handle table: entry 3 cleared', facts: { slot: 3 } },
      { message: 'index 3 is free', facts: { slot: 3 } },
      { message: 'links[2].sock = -1', facts: { slot: 2, name: 'links' } },
      { message: 'no free index, 3 in use', facts: null },
    ],
  },
  {
    id: 'place-assigned',
    kind: 'attach',
    keywords: PLACES,
    // The place and then the socket, the socket and then the place, or both as fields of a line that says that it stores.
    pattern: wording`
      (?:
        \b${PLACE} *(?:[#=(] *)?\d{1,9}\)? *(?:
          <-|:?=>?|->|:
          |(?:(?:is|was) )?(?:re-?used|assigned|given|allocated|taken) (?:to|for|by)
        ) *${SOCKET} *(?:[=:#(] *)?${NUMBER}${THAT_IS_ALL}
        |\b(?:h?socket|sock|fd|handle|conn\w{0,8}|client|session)[ \t_-]?(?:table|list|map|array)\b[ \t:.]{0,3}
          (?:entry|slot|index|idx|position) *(?:[#=(] *)?\d{1,9}\)? *(?:<-|:?=>?|->|:) *${NUMBER}${THAT_IS_ALL}
        |\b(?:put|plac|stor|mov|add|sav|insert|register)(?:s|e|ed|es|ing|ting)? (?:\w{1,20} ){0,2}\(?${SOCKET} *
          (?:[=:#(] *)?${NUMBER}\)? (?:in|into|at|to|under|as) (?:the )?${PLACE} *(?:[#=(] *)?\d{1,9}\)?
          ${THAT_IS_ALL}
        |\b${SOCKET} *(?:[=:#(] *)?${NUMBER}\)? *(?:
          [-=]>|takes|took|occupies|gets
          |(?:is |was )?(?:stored|placed|put|saved|kept|registered|added|assigned) (?:in|into|at|to|under|with|as)
        ) *${PLACE} *(?:[#=(] *)?\d{1,9}\)?${THAT_IS_ALL}
        |(?<![a-z])(?:register|insert|put|store|assign|write|set|add|alloc)(?:ed|s|ing)?(?![a-z]).{0,40}?
          (?<![a-z])${PLACE} *[=(:] *\d{1,9}\)?[ \t,]+(?:value *[=:] *)?${SOCKET} *[=:#(] *${NUMBER}\b
        |(?<![a-z])(?:register|insert|put|store|assign|write|set|add|alloc)(?:ed|s|ing)?(?![a-z]).{0,40}?
          (?<![a-z])${SOCKET} *[=:#(] *${NUMBER}[ \t,)]+(?:\w{1,12}[.=])?${PLACE} *[=(:] *\d{1,9}\b
      )${NO_NEWS}
    `,
    samples: [
      { message: 'accepted 10.1.2.3:50022, client id 7 assigned to socket 7', facts: null },
      { message: 'session index 0 assigned to socket 5', facts: { handle: '5', slot: 0 } },
      { message: 'connection id 0 reused for fd 7', facts: { handle: '7', slot: 0 } },
      { message: 'connection id 0 -> fd 5', facts: { handle: '5', slot: 0 } },
      { message: 'registered fd 5 as connection #0', facts: { handle: '5', slot: 0 } },
      { message: 'Put socket 932 to position 0', facts: { handle: '932', slot: 0 } },
      { message: 'connection #3: fd 7, received 44 bytes', facts: null },
      { message: 'client id 3 is 7', facts: null },
      { message: 'handle table: entry 0 := socket 7', facts: { slot: 0, handle: '7' } },
      { message: 'watch list: position 0 := sd 5', facts: { slot: 0, handle: '5' } },
      { message: 'fd 5 registered with key 0', facts: { slot: 0, handle: '5' } },
      { message: 'slab: inserted listener fd=5 at key 0', facts: { slot: 0, handle: '5' } },
      { message: 'putting listener (fd 5) into cell 0', facts: { slot: 0, handle: '5' } },
      { message: 'descriptor 7 -> entry 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 takes index 0', facts: { slot: 0, handle: '7' } },
      { message: 'fd 7 stored at position 0', facts: { slot: 0, handle: '7' } },
      { message: 'conn table write idx=0 fd=7 kind=client', facts: { slot: 0, handle: '7' } },
      { message: 'slab insert key=0 fd=7', facts: { slot: 0, handle: '7' } },
      { message: 'registry put key=0 value=fd:7', facts: { slot: 0, handle: '7' } },
      { message: 'register Token(0) fd=7', facts: { slot: 0, handle: '7' } },
      { message: 'registered listener fd=5 token=Token(0)', facts: { slot: 0, handle: '5' } },
      { message: 'epoll_ctl(ADD, fd=7) data.idx=0', facts: { slot: 0, handle: '7' } },
      { message: 'index 3: fd 7 timed out', facts: null },
      { message: 'lookup key=3 fd=7', facts: null },
      { message: 'fd 7 at position 3 of the file', facts: null },
    ],
  },
]
