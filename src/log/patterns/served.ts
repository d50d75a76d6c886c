import type { EventPattern } from '../pattern.ts'

/** What a server can say only of a client that it has read from, though it names neither socket nor address. */
export const served: readonly EventPattern[] = [
  {
    id: 'client-heard',
    kind: 'recv',
    keywords: [
      'handshake',
      'logged in',
      'login',
      'authenticat',
      'session',
      'new peer',
      'hello from',
      'logged on',
      'for client',
      'for new client',
      'for the client',
      'for a client',
      'for connection',
      'for new connection',
      'for peer',
      'handing o',
      'handed o',
      'handoff',
      'dispatching',
      'dispatched',
      'assigned to',
      'assigning',
    ],
    pattern:
      /\b(?:TLS|SSL|client|websocket)[ \t-]+handshake[ \t]+(?:is[ \t]+|was[ \t]+)?(?:complete[d]?|done|finished|ok|succeeded|successful)\b|\bhandshake[ \t]+(?:done|complete[d]?|ok)[ \t]+(?:with|for)\b|\b(?:user|client|account|operator|device)\b.{0,40}\b(?:logged[ \t]+[io]n|authenticated|signed[ \t]+in)\b|\blogin[ \t]+(?:ok|succeeded|successful|from|by|of)\b|\bsession[ \t]+#?[\w-]{0,40}\d[\w-]{0,40}[ \t]+(?:started|opened|begins|began|created|established)\b|\bnew[ \t]+peer\b(?![ \t]*(?:list|table|limit|url|config))|^hello[ \t]+from\b|\b(?:spawn|start|creat)(?:ed|ing)[ \t]+(?:a[ \t]+|new[ \t]+)?(?:\w{1,12}[ \t]+)?(?:thread|handler|worker|goroutine|task|process)\b.{0,20}\bfor[ \t]+(?:a[ \t]+|the[ \t]+|new[ \t]+)*(?:client|connection|peer)\b(?!s)|\b(?:hand(?:ing|ed)[ \t]?(?:off|over)|handoff(?:[ \t]of)?|dispatch(?:ing|ed)?|assign(?:ing|ed))\b.{0,12}\b(?:fd|socket|connection|client|conn)[ \t=#]{1,3}\d{1,9}\b.{0,12}\bto\b.{0,12}\b(?:worker|thread|handler|loop|reactor|processor|event[ \t]?loop)\b|\b(?:thread|handler|worker|task)[ \t]+[#\w-]{1,20}[ \t]+(?:started|spawned|created)[ \t]+for[ \t]+(?:a[ \t]+|the[ \t]+|new[ \t]+)*(?:client|connection|peer)\b(?!s)/i,
    samples: [
      { message: 'TLS handshake complete (TLSv1.3)', facts: { handle: null } },
      { message: 'user bob logged in', facts: {} },
      { message: 'login from 10.1.2.3', facts: { peerAddress: '10.1.2.3' } },
      { message: 'session 17 started', facts: {} },
      { message: 'new peer 10.1.2.3', facts: { peerAddress: '10.1.2.3' } },
      { message: 'handing off fd 9 to worker 2', facts: { handle: '9' } },
      { message: 'dispatching connection 9 to thread 4', facts: {} },
      { message: 'dispatching event 9 to thread 4', facts: null },
      { message: 'spawned thread 7 for client', facts: {} },
      { message: 'worker thread 7 started for client', facts: {} },
      { message: 'started worker for clients', facts: null },
      { message: 'TLS handshake timeout', facts: null },
      { message: 'session store created', facts: null },
      { message: 'login page cached', facts: null },
    ],
  },
  {
    id: 'client-greeted',
    kind: 'send',
    keywords: ['banner', 'greeting', 'welcome'],
    pattern:
      /\b(?:sent|sending|wrote|writing)[ \t]+(?:the[ \t]+|a[ \t]+)?(?:banner|greeting|welcome)\b|\b(?:banner|greeting|welcome(?:[ \t]+message)?)[ \t]+(?:was[ \t]+)?sent\b/i,
    samples: [
      { message: 'sent banner "220 gate ready"', facts: {} },
      { message: 'greeting sent', facts: {} },
      { message: 'banner loaded', facts: null },
    ],
  },
]
