import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'
import { NUMBER, SOCKET } from './slot-words.ts'

/** Where it is put: none of the program's own arrays beside it. */
const INTO_POLL = words`
  (?:to|with|into|in) (?:the )?(?:[\w-]{1,12} )?
    (?:e?poll\w{0,4}|select(?:or)?|kqueue|reactor|event[ \t_-]?loop)\b(?![ \t]+(?:array|list|table|set)[ \t]+(?:at|index))
`

/** Sockets that are put into what the system polls for a process: there they have no place. */
export const watched: readonly EventPattern[] = [
  {
    id: 'watched',
    kind: 'attach',
    keywords: [
      'fd_set(',
      'epoll_ctl(',
      'to poll',
      'with poll',
      'to select',
      'with select',
      'to the poll',
      'ev_add',
      'the selector',
      'epoll',
      'kqueue',
      're-armed',
      'rearmed',
    ],
    pattern: wording`
      \bFD_SET\((?:fd *= *)?\d
      |\bepoll_ctl\((?:(?:epfd *= *)?\d{1,9}, *)?(?:EPOLL_CTL_)?(?:ADD|MOD), *(?:fd *= *)?(?<handle>\d{1,9})\b
      |\bEV_ADD\b.{0,20}\b(?:fd|ident|socket) *[=:#]? *\d
      |\b(?:add(?:ed|ing)?|register(?:ed|ing)?|put(?: back)?|re-?added) (?:(?:the|listen(?:ing|er)?|server|client) ){0,2}
        ${SOCKET} *(?:[=:#(] *)?${NUMBER}\)? (?:back )?${INTO_POLL}
      |\b${SOCKET} *(?:[=:#(] *)?${NUMBER}\)? (?:is |was )?(?:added|registered) ${INTO_POLL}
      |\b${SOCKET} *(?:[=:#(] *)?${NUMBER}\)?.{0,20}(?<!\bnot )\bre-?armed\b
    `,
    samples: [
      { message: 'FD_SET(5, &readfds)', facts: { handle: '5', slot: null } },
      { message: 'epoll_ctl(epfd=3, EPOLL_CTL_ADD, fd=7) ok', facts: { handle: '7' } },
      { message: 'epoll_ctl(ADD, 7)', facts: { handle: '7' } },
      { message: 'kevent: EV_ADD fd 5', facts: { handle: '5' } },
      { message: 'put fd 5 back into epoll', facts: { handle: '5', slot: null } },
      { message: 'registered socket 932 with the selector', facts: { handle: '932' } },
      { message: 'listener fd=5 EPOLLONESHOT re-armed', facts: { handle: '5' } },
      { message: 'listener fd 5 registered to F-Stack epoll.', facts: { handle: '5' } },
      { message: 'Register socket 5 to epoll 3.', facts: { handle: '5' } },
      { message: 'Adding the listening socket 5 to the kqueue', facts: { handle: '5' } },
      { message: 'client fd 7 registered name: poll', facts: null },
      { message: 'FD_SET(listenfd, &master)', facts: null },
      { message: 'epoll_ctl(DEL, fd=7)', facts: null },
      { message: 'fd 7 EPOLLONESHOT not re-armed', facts: null },
    ],
  },
]
