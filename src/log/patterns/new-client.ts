import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'
import { NOT_TAKEN, OF_A_SERVICE } from './not-accepted.ts'

/** Accepts that are told by who came: a new client, an incoming connection, a peer that connected. */
export const newClient: readonly EventPattern[] = [
  {
    id: 'new-client',
    kind: 'accept',
    keywords: [
      'new client',
      'new peer',
      'new connection',
      'new conn ',
      'conn ',
      'new tcp',
      'connection from',
      'incoming',
      'inbound',
      'new session',
      'got session',
      'handling client',
      'handling connection',
      'serving client',
      'got a session',
      'session from',
      'session by',
      'session for',
      'session received',
      'session request',
      'session:',
      'started for',
      'started from',
      'started by',
      'connect from',
      'connection received',
      'got connection',
      'got a connection',
      'opened',
      'established',
    ],
    pattern: wording`
      (?:
        \bnew peer\b(?=.{0,30}(?:\d|\])[:#]\d{2,5}\b)
        |\bnew conn[ \t](?=.{0,60}\b(?:fd|sd|sock|from|peer|ip|addr|remote|client)\b)
        |\bconn(?:ection)? \S{3,60}[.:]\d{1,5}[ \t:]+(?:is |state *[=:]? *)?(?:State)?New\b
        |\b(?:new|incoming|inbound|got(?: a)?) (?:tcp |client |inbound )?(?:connection|client|session)\b(?!
          s| pool| limit| attempt
          | (?:
            strings?|settings?|class|types?|time-?out|parameters?|url|uri|key|token|ticket|cert(?:ificate)?
            |version|library|lib|secret|profile|release|build|handler|factory|listener|template
          )\b
          | to\b| for user\b
        )
        |\b(?:connection|connect|session) (?:(?:received|request|established|opened) *)?(?:
          from(?! (?:the )?(?:cache|cookie|store|disk|file|database|db|redis|backup|snapshot|memory|storage)\b)
          |by|for(?! user\b)|: *host=
        )
        |\bsession \S{1,20} (?:started|opened) (?:for|from|by)\b
        |\b(?:handling|serving) (?:new )?(?:client|connection)(?!s)\b
          (?=.{0,40}(?:\b(?:fd|socket|handle)\b|\d\.\d|:\d{4,5}\b))
        |\bconn(?:ection)? opened\b(?: *:|.{0,80}\b(?:from|remote|peer|client)\b)
      )(?<=^(?!.{0,300}${NOT_TAKEN}).{0,1000})
    `,
    samples: [
      { message: 'thread pool: new client 10.1.2.3:50022 queued', facts: { peerPort: 50022 } },
      { message: 'connection from 10.1.2.3:50022 not accepted', facts: null },
      { message: 'pending connection from 10.1.2.3:50022, worker busy', facts: null },
      { message: 'blocked connection from 10.1.2.3:50022 by ACL', facts: null },
      { message: 'incoming connection 10.1.2.3:50022 dropped before accept', facts: null },
      { message: 'replay: new connection from 10.1.2.3:50022', facts: null },
      { message: 'connection from 10.1.2.3:50022 waiting to be accepted', facts: null },
      { message: 'new connection waiting in backlog', facts: null },
      { message: 'connection from 10.1.2.3:50022 queued for accept', facts: null },
      { message: 'incoming connection on fd 5 (not accepted yet)', facts: null },
      { message: 'waiting for new connection from 10.1.2.3', facts: null },
      { message: 'conntrack: new connection 10.1.2.3:50022 -> 10.1.2.9:9000', facts: null },
      { message: 'pool: new connection #12 created', facts: null },
      { message: 'new client certificate loaded', facts: null },
      { message: 'session from cache: 12', facts: null },
      { message: 'creating new session for 10.1.2.3:50022', facts: { peerPort: 50022 } },
      {
        message: 'Connection from 10.1.2.3 port 50022 on 10.1.2.9 port 22 rdomain ""',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, address: '10.1.2.9', port: 22 },
      },
      {
        message: 'new client connected: [fe80::7]:50022 (fd 9)',
        facts: { handle: '9', peerAddress: 'fe80::7', peerPort: 50022 },
      },
      { message: "New connection from ('10.1.2.3', 50022)", facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'connection received: host=10.1.2.3 port=50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'Handling client 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'handling connection on fd 7', facts: { handle: '7' } },
      { message: 'new peer 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: 'New connection , socket fd is 4 , ip is : 10.1.2.3 , port : 50022',
        facts: { handle: '4', peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'new peer discovered: gate-7', facts: null },
      {
        message: 'Built inbound TCP connection 12 for outside:10.1.2.3/50022 to inside:10.1.2.9/9000',
        facts: null,
      },
      { message: 'Handling client timeout 30', facts: null },
      { message: 'new connection string loaded', facts: null },
      { message: 'opening new connection to 10.1.2.3:7001', facts: null },
      { message: 'new session for user 7 started', facts: null },
      { message: 'session opened for user bob(uid=1000)', facts: null },
      { message: 'session opened for 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'conn opened id=5 remote=10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'new conn sd=9 ip=10.1.2.3 port=50022', facts: { handle: '9', peerPort: 50022 } },
      { message: 'conn 10.1.2.3:50022 state new', facts: { peerPort: 50022 } },
      { message: 'conn 10.1.2.3:50022 active', facts: null },
    ],
  },
  {
    // One word, and who it is as fields.
    id: 'connection-fields',
    kind: 'accept',
    keywords: [
      'remoteaddr',
      'remote_addr',
      'remoteport',
      'remote_port',
      'clientaddr',
      'client_addr',
      'peeraddr',
      'peer_addr',
    ],
    pattern: wording`
      ^(?:[\w.-]{1,20}: )?(?:tcp |client |socket )?connect(?:ion|ed)? (?:opened |open |established )?(?=(?:[\w.]{1,20}=\S{1,60} ){0,4}
        (?:remote|client|peer)[_.]?(?:addr|ip|host|port)\w{0,6}=)(?!.{0,200}\b(?:error|err|code|reason|duration)=)
    `,
    samples: [
      {
        message: 'connection remoteAddress=10.1.2.3 remotePort=50022',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'connected id=4 remote_addr=10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'connection remoteAddress=10.1.2.3 remotePort=50022 reason=timeout', facts: null },
      { message: 'connection pool remote_addr=10.1.2.9:5432', facts: null },
    ],
  },
  {
    id: 'client-connected',
    kind: 'accept',
    keywords: ['connected'],
    // Before a colon it is who writes. Who "is connected" is the one that connected; who "is connected to" is the one that was connected to.
    pattern: wording`
      ${OF_A_SERVICE}\b(?:client|peer)\b(?!s| *[:\]>] *connected\b).{0,80}(?<!
        \b(?:not|never|no longer|still|whether|is|until|if|when|before|once|unless)[ \t]
      )\bconnected\b(?<!\b(?:whether|until|if|when|before|once|unless)\b.{0,40})(?!
        [ \t]*[=:]? *(?:false|no|true|yes|state|property|flag|status|time-?out)\b
        |(?<!\d connected) to\b|.{0,12}\b(?:outbound|outgoing)\b
      )
      |(?<=^|[:\]>|-] *)(?:socket )?connected (?:by|from)\b
      |\b\d{1,3}(?:\.\d{1,3}){3}['"]?(?::|, ?)\d{1,5}\)? (?:has |is )?connected\b
        (?! (?:to|with)\b|.{0,12}\b(?:outbound|outgoing)\b)
    `,
    samples: [
      { message: 'client connected to 10.1.2.9:9000', facts: null },
      { message: 'client 10.1.2.3:50022 connected to port 9000', facts: { peerPort: 50022 } },
      { message: 'client connected = false', facts: null },
      { message: 'checking whether client connected', facts: null },
      { message: 'redis client connected', facts: null },
      { message: 'Peer 10.1.2.3:7000 connected (outbound)', facts: null },
      { message: 'Client 10.1.2.3:50022 connected', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: "Connected by ('10.1.2.3', 50022)", facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'Socket connected from /10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: "('10.1.2.3', 50022) connected", facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: "INFO:server:Connected by ('10.1.2.3', 50022)", facts: { peerPort: 50022 } },
      { message: 'Client connected [10.1.2.3:50022]', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: '10.1.2.3:50022 connected to 10.1.2.9:7001', facts: null },
      { message: '10 clients connected', facts: null },
      { message: 'client connected ::ffff:10.1.2.3 50022', facts: { peerAddress: '::ffff:10.1.2.3', peerPort: 50022 } },
      { message: 'Client 10.1.2.3 connected after 1024 ms', facts: { peerPort: null } },
      { message: 'client not connected', facts: null },
      { message: 'client: connected 10.1.2.3:50022 -> 10.1.2.9:9000', facts: null },
    ],
  },
]
