import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'
import { NUMBER, SOCKET, SOCKET_MARKED } from './tables/slot-words.ts'
import { NOT_BLOCKED } from './would-block.ts'

/** A poll that a socket could not be given to: a limit of the set, or an error of the call that puts it in. */
export const unwatchable: readonly EventPattern[] = [
  {
    id: 'unwatchable',
    kind: 'error',
    keywords: [
      'epoll',
      'kqueue',
      'kevent',
      'ev_add',
      'fd_setsize',
      'fd_set',
      'in select',
      'select',
      'poll set',
      'poll_set',
      'pollset',
      'poller',
      'reactor',
      'event loop',
      'with events',
    ],
    pattern: wording`
      \bepoll_ctl\b(?:\((?:\d{1,9}, *)?(?:EPOLL_CTL_)?(?:ADD|MOD), *(?<handle>\d{1,9})\b)?(?!.{0,40}\bDEL\b)
        .{0,80}\b(?:
          failed|error
          |E(?:BADF|EXIST|NOENT|NOSPC|PERM|INVAL|NOMEM|LOOP)
          |bad file descriptor|no space left|operation not permitted|file exists|no such file
        )\b
      |\bepoll_ctl\((?:(?:epfd *= *)?\d{1,9}, *)?(?:EPOLL_CTL_)?ADD, *(?:fd *= *)?\d{1,9}\b.{1,40}\bevents *[=:] *(?:0x)?0\b
      |\b(?:kevent|EV_ADD)\b.{0,60}\b(?:failed|error|bad file descriptor)\b
      |\bfd_set (?:is )?full\b|\bFD_SETSIZE\b.{0,80}\b(?:exceed\w{0,3}|reached|not|ignored|dropped|skipped|too|limit)\b
      |(?:>=?|\bexceeds?|\bbeyond|\babove|\bover) (?:the )?FD_SETSIZE\b
      |\bfile ?descriptor out of range in select\b
      |\b(?:too many|maximum (?:number )?(?:of )?) *(?:sockets?|descriptors?|fds)\b.{0,20}\b
        (?:select|FD_SET|fd_set|poll set)\b
      |\bselect\b.{0,20}\btoo many (?:sockets|descriptors|fds)\b
      |\bbuffer overflow detected\b.{0,20}\bFD_SET\b
      |\b(?:poll|select|fd)[ \t_]?sets?\b.{0,60}\blisten(?:er|ing socket) (?:is |was )?(?:
        not (?:included|in it|added|registered)|missing|left out|omitted
      )\b
      |\b(?:cannot|can't|could not|couldn't|unable to|failed to) (?:add|register|put|watch|poll)\b.{0,60}\b(?:
        e?poll(?: ?set|fd|er)?|select(?:or)?|fd_set|kqueue|reactor|event[ \t_-]?loop|with events
      )\b${NOT_BLOCKED}
      |\b${SOCKET} *(?:[=:#([] *)?${NUMBER}[)\]]? (?:is |was )?(?:not|never) (?:found |present |registered )?in (?:the )?
        (?:e?poll|select|fd|watch)[ \t_]?sets?\b
    `,
    samples: [
      { message: 'epoll_ctl(EPOLL_CTL_ADD, fd=5) failed: No space left on device', facts: { handle: '5' } },
      { message: 'epoll_ctl ADD fd=5 failed: EEXIST', facts: { handle: '5' } },
      { message: 'kevent: EV_ADD fd 5: Bad file descriptor', facts: { handle: '5', errorName: 'EBADF' } },
      { message: 'fd 1031 >= FD_SETSIZE (1024), not added to fd_set', facts: { handle: '1031' } },
      { message: 'FD_SETSIZE exceeded: socket 5 ignored', facts: { handle: '5' } },
      { message: 'select: too many sockets (64), listener 5 dropped', facts: {} },
      { message: 'filedescriptor out of range in select()', facts: {} },
      { message: 'maximum number of sockets in select (64) reached', facts: {} },
      { message: 'epoll_ctl(EPOLL_CTL_MOD, 5): Bad file descriptor', facts: { handle: '5', errorName: 'EBADF' } },
      { message: 'poll set rebuilt: 3 descriptors, listener not included', facts: {} },
      { message: 'could not add fd 5 to epoll set', facts: { handle: '5' } },
      { message: 'could not register listener with poller: EEXIST', facts: { handle: null } },
      // It is in the set, and is told of no event.
      { message: 'epoll_ctl(EPOLL_CTL_ADD, fd=5, events=0) = 0', facts: { handle: '5' } },
      { message: 'epoll_ctl(EPOLL_CTL_ADD, fd=5) ok', facts: null },
      { message: 'epoll_ctl(4, EPOLL_CTL_ADD, 5, {events=EPOLLIN, data=5}) = 0', facts: null },
      { message: 'fd_set full (64), socket 0x1A4 skipped', facts: { handle: '0x1A4' } },
      { message: 'FD_SETSIZE is 1024', facts: null },
      { message: 'Failed to add listen fd to epoll: No space left on device', facts: {} },
      { message: 'Failed to add fd 5 to epoll: Bad file descriptor', facts: { handle: '5', errorName: 'EBADF' } },
      // Whoever removes a socket, or changes what it waits for, finds that none was watched: no poll has told of it.
      { message: 'Warning: fd [5] not found in poll set', facts: { handle: '5' } },
      // GlusterFS.
      { message: 'could not register socket 5 with events', facts: { handle: '5' } },
      { message: 'fd 5 in poll set', facts: null },
    ],
  },
  {
    // A table that does not take it.
    id: 'not-stored',
    kind: 'error',
    keywords: [
      'already',
      'duplicate',
      'table full',
      'table is full',
      'map full',
      'not stored',
      'not added',
      'not inserted',
      'not registered',
    ],
    pattern: wording`
      \b(?:try_?)?(?:add|insert|register|store|put|emplace)\w{0,20}(?:\([^)]{0,40}\))? (?:has )?
        (?:failed|returned false|rejected|refused|=> *false|-> *false)\b.{0,30}?\b${SOCKET_MARKED}(?<handle>${NUMBER})(?!\w)
        (?=.{0,80}\b(?:already|duplicate|full)\b)
      |\b(?:socket|fd|conn\w{0,8}|client|session|slot|handler)[ \t_]?(?:table|map|list|array) (?:is )?full\b
        .{0,40}\b(?:not|cannot|can't) (?:be )?(?:stor|add|insert|register|put)\w{0,4}\b
      |\b${SOCKET_MARKED}${NUMBER} (?:is |was )?(?:not|never) (?:stored|added|inserted|registered|put) (?:in|into|to) (?:the )?
        (?:\w{1,20} ){0,2}(?:table|map|list|array|registry|dictionary)\b
    `,
    samples: [
      { message: 'TryAdd(0) failed for handle 1044: key already present (handle 1052)', facts: { handle: '1044' } },
      { message: 'socket table is full (64): listener not stored', facts: {} },
      { message: 'fd 5 was not added to the handler table', facts: { handle: '5' } },
      { message: 'insert failed for user 7: duplicate key', facts: null },
      { message: 'socket table full: no', facts: null },
    ],
  },
  {
    id: 'windows-unwatchable',
    kind: 'error',
    keywords: ['wsaasyncselect', 'wsaeventselect'],
    pattern: wording`
      \bWSA(?:Async|Event)Select(?:\( *(?<handle>0x[\da-f]{1,16}|\d{1,9})\b[^)]{0,60}\)|\b).{0,40}\b
        (?:failed|error)\b
    `,
    samples: [
      { message: 'WSAAsyncSelect(5) failed: 10022', facts: { handle: '5', errorName: 'EINVAL' } },
      { message: 'WSAEventSelect on socket 5 failed: 10038', facts: { handle: '5', errorName: 'ENOTSOCK' } },
      { message: 'WSAEventSelect(5) ok', facts: null },
    ],
  },
]
