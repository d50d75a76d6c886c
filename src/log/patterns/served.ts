import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What a server can say only of a client that it has read from, though it names neither socket nor address. */
export const served: readonly EventPattern[] = [
  {
    id: 'client-heard',
    kind: 'recv',
    keywords: [
      'connection authorized',
      'using tcp/ip',
      'accepted publickey',
      'accepted password',
      'accepted keyboard',
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
    pattern: wording`
      \b(?:TLS|SSL|client|websocket)[ \t-]+handshake (?:is |was )?
        (?:complete[d]?|done|finished|ok|succeeded|successful)\b
      |\bhandshake (?:done|complete[d]?|ok) (?:with|for)\b
      |\b(?:user|client|account|operator|device)\b.{0,40}\b(?:logged [io]n|authenticated|signed in)\b
      |\blogin (?:ok|succeeded|successful|from|by|of)\b
      |\bsession #?[\w-]{0,40}\d[\w-]{0,40} (?:started|opened|begins|began|created|established)\b
      |\bnew peer\b(?! *(?:list|table|limit|url|config))
      |\bAccepted (?:publickey|password|keyboard-interactive\S{0,10}) for\b
      |\[/\S{2,50}:\d{1,5}\] logged in\b|\bconnection authorized:[ \t]+
      |^ {0,8}\d{1,12} Connect \S{1,80}@\S{1,80} on\b|^hello from\b
      |\b(?:spawn|start|creat)(?:ed|ing) (?:a |new )?(?:\w{1,12} )?
        (?:thread|handler|worker|goroutine|task|process)\b.{0,20}\bfor (?:a |the |new )*
        (?:client|connection|peer)\b(?!s)
      |\b(?:hand(?:ing|ed) ?(?:off|over)|handoff(?:[ \t]of)?|dispatch(?:ing|ed)?|assign(?:ing|ed))\b.{0,12}\b
        (?:fd|socket|connection|client|conn)[ \t=#]{1,3}\d{1,9}\b.{0,12}\bto\b.{0,12}\b
        (?:worker|thread|handler|loop|reactor|processor|event ?loop)\b
      |\b(?:thread|handler|worker|task) [#\w-]{1,20} (?:started|spawned|created) for (?:a |the |new )*
        (?:client|connection|peer)\b(?!s)
    `,
    samples: [
      { message: 'connection authorized: user=bob database=gate', facts: {} },
      // MySQL's general log.
      { message: '    8 Connect\tbob@10.1.2.3 on gate using TCP/IP', facts: {} },
      {
        message: 'Accepted publickey for bob from 10.1.2.3 port 50022 ssh2',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'Bob[/10.1.2.3:50022] logged in with entity id 12', facts: { peerPort: 50022 } },
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
    pattern: wording`
      \b(?:sent|sending|wrote|writing) (?:the |a )?(?:banner|greeting|welcome)\b
      |\b(?:banner|greeting|welcome(?: message)?) (?:was )?sent\b
    `,
    samples: [
      { message: 'sent banner "220 gate ready"', facts: {} },
      { message: 'greeting sent', facts: {} },
      { message: 'banner loaded', facts: null },
    ],
  },
]
