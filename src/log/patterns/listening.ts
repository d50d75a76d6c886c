import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** That nobody listens, or the question whether; datagrams and sockets of the file system; and a listening socket that fails. */
const NOT_LISTENING = words`
  (?:
    \b(?:nothing|nobody|no[ \t](?:one|process|server|program)|whether|if|make sure|ensure|any(?:thing|body|one))
      \b.{0,60}\blisten
    |\bis (?:the )?\w{1,20} listening\b.{0,60}\?|(?<!\btcp\b.{0,20})\budp\b(?!.{0,20}\btcp\b)
    |\bunix\b(?: (?:domain )?socket|:)|\.sock\b
    |\blisten(?:ing)? (?:socket|fd)\b.{0,60}\b(?:error|failed|failure|lost|invalid)\b
    |\b(?:on|for|of|from|with|event) (?:the )?listen(?:ing)? (?:socket|sock|fd|handle)\b
    |\blink-type\b
  )
`

/** What servers say when they begin to listen. */
export const listening: readonly EventPattern[] = [
  {
    id: 'listening',
    kind: 'listening',
    keywords: ['listen'],
    // Subscribers listen, too, to what a broker or their own program sends them.
    pattern: wording`
      ^(?!
        .{0,200}\b(?:
          stop(?:ped|ping)?|no longer|not|clos(?:ed?|ing)|ceas\w{1,3}|failed|would|without|except|exclud\w{1,3}
          |skipp\w{1,3}|remov\w{1,3}|dropp\w{1,3}|ignor\w{1,3}|los(?:t|ing)|miss\w{1,3}
        ) (?:to |the )?listen
        |.{0,200}\b(?:creat|open)\w{1,3} (?:\w{1,8} )?listen(?:ing|er)? (?:socket|sock|fd)(?!.{0,20}\bport\b)
        |.{0,200}\blisten\w{0,3} (?:on|to|for|at) (?:\w{1,20} )?(?:
          topics?|channels?|queues?|subjects?|exchanges?|subscriptions?|bus|events?|signals?|messages?
          |notifications?|updates?|changes?
        )\b(?!.{0,80}(?:port[ \t]|:)\d{2,5})
      ).{0,200}\b(?:now )?listen(?:ing|s|ed)?(?:\(\))?(?:
        [ \t]*\{(?=.{0,120}\bport\b)
        |,? (?:for \w{1,20} )?(?:on|at) (?<port>\d{2,5})(?![\w.:])
        | *[:=]|\((?:\w{1,8} *= *)?(?:0x[\da-f]{1,16}|\d{1,9})(?:, *(?:\w{1,8} *= *)?(?:0x[\da-f]{1,8}|\d{1,9})){0,2}\) *(?:ok|succeeded|(?:=|->|returned) *0\b)
        |,? (?:(?:ok|succeeded),? )?(?:
          on|at|fd|h?socket|sock|handle|addr\w{0,4}|port|to|tcp|https?|connections?|backlog|IPv[46]
        )\b
        | for (?:incoming|connection|client|new|tcp|http)
        | (?:ok|succeeded|state)\b| */| *$| [\d[:*]| (?=[\w.]{1,40}=)
      )(?<=^(?!.{0,300}${NOT_LISTENING}).{0,1000})
    `,
    samples: [
      { message: 'event on listening socket 5', facts: null },
      { message: 'Connection accepted on fd 8 based on listen fd 5', facts: null },
      { message: 'listening on eth0, link-type EN10MB', facts: null },
      { message: 'Listening on Socket 932', facts: { handle: '932' } },
      { message: 'Socket 932: listening', facts: { handle: '932' } },
      {
        message: 'listening fd=5 addr=127.0.0.1:12028 backlog=16',
        facts: { handle: '5', address: '127.0.0.1', port: 12028 },
      },
      { message: 'c.e.net.Listener - Listening on /127.0.0.1:28409', facts: { address: '127.0.0.1', port: 28409 } },
      { message: 'c.e.net.Listener - Listening on /::1:14428', facts: { address: '::1', port: 14428 } },
      { message: 'listening on 127.0.0.1 port 17575', facts: { address: '127.0.0.1', port: 17575 } },
      { message: 'Server listening on :: port 22.', facts: { address: '::', port: 22 } },
      { message: 'listening on IPv4 address "127.0.0.1", port 5432', facts: { address: '127.0.0.1', port: 5432 } },
      { message: 'Server is listening on http://localhost:3000', facts: { port: 3000 } },
      { message: 'HTTP server listening on :8080', facts: { port: 8080 } },
      { message: "server listening { address: '10.1.2.3', family: 'IPv4', port: 7001 }", facts: { port: 7001 } },
      { message: 'listen(0x000003A4) OK port 9000', facts: { handle: '0x000003A4', port: 9000 } },
      { message: 'tServer: listen(sd=9) OK on port 9000', facts: { handle: '9', port: 9000 } },
      { message: 'listen(fd=5, backlog=128) = 0', facts: { handle: '5' } },
      { message: 'listen(5, 128) ok', facts: { handle: '5' } },
      { message: 'listen(0x5, 0x80, 0x0)\t\t = 0 0', facts: { handle: '0x5' } },
      { message: 'listen(5, 128) = -1', facts: null },
      { message: 'Started listening, handle=0x3a4', facts: { handle: '0x3a4' } },
      { message: 'Listen() ok, hSocket=932', facts: { handle: '932' } },
      { message: 'Server started, listening on 9000', facts: { port: 9000, handle: null } },
      { message: 'ServerSocket[addr=0.0.0.0/0.0.0.0,localport=9000] listening', facts: { port: 9000 } },
      { message: 'socket 932 now in LISTEN state', facts: { handle: '932' } },
      { message: 'stopped listening on port 80', facts: null },
      { message: 'poll set rebuilt without listening socket 5', facts: null },
      { message: 'listening for configuration changes', facts: null },
      { message: 'Nothing is listening on 127.0.0.1:9000', facts: null },
      { message: 'Make sure the server is listening on port 9000', facts: null },
      { message: 'is the server listening on port 9000?', facts: null },
      { message: 'UDP listening on 0.0.0.0:9000', facts: null },
      { message: 'listening on tcp and udp port 9000', facts: { port: 9000 } },
      { message: 'listening on Unix socket "/run/postgresql/.s.PGSQL.5432"', facts: null },
      { message: 'Listening at: unix:/run/gate.sock (512)', facts: null },
      { message: 'listening socket 5: poll error', facts: null },
      { message: 'subscriber is listening on topic orders', facts: null },
      { message: 'consumer listening to queue jobs', facts: null },
      { message: 'listening to messages on port 9000', facts: { port: 9000 } },
    ],
  },
  {
    // Docker's proxy, whose command line and whose log name the port of the host.
    id: 'docker-proxy',
    kind: 'listening',
    keywords: ['host-port'],
    pattern: wording`
      \bdocker-proxy\b(?!.{0,60}\b(?:exit|stop|fail)).{0,80}?-?host-ip[= ](?<address>[\d.]{7,15}|\[?[\da-f:]{2,45}\]?)
        [ \t]+-?host-port[= ](?<port>\d{1,5})\b
    `,
    samples: [
      {
        message: 'docker-proxy started host-ip=0.0.0.0 host-port=9000 container-ip=172.17.0.2 container-port=8080',
        facts: { address: '0.0.0.0', port: 9000 },
      },
      {
        message: '/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 9000 -container-ip 172.17.0.2',
        facts: { address: '0.0.0.0', port: 9000 },
      },
      { message: 'docker-proxy exited host-ip=0.0.0.0 host-port=9000', facts: null },
    ],
  },
  {
    // A listener by its socket and its port, and nothing of what it does.
    id: 'listener-named',
    kind: 'listening',
    keywords: ['listener '],
    pattern: wording`
      ^(?:[\w.:>\] -]{0,60}[ \t:>\]])?(?<!\bevent[ \t])listener (?:on |is )?(?:h?socket|sock|fd|handle) *[=:#]? *(?<handle>0x[\da-f]{1,16}|\d{1,20})
        [ \t,(]+(?:on )?(?:port|addr\w{0,4})[ \t=:]+(?:[\d.*[\]:a-f]{1,45}:)?\d{2,5}\)?[ \t.]*$
    `,
    samples: [
      { message: 'listener fd=6 port=9000', facts: { handle: '6', port: 9000 } },
      { message: 'net: listener fd 5 on port 9000', facts: { handle: '5', port: 9000 } },
      { message: 'listener socket 412 addr=127.0.0.1:9000', facts: { handle: '412', port: 9000 } },
      { message: 'listener fd=6 port=9000 closed', facts: null },
      { message: 'event listener fd=6 port=9000', facts: null },
    ],
  },
  {
    id: 'ready-to-accept',
    kind: 'listening',
    keywords: [
      'ready to accept',
      'waiting for connection',
      'waiting for a connection',
      'waiting for client',
      'waiting for a client',
      'waiting for incoming',
      'awaiting',
      'accepting',
      'ready for connections',
      'ready to handle',
    ],
    pattern: wording`
      ^(?!.{0,200}\b(?:not|no longer|stop(?:ped|s)?) (?:ready|accepting|waiting)).{0,200}\b(?:
        ready to (?:accept|handle)|ready for|waiting for|accepting|awaiting
      ) (?:an? |incoming |new |client |socket |tcp )?(?:
        (?:connections|clients)\b(?! (?:to )?(?:be )?(?:drain|clos|finish|end|complet|terminat|disconnect))
        |(?:connection|client)(?: to connect)?(?:$|\.{2,3}$| on\b)
      )
    `,
    samples: [
      { message: 'Ready to accept connections tcp', facts: {} },
      // PHP-FPM.
      { message: 'ready to handle connections', facts: {} },
      { message: 'accepting connections on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
      { message: 'Waiting for client on port 9000...', facts: { port: 9000 } },
      { message: 'Waiting for a client to connect...', facts: {} },
      { message: 'waiting for client to answer', facts: null },
      { message: 'no longer accepting connections', facts: null },
      { message: 'waiting for connections to drain', facts: null },
      { message: 'awaiting clients to disconnect', facts: null },
    ],
  },
  {
    id: 'started-on-port',
    kind: 'listening',
    keywords: [
      'on port',
      'running on',
      'running at',
      'serving',
      'bound to',
      'bound on',
      'bound at',
      'backlog',
      'connector@',
      'started at',
      'started on',
      'available at',
      'available on',
      'up on',
      'ready on',
      'listener',
      'starting',
      'started tcp',
      'server started',
      'bound acceptor',
      'binding to',
      'server up',
      'listener ',
      'endpoint active',
      'endpoint is ',
      'endpoint up',
      'is live',
      'for inbound',
      ' with cowboy',
      ' with bandit',
    ],
    pattern: wording`
      (?<!\balready[ \t])\b(?:started|running|serving|available)\b.{0,40}?[ \t](?:on|at) (?:
        port[ \t(]|http|\d{1,3}\.\d|\d{2,5}(?![\w.:%-])|\[|localhost|:
      )
      |\bserver\w{0,20} (?:is )?(?:now )?active on port\b|\bserving (?:https? )?(?:on|at) [([\d]
      |\bstart(?:ing|ed) (?:\w{1,20} ){0,2}server (?:on|at)[ \t]
      |\b(?:server|listener|acceptor) (?:is )?(?:(?:up|ready|bound) (?:(?:on|at)[ \t]|(?:addr\w{0,4}|port)=)|bound to[ \t])
      |\b(?:open|start)(?:ed|ing)? (?:tcp |the )?listener\b
      |\bbound (?:tcp )?(?:listener|acceptor)\b(?=.{0,60}:\d)|\bserver (?:is )?up: *(?=.{1,46}:\d)
      |\bserver\b.{0,20}\bstarted[ ,:(]{1,3}port *[=:]? *\d|(?<!\bevent[ \t])\blistener ['"]?\S{2,60}:\d{2,5}['"]? (?:is |was )?(?:added|created|active|started|opened)\b|(?<!\bevent[ \t])\blistener (?:is )?up\b(?! to)(?=.{0,60}:\d)|(?<!\bevent[ \t])\blistener (?:is )?on port \d
      |\b(?:tcp|https?|rest|grpc) endpoint (?:is )?(?:active|up|live)\b(?=.{0,46}:\d)|\bhttps?:\/\/(?:[\d.]{7,15}|localhost|\*|\[[\da-f:]{2,45}\]):\d{2,5}\/? is (?:now )?(?:live|up)\b
      |\bopened port \d{2,5} for inbound\b|\bstarted tcp server\b(?=.{0,60}:\d)
      |\bstarted \w{0,20}connector@.{0,80}\{|\bserver\b.{0,40}\bbound (?:to|on|at)\b|\bbound\b(?=.{1,46}:\d).{0,60}\bbacklog\b
      |\bservice\b.{1,60}\bbound to\b(?=.{1,46}:\d)|\bsuccessfully bound to\b(?=.{1,46}:\d)
      |^binding to (?:tcp|ssl)\w{0,3} port (?<port>\d{2,5})\b
    `,
    samples: [
      { message: 'Running GateWeb.Endpoint with cowboy 2.9.0 at 0.0.0.0:4000 (http)', facts: { port: 4000 } },
      { message: 'ServerSocket1 Active on port 9000, Handle=932', facts: { port: 9000, handle: '932' } },
      { message: 'Netty server bound on /0:0:0:0:0:0:0:0:9000', facts: { port: 9000 } },
      { message: 'TcpServer.Start: bound 0.0.0.0:9000, backlog 5', facts: { address: '0.0.0.0', port: 9000 } },
      { message: '2 sessions active on port 9000', facts: null },
      { message: 'Tomcat started on port(s): 8080 (http)', facts: { port: 8080 } },
      { message: 'Running on http://127.0.0.1:5000', facts: { address: '127.0.0.1', port: 5000 } },
      {
        message: 'Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...',
        facts: { address: '0.0.0.0', port: 8000 },
      },
      { message: 'Started ServerConnector@1a2b{HTTP/1.1}{0.0.0.0:8080}', facts: { address: '0.0.0.0', port: 8080 } },
      { message: 'Started server on port 9000', facts: { port: 9000 } },
      { message: "Serving on ('127.0.0.1', 9000)", facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'starting server at 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
      { message: 'Server is running at http://localhost:3000', facts: { address: 'localhost', port: 3000 } },
      { message: 'listener bound addr=10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
      { message: 'akka.io.TcpListener - Successfully bound to /10.1.2.3:7001', facts: { port: 7001 } },
      { message: 'Something is already running on port 8080.', facts: null },
      { message: 'Service [gate] (FD=5) bound to 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
      { message: 'Binding to TCP port 7001 on host * with IPv4', facts: { port: 7001 } },
      { message: 'listener up, fd 12, 0.0.0.0:9000', facts: { handle: '12', address: '0.0.0.0', port: 9000 } },
      { message: 'bound listener local=0.0.0.0:9000 fd=9', facts: { handle: '9', port: 9000 } },
      { message: 'TCP endpoint active: 0.0.0.0:9000', facts: { port: 9000 } },
      { message: 'HTTP endpoint is up: http://0.0.0.0:9000', facts: { address: '0.0.0.0', port: 9000 } },
      { message: 'http://[::]:9000 is live', facts: { address: '::', port: 9000 } },
      { message: 'opened port 9000 for inbound', facts: { port: 9000 } },
      { message: 'started TCP server addr=0.0.0.0:9000 fd=5', facts: { handle: '5', port: 9000 } },
      { message: 'Server up: 0.0.0.0:9000 (sock=14)', facts: { handle: '14', port: 9000 } },
      { message: 'bound acceptor to 172.17.0.1:9000 (docker0)', facts: { address: '172.17.0.1', port: 9000 } },
      { message: 'Server started, port 9000', facts: { port: 9000 } },
      { message: 'starting workers; listener 0.0.0.0:9000 added', facts: { address: '0.0.0.0', port: 9000 } },
      { message: 'Listener on port 9000', facts: { port: 9000 } },
      { message: 'listener up 12 days', facts: null },
      { message: 'listener up to date at 10:00', facts: null },
      { message: 'http://example.com:8080 is live', facts: null },
      { message: 'running at 80% of its capacity', facts: null },
      { message: 'job started at 10:00:00', facts: null },
      { message: 'TCP server up port=7001 sd=6', facts: { port: 7001 } },
      { message: 'TCP listener ready on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
    ],
  },
]
