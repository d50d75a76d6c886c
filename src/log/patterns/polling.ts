import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'
import { SOCKET } from './tables/slot-words.ts'

/** What a poll loop says of the sockets that it was told of, and of those that it could not find. */
export const polling: readonly EventPattern[] = [
  {
    id: 'not-matched',
    kind: 'not-matched',
    keywords: [
      'match',
      'unknown',
      'unhandled',
      'unexpected',
      'not found',
      'not find',
      'not known',
      'not registered',
      'lookup failed',
      'lookup miss',
      'no entry',
      'no slot',
      'no such',
      'no handler',
      'no owner',
      'no session',
      'no client',
      'no connection',
      'no callback',
      'not in ',
      'unregistered',
      'stale event',
      'spurious',
      'orphan',
      'no channel',
      'no cell',
      'no element',
      'no target',
      'no context',
      'no attachment',
      'no regist',
      'nobody',
      'missing',
      'not assigned',
      'is null',
      'no table',
      'not on ',
      'is for ',
      'not one of',
      'belongs to',
      'without slot',
      'without owner',
      'without entry',
      'without handler',
      'without session',
      'without connection',
      'without channel',
      'lookup',
      'mismatch',
      'keyerror',
      'gives nothing',
      'returned nothing',
      'finds nothing',
    ],
    pattern: wording`
      \b(?:${SOCKET}|FD_ISSET)\b *(?:[=:#(] *)?\d.{0,40}?\b(?:
        not (?:be )?match(?:ed)?|unmatched|not (?:found|known|registered)(?! in (?:the )?\w{0,6}[ \t_]?sets?\b)|no such (?:entry|socket|slot)
        |(?:(?:has|have|with|matches|matched|but) |[:,] *| *[-=]> *)no (?:matching |registered |table )?(?:
          entry|slot|owner|match|connection|handler|session|client|callback|channel|target|context|attachment|cell|element
        )(?![ \t_-](?:cookie|id|ticket|key|token|header|name|data|cert))
        |(?:[:,]|but|has|with) (?:an? )?unknown (?:descriptor|handle|socket|fd)\b
        |(?:entry|slot) (?:is )?(?:missing|not found)
        |(?:owner |slot |entry |table |socket )?lookup (?:has )?(?:failed|missed)
        |(?:(?:entry|slot|channel|owner|context|callback)(?:\[\d{1,9}\])?|session\[\d{1,9}\]) (?:is |== )?(?:
          not assigned|null\b
        )
        |(?:lookup|find|search)\w{0,8}(?:\([^)]{0,20}\))?[ \t]+(?:gives|gave|returned|returns|found|finds|yields|is) (?:nothing|null|none|nil|end\(\)|no \w{1,20}|-1\b)
        |(?:slot|entry|index|idx|cell)\b.{0,40}\bmismatch(?:es|ed)?\b
        |nobody (?:owns|knows|has|handles|claims) (?:it|this)\b
        |KeyError: *\d
        |(?:belongs to|owned by|is owned by) (?:nobody|none|no one|no \w{1,20})
        |(?:is )?not one of (?:ours|our sockets|the known)
        |not (?:in|on) (?:\w{1,20} ){0,2}\w{0,20}(?:
          table|list|map|slots?|registry|handlers|connections|conns|clients|sessions|sockets|peers|fds|pool|array|vector|dictionary
        )_?\b
      )
      |\b(?:
        unmatched|unknown|unhandled|unexpected|(?:on|for) (?:an? )?unregistered|orphan(?:ed)?
        |(?:stale|spurious) event (?:for|on)
        |no (?:
          match(?:ing (?:slot|entry|connection))?|entry|slot|handler|owner|session|client|connection|callback|channel
          |target|context|attachment|registration
        )(?: (?:object|state|record))?(?: (?:is )?(?:registered|found|known))? (?:for|with|has|holds|owns|matches)
      ) (?:readable |ready )?${SOCKET}(?: (?:fd|handle|descriptor|number|id))? *(?:[=:#([] *)?\d
      |\b(?:event|readable|POLLIN)\b.{0,20}\b(?:fd|socket|handle)\b (?:without|with no|has no|of no) (?:an? |known )?(?:slot|owner|entry|handler|session|connection|channel)\b.{0,20}\b${SOCKET} *= *\d
      |\b(?:readable|ready|POLLIN)\b.{0,20}\bno (?:known |matching )?(?:slot|owner|entry|handler|session|connection|channel)\b.{0,20}\b${SOCKET} *= *\d
      |\bnobody (?:owns|knows|has|handles) (?:readable )?${SOCKET} *(?:[=:#(] *)?\d
      |\b(?:could not|cannot|can't|did not|failed to) (?:find|match|look up) (?:
        (?:an? |the )?(?:slot|entry|connection|session|handler|owner) (?:for|of)[ \t]+
      )?(?:h?socket|fd|handle|sock) *(?:[=:#(] *)?\d
      |\blookup (?:failed|missed|miss) for (?:h?socket|fd|handle|sock) *(?:[=:#(] *)?\d
      |\blook(?:up|ing up) (?:of|for) (?:readable )?${SOCKET} *(?:[=:#(] *)?\d{1,20}\)? (?:has )?(?:failed|missed)\b
      |\b(?:h?socket|fd|handle|sock|descriptor)\b (?:is )?not (?:matched|found|known|registered)\b.{0,80}\b
        (?:h?socket|fd|handle|sock) *= *\d
      |\b(?:unknown|unmatched|orphan(?:ed)?) (?:readable )?(?:h?socket|fd|handle|descriptor)\b.{0,60}\b
        (?:h?socket|fd|handle|sock) *= *\d
    `,
    samples: [
      { message: 'poll returned POLLIN for fd 5, no owner, ignored', facts: { handle: '5' } },
      { message: 'nobody owns fd 5', facts: { handle: '5' } },
      { message: 'fd 5 belongs to no session', facts: { handle: '5' } },
      { message: 'event on socket 5: no channel', facts: { handle: '5' } },
      { message: 'no context for fd 5', facts: { handle: '5' } },
      { message: 'no registration for fd 5', facts: { handle: '5' } },
      { message: 'select: fd 5 ready, unknown descriptor, ignored', facts: { handle: '5' } },
      { message: 'sd 5 readable, not on watch list', facts: { handle: '5' } },
      { message: 'sock 5 readable, entry missing', facts: { handle: '5' } },
      { message: 'revents on index 1 fd 5 but session[1] is NULL', facts: { handle: '5' } },
      { message: 'POLLIN fd=5 -> no table entry', facts: { handle: '5' } },
      { message: 'no slot has fd 5', facts: { handle: '5' } },
      { message: 'fd 7: no client certificate', facts: null },
      { message: 'fd 7, no session cookie', facts: null },
      { message: 'fd 7: session is null, sending 401', facts: null },
      { message: 'fd 5 belongs to session 3', facts: null },
      { message: 'Socket 972 not matched ...', facts: { handle: '972' } },
      { message: 'Socket 0x3cc not matched', facts: { handle: '0x3cc' } },
      { message: 'no match for socket 972', facts: { handle: '972' } },
      { message: 'no slot for socket 972', facts: { handle: '972' } },
      { message: 'no handler registered for fd 5', facts: { handle: '5' } },
      { message: 'unknown fd=17 in ready set', facts: { handle: '17' } },
      { message: 'fd 5 not in connection table', facts: { handle: '5' } },
      { message: 'fd 9 is not in handlers_, dropping event', facts: { handle: '9' } },
      { message: 'readable socket 972 has no owner', facts: { handle: '972' } },
      { message: 'could not find socket 972 in table', facts: { handle: '972' } },
      { message: 'lookup failed for socket 972', facts: { handle: '972' } },
      { message: 'lookup of socket 972 failed', facts: { handle: '972' } },
      { message: 'fd 7 readable, owner lookup failed', facts: { handle: '7' } },
      { message: 'event on unregistered fd 5', facts: { handle: '5' } },
      { message: 'Received event for unknown socket fd: 5', facts: { handle: '5' } },
      { message: 'fd 5 not found in poll set!', facts: null },
      { message: 'stale event for fd 5', facts: { handle: '5' } },
      { message: 'fd 5: no owner', facts: { handle: '5' } },
      { message: 'no connection object for fd 5', facts: { handle: '5' } },
      { message: 'could not find slot for socket 972', facts: { handle: '972' } },
      { message: 'socket not matched fd=5', facts: { handle: '5' } },
      { message: 'unknown socket in ready set fd=5', facts: { handle: '5' } },
      { message: 'EPOLLIN fd=5 but no entry', facts: { handle: '5' } },
      { message: 'FD_ISSET(384) but table lookup gives nothing', facts: { handle: '384' } },
      { message: 'event for fd without slot fd=11', facts: { handle: '11' } },
      { message: 'readable but no owner fd=18', facts: { handle: '18' } },
      { message: 'poll: fd 5 POLLIN, nobody owns it', facts: { handle: '5' } },
      { message: 'fd 7 has events but no cell maps to it', facts: { handle: '7' } },
      { message: 'event on fd=11: idx 2 holds fd 14, mismatch, dropping event', facts: { handle: '11' } },
      { message: 'fd=10 POLLIN but lookup(10) returned end()', facts: { handle: '10' } },
      { message: 'selector returned fileno 5, KeyError: 5', facts: { handle: '5' } },
      { message: 'Socket.Select returned handle 420 which is not in the pool', facts: { handle: '420' } },
      { message: 'fd 7: protocol version mismatch', facts: null },
      { message: 'request without session fd=11', facts: null },
      { message: 'file not found', facts: null },
    ],
  },
  {
    id: 'readable-list',
    kind: 'readable',
    keywords: ['readable', 'ready'],
    pattern: wording`
      \b(?:
        readable(?: (?:sockets?|fds?|handles?|descriptors?))?
        |ready (?:sockets?|fds?|handles?|descriptors?)|(?:fds?|sockets?|handles?|descriptors?) (?:readable|ready)
        |ready (?:list|set)
      )(?: (?:list|set))? *[:=] *[[({]?(?<handles>
        (?:(?:socket|sock|fd|handle)[ #=]?)?(?:0x[\da-f]|\d)[\w#=, \t;]{0,400}
      )
    `,
    samples: [
      { message: 'readable socket list:932,', facts: { handle: '932', handles: ['932'] } },
      { message: 'readable socket list:932,960, 964,', facts: { handle: null, handles: ['932', '960', '964'] } },
      { message: 'readable socket list:0x3a4, 0x3A8', facts: { handle: null, handles: ['0x3a4', '0x3A8'] } },
      { message: 'ready fds: 5 7', facts: { handles: ['5', '7'] } },
      { message: 'poll() woke up, 1 descriptor ready: 14', facts: { handles: ['14'] } },
      { message: 'readable fds: [5, 7]', facts: { handles: ['5', '7'] } },
      { message: 'select() returned 2, readable: 932,964', facts: { handles: ['932', '964'] } },
      { message: 'poll readable: sock#5 sock#7', facts: { handles: ['5', '7'] } },
      { message: 'readable config: 1', facts: null },
    ],
  },
  {
    id: 'readable-one',
    kind: 'readable',
    keywords: [
      'on listen',
      'on the listen',
      'readable',
      'ready',
      'pollin',
      'pollrdnorm',
      'fd_read',
      'fd_accept',
      'fd_isset',
      'op_read',
      'op_accept',
      'evfilt_read',
      'event_read',
      'revents',
      'epoll event',
      'epoll_wait',
      'select()',
    ],
    // What is registered for polling is not ready yet.
    pattern: wording`
      ^(?!
        .{0,200}(?:
          p?poll\(\[|EPOLL_CTL|epoll_ctl|\bEV_(?:ADD|DELETE|ENABLE|DISABLE)\b|WSA(?:Event|Async)Select
          |\bp(?:oll)?_?fds?\[\d{1,9}\].{0,40}(?<!r)events *[=:]
          |\b(?:
            reg(?:ist|[ \t])|unregist|subscrib|watch|interest|add(?:ing|ed|[ \t])|arm(?:ing|ed|[ \t])|waiting
          )
        )
      )(?:
        .{0,200}?\b(?:h?socket|sock|fd|handle|descriptor|sd) *(?:[=:#(] *)?
          (?<handles>0x[\da-f]{1,16}|\d{1,20})\)? *[:,]? *(?:(?:is|became) (?:now )?)?
          (?:readable|ready (?:for|to) read|ready *$)
        |.{0,200}?\b(?:revents|epoll(?:_wait| event)\b.{0,40}\bevents) *[=:] *(?:0x)?0{0,7}1\b
        |.{0,200}?\bselect\(\) returned (?!0\b)\d{1,5}\b.{0,20}\b(?:fd|socket|sock)[ \t=#]{0,3}\d{1,9}[ \t]+
          (?:is )?set\b
        |.{0,200}?\breadable\b.{0,20}<socket\.socket fd=\d
        |.{0,200}?(?<!\b(?:not|un)[ \t-]?)\breadable[ \t](?:.{0,60}[ \t])?(?:fd|sock|socket|handle)=\d
        |.{0,200}?\b(?:incoming|new|pending) connections?(?: (?:event|request|pending|waiting|detected|available|(?:is )?ready))?
          [ \t]+on (?:the )?listen(?:ing|er)? (?:h?socket|sock|fd|handle)\b
        |.{0,200}?\b(?:
          E?POLLIN|E?POLLRDNORM|FD_READ|FD_ACCEPT|FD_ISSET|OP_READ|OP_ACCEPT|EVFILT_READ|EVENT_READ
        )\b
      )
    `,
    samples: [
      { message: 'WSAEventSelect(412, FD_ACCEPT|FD_CLOSE) ok', facts: null },
      { message: 'incoming connection event on listening socket 5', facts: { handle: '5' } },
      { message: 'new connection pending on listen fd 5', facts: { handle: '5' } },
      { message: 'Incoming connection detected on listen socket 5.', facts: { handle: '5' } },
      { message: 'reg fd=5 EPOLLIN', facts: null },
      { message: 'kevent(4, {ident=5, EVFILT_READ, EV_ADD, udata=0}) = 0', facts: null },
      { message: 'socket 932 is readable', facts: { handle: '932', handles: ['932'] } },
      { message: 'socket 0x3a4 is readable', facts: { handle: '0x3a4' } },
      { message: 'epoll: EPOLLIN on fd 5', facts: { handle: '5' } },
      { message: 'epoll_wait: fd=5 events=EPOLLIN', facts: { handle: '5' } },
      { message: 'FD_ACCEPT on socket 932', facts: { handle: '932' } },
      { message: 'select() returned 1, fd 5 ready for read', facts: { handle: '5' } },
      { message: 'epoll_wait: fd 5 ready', facts: { handle: '5' } },
      { message: 'poll: fd 5 revents=0x1', facts: { handle: '5' } },
      { message: 'epoll_wait returned 1: fd=5 events=0x1', facts: { handle: '5' } },
      { message: 'select() returned 1, fd 5 set', facts: { handle: '5' } },
      { message: 'select() returned 0', facts: null },
      { message: 'selector: fd=5 mask=EVENT_READ', facts: { handle: '5' } },
      { message: 'readable worker=2 fd=5', facts: { handle: '5' } },
      { message: 'poll: fd 5 revents=0x10', facts: null },
      { message: 'pollfd[0].fd=5 events=POLLIN', facts: null },
      { message: 'pollfd[0].fd=5 revents=POLLIN', facts: { handle: '5' } },
      { message: 'fd 5 registered for EPOLLIN', facts: null },
      { message: 'the file is readable', facts: null },
    ],
  },
]
