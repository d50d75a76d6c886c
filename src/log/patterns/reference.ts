import type { EventPattern } from '../pattern.ts'

/** The wording of a select() server with a table of slots. */
export const reference: readonly EventPattern[] = [
  {
    id: 'readable-list',
    kind: 'readable',
    keywords: ['readable', 'ready socket', 'ready fds', 'ready for read', 'ready to read', 'epollin', 'pollin'],
    pattern:
      /\b(?:readable|ready)[ \t]+(?:sockets?|fds?|handles?|descriptors?)(?:[ \t]+(?:list|set))?[ \t]*[:=][ \t]*[[({]?(?<handles>\d[\d, \t;]{0,400})/i,
    samples: [
      { message: 'readable socket list:932,', facts: { handle: '932', handles: ['932'] } },
      { message: 'readable socket list:932,960, 964,', facts: { handle: null, handles: ['932', '960', '964'] } },
      { message: 'ready fds: 5 7', facts: { handles: ['5', '7'] } },
      { message: 'readable fds: [5, 7]', facts: { handles: ['5', '7'] } },
    ],
  },
  {
    id: 'readable-one',
    kind: 'readable',
    keywords: ['readable', 'ready for read', 'ready to read', 'epollin', 'pollin'],
    pattern:
      /\b(?:fd|socket|sock|handle|descriptor)[ \t]*(?:[=:#][ \t]*)?(?<handles>\d{1,20})[ \t]*(?::[ \t]*)?(?:is[ \t]+|became[ \t]+)?(?:readable|ready[ \t]+(?:for|to)[ \t]+read)|\bE?POLLIN\b.{0,20}\b(?:fd|socket|handle)\b/i,
    samples: [
      { message: 'socket 932 is readable', facts: { handle: '932', handles: ['932'] } },
      { message: 'epoll: EPOLLIN on fd 5', facts: { handle: '5' } },
      { message: 'select() returned 1, fd 5 ready for read', facts: { handle: '5' } },
      { message: 'the file is readable', facts: null },
    ],
  },
  {
    id: 'not-matched',
    kind: 'not-matched',
    keywords: [
      'not match',
      'no match',
      'unknown socket',
      'unmatched',
      'not found',
      'no entry',
      'no slot',
      'unknown fd',
      'has no ',
      'not in ',
    ],
    pattern:
      /\b(?:socket|fd|handle|sock|descriptor)\b[ \t]*(?:[=:#][ \t]*)?\d.{0,40}?\b(?:not[ \t]+(?:be[ \t]+)?match(?:ed)?|unmatched|not[ \t]+found|has[ \t]+no[ \t]+(?:entry|slot|owner|match|connection)|not[ \t]+in[ \t]+(?:\w{1,20}[ \t]+){0,2}(?:table|list|map|slots?))|\b(?:unmatched|unknown|no[ \t]+(?:match(?:ing[ \t]+(?:slot|entry|connection))?|entry|slot)[ \t]+for)[ \t]+(?:readable[ \t]+)?(?:socket|fd|handle|sock|descriptor)[ \t]*[=:#]?[ \t]*\d/i,
    samples: [
      { message: 'Socket 972 not matched ...', facts: { handle: '972' } },
      { message: 'no match for socket 972', facts: { handle: '972' } },
      { message: 'no slot for socket 972', facts: { handle: '972' } },
      { message: 'unknown fd=17 in ready set', facts: { handle: '17' } },
      { message: 'fd 5 not in connection table', facts: { handle: '5' } },
      { message: 'readable socket 972 has no owner', facts: { handle: '972' } },
      { message: 'file not found', facts: null },
    ],
  },
  {
    id: 'detach',
    kind: 'detach',
    keywords: ['detach', 'slot freed', 'slot released', 'released slot', 'freed slot', 'free slot', 'release slot'],
    pattern:
      /\bdetach(?:ed|ing)?\b|\bslot[ \t]+(?:\d{1,9}[ \t]+)?(?:freed|released)|\b(?:freed|released?|releasing|freeing)[ \t]+slot\b/i,
    samples: [
      { message: 'Detach: i=3.', facts: { slot: 3 } },
      { message: 'released slot 3', facts: { slot: 3 } },
    ],
  },
  {
    id: 'slot-assigned',
    kind: 'attach',
    keywords: ['slot'],
    pattern:
      /\bslot[ \t]*(?:[[#=:][ \t]*)?(?<slot>\d{1,9})\]?[ \t]*(?:<-|:?=|->|:)[ \t]*(?:(?:socket|sock|fd|handle)[ \t]*)?(?:[=:#][ \t]*)?(?<handle>\d{1,20})\b/i,
    samples: [
      { message: 'slot 3 <- socket 932', facts: { slot: 3, handle: '932' } },
      { message: 'slot[0] = 932', facts: { slot: 0, handle: '932' } },
      { message: 'slot 3 is free', facts: null },
    ],
  },
  {
    id: 'attach',
    kind: 'attach',
    keywords: [
      'attach',
      'stored in slot',
      'into slot',
      'assigned slot',
      'assigned to slot',
      'uses slot',
      'takes slot',
      'took slot',
    ],
    pattern:
      /(?<![a-z])(?:re)?attach(?:ed|ing)?(?![a-z])|\b(?:stored[ \t]+in|put[ \t]+into|into|assigned(?:[ \t]+to)?|uses|takes|took)[ \t]+slot\b/i,
    samples: [
      { message: 'Attach: i=0.', facts: { slot: 0 } },
      { message: 'Socket 968 attached, slot=4', facts: { slot: 4, handle: '968' } },
      { message: 'attached socket 932 to slot 0', facts: { slot: 0, handle: '932' } },
      { message: 'email with attachment', facts: null },
    ],
  },
  {
    id: 'link-status',
    kind: 'status',
    keywords: ['link status', 'linkstatus', 'setstatus', 'set status', 'link state', 'linkstate', 'link is ', 'status'],
    pattern:
      /^(?!.{0,60}\bconnected\b)(?:.{0,60}\b(?:query|get|set|update)?[ \t_]*link[ \t_]*(?:status|state)\b[^=:(\w]{0,4}(?:.{0,24}?\b(?:status|state))?[ \t]*(?:=|:|\(|is|to|->|changed to)|(?:query|get|set|update)?[ \t_]*status[ \t]*[=:(]|.{0,60}\blink[ \t]+(?:\w{1,20}[ \t]+)?is)[ \t]*(?<value>[\w.+-]{1,40})/i,
    samples: [
      { message: 'query link status, status = 0', facts: { value: '0' } },
      { message: 'setLinkStatus(1)', facts: { value: '1' } },
      { message: 'link state changed to down', facts: { value: 'down' } },
      { message: 'link is down', facts: { value: 'down' } },
      { message: 'status = 0', facts: { value: '0' } },
      { message: 'connected to Network, link status = 0', facts: null },
      { message: 'exit status of job unknown', facts: null },
    ],
  },
  {
    id: 'no-answer',
    kind: 'no-answer',
    keywords: [
      'answer',
      'reply',
      'query timeout',
      'request timeout',
      'no answer',
      'no response',
      'no reply',
      'not answered',
      'unanswered',
      'waiting for',
      'request timed out',
      'response timeout',
      'query timed out',
      'read timed out',
      'read timeout',
      'recv timeout',
    ],
    pattern:
      /\bno[ \t]+(?:\w{1,20}[ \t]+)?(?:answer|response|reply)\b|\b(?:not|un)[ \t]?answered\b|\btimed?[ \t-]?out[ \t]+(?:while[ \t]+)?waiting[ \t]+for\b|\b(?:query|request|response|reply|read|recv)[ \t]+(?:has[ \t]+)?(?:timed[ \t]out|timeout)\b/i,
    samples: [
      { message: 'no answer after 6 queries, giving up', facts: {} },
      { message: 'no response from 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'java.net.SocketTimeoutException: Read timed out', facts: {} },
      { message: 'waiting for work', facts: null },
    ],
  },
]
