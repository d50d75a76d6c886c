import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET } from './slot-words.ts'

/** What tells a process of its sockets. */
const POLLED = words`(?:e?poll\w{0,4}|select(?:or)?|fd_set|kqueue|watch list|interest|reactor|event[ \t_-]?loop)`

/** Sockets that are taken out of their slot, or out of what the system polls for a process. */
export const takenOut: readonly EventPattern[] = [
  {
    id: 'detach',
    kind: 'detach',
    keywords: ['detach', 'slot'],
    // A slot that somebody gives back is one of a pool or a schedule.
    pattern: wording`
      \bdetach(?:ed|ing)?\b
      |\bslot *(?:[[#=:] *)?(?:\d{1,9}\]? )?(?:is |was )?(?:now )?(?:freed|released|cleared|emptied|free again)
      |(?<!\b(?:client|user|worker|job|task|request|tenant|player)[ \t])\b
        (?:freed|released?|releasing|freeing|clear(?:ed|ing)?) slot\b
      |\b(?:remov|unregister)(?:ed|ing)?\b.{0,40}\bfrom (?:slot|index)\b
      |(?:\b|_)slots? *(?:[[#] *)?\d{1,9}\]? *(?:<-|:?=) *(?:
        -1\b|NULL\b|nullptr\b|None\b|nil\b|INVALID_SOCKET\b|empty\b
      )
    `,
    samples: [
      { message: 'Detach: i=3.', facts: { slot: 3 } },
      { message: 'released slot 3', facts: { slot: 3 } },
      { message: 'slot[3] = NULL', facts: { slot: 3 } },
      { message: 'slot 3 is free again', facts: { slot: 3 } },
      { message: 'm_slots[3] = nullptr', facts: { slot: 3 } },
      { message: 'unregistered fd 7 from slot 3', facts: { slot: 3, handle: '7' } },
      { message: 'slot 3 is free', facts: null },
      { message: 'client released slot 3', facts: null },
      { message: 'slot 3 cleared', facts: { slot: 3 } },
      { message: 'removed socket 932 from slot 3', facts: { slot: 3, handle: '932' } },
    ],
  },
  {
    id: 'unwatched',
    kind: 'detach',
    keywords: [
      'poll',
      'select',
      'fd_set',
      'fd set',
      'epoll',
      'kqueue',
      'watch list',
      'interest',
      'reactor',
      'event loop',
      'rearm',
      'fd_clr',
      'selectionkey',
      're-arm',
    ],
    pattern: wording`
      \b(?:
        remov(?:ed|ing)|delet(?:ed|ing)|dropp(?:ed|ing)|took|taken|unregister(?:ed|ing)?|deregister(?:ed|ing)?
      )\b.{0,20}\b${SOCKET} *(?:[=:#] *)?${NUMBER} (?:out of|from|of) (?:the )?${POLLED}\b
      |\b${SOCKET} *(?:[=:#] *)?${NUMBER} (?:is |was )?
        (?:removed|deleted|dropped|taken|unregistered|deregistered) (?:out of|from) (?:the )?${POLLED}\b
      |\bFD_CLR\((?:fd *= *)?\d|\bSelectionKey\b.{0,40}\b${SOCKET} *(?:[=:#] *)?${NUMBER}\)? (?:is |was )?cancell?ed\b
      |\b${SOCKET} *(?:[=:#] *)?${NUMBER}\b.{0,20}\binterest(?:[ \t_]?Ops)? *(?:[=:]|(?:is |was )?set to) *(?:0|none)\b
      |\b(?:EPOLLONESHOT|one-?shot)\b.{0,30}\bnot re-?armed\b
      |\bre-?arm(?:ing)? (?:was |is )?(?:skipped|lost|missed|failed)\b.{0,12}\b(?:for|of) ${SOCKET} *(?:[=:#] *)?${NUMBER}
      |\bepoll_ctl\((?:(?:epfd *= *)?\d{1,9}, *)?(?:EPOLL_CTL_)?(?:DEL|MOD(?=.{1,40}\bevents *[=:] *(?:0x)?0\b))
        , *(?:fd *= *)?(?<handle>\d{1,9})\b(?!.{0,40}(?:-1\b|failed|error))
      |\b(?:poll|select|fd)[ \t_]?sets?\b.{0,30}\b(?:rebuilt|rebuild|re-?created|reset)\b.{0,30}\bwithout[ \t]+
        (?:the )?(?:listen(?:er|ing)? )?${SOCKET} *(?:[=:#] *)?${NUMBER}
    `,
    samples: [
      { message: 'FD_CLR(7)', facts: { handle: '7' } },
      { message: 'SelectionKey of listener (fd=7) cancelled', facts: { handle: '7' } },
      { message: 'key for listener fd=7: interestOps set to 0', facts: { handle: '7' } },
      { message: 'key for listener fd=7: interestOps set to 16', facts: null },
      { message: 'removed fd 7 from poll set', facts: { handle: '7', slot: null } },
      { message: 'unregistered socket 0x1a4 from epoll', facts: { handle: '0x1a4' } },
      { message: 'listener fd 7 removed from reactor', facts: { handle: '7' } },
      { message: 'fd 7 EPOLLONESHOT not re-armed', facts: { handle: '7' } },
      { message: 'rearm skipped for fd 7 (busy)', facts: { handle: '7' } },
      { message: 'epoll_ctl(DEL, fd=7)', facts: { handle: '7' } },
      { message: 'epoll_ctl(EPOLL_CTL_DEL, 7) ok', facts: { handle: '7' } },
      // It stays in the set, and is told of no event any more.
      { message: 'epoll_ctl(4, EPOLL_CTL_MOD, 7, {events=0}) = 0', facts: { handle: '7' } },
      { message: 'epoll_ctl(4, EPOLL_CTL_MOD, 7, {events=EPOLLIN}) = 0', facts: null },
      { message: 'poll set rebuilt without listening socket 7', facts: { handle: '7' } },
      { message: 'epoll_ctl(EPOLL_CTL_DEL, 7) failed: ENOENT', facts: null },
      { message: 'fd 7 polled', facts: null },
    ],
  },
]
