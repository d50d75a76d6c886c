import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'
import { NO_ACCEPT, NOT_TAKEN, OF_A_SERVICE, OF_FIREWALL } from './not-accepted.ts'
import { NOT_BLOCKED } from './would-block.ts'

/** That nobody listens, or the question whether; datagrams and sockets of the file system; and a listening socket that fails. */
const NOT_LISTENING = words`
  (?:
    \b(?:nothing|nobody|no[ \t](?:one|process|server|program)|whether|if|make sure|ensure|any(?:thing|body|one))
      \b.{0,60}\blisten
    |\bis (?:the )?\w{1,20} listening\b.{0,60}\?|(?<!\btcp\b.{0,20})\budp\b(?!.{0,20}\btcp\b)
    |\bunix\b(?: (?:domain )?socket|:)|\.sock\b
    |\blisten(?:ing)? (?:socket|fd)\b.{0,60}\b(?:error|failed|failure|lost|invalid)\b
    |\b(?:on|for|of|from|with|event) (?:the )?listening (?:socket|sock|fd|handle)\b
    |\blink-type\b
  )
`

/**
 * Accepting that is only asked for, or waited in: the operation was handed to a poll or to the kernel (Asio, io_uring, AcceptEx,
 * Java's selectors), the call has not returned, or the socket that the next connection will get was made.
 */
const ONLY_AWAITED = words`
  (?:
    \b(?:
      submit(?:s|ted|ting)?|post(?:s|ed|ing)?|(?:re-?)?arm(?:s|ed|ing)?|queu(?:es|ed|ing)|issu(?:es|ed|ing)
      |schedul(?:es|ed|ing)|prep(?:s|ared|aring)?|register(?:s|ed|ing)?|pending|outstanding
    ) (?:(?:an?|another|the|next|async|multishot|overlapped) ){0,2}(?:OP_)?accept(?:4|ex)?\b
    |\b(?:block(?:s|ed|ing)|wait(?:s|ed|ing)?|stuck|sleep(?:s|ing)|parked|hang(?:s|ing))[ \t]+
      (?:in|on|at|inside|within) (?:the )?(?:\w{1,20}[. \t]+)?accept4?\b
    |(?:\basync|non_blocking)_accept(?: *$|,ec=)|\bSYN\b.{0,80}\baccept
    |\baccept[ \t_]?socket (?:is |was )?(?:pre-?)?(?:created|allocated|opened|made)\b
    |\baccept on \S{3,60}, ready: \d|${NO_ACCEPT}|${OF_FIREWALL}
  )
`

/** What servers say of their listening sockets and of the connections that they take from them. */
export const server: readonly EventPattern[] = [
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
        | *[:=]|\((?:0x[\da-f]{1,16}|\d{1,9})\) *(?:ok|succeeded|= *0)
        |,? (?:(?:ok|succeeded),? )?(?:
          on|at|fd|h?socket|sock|handle|addr\w{0,4}|port|to|tcp|https?|connections?|backlog|IPv[46]
        )\b
        | for (?:incoming|connection|client|new|tcp|http)
        | (?:ok|succeeded|state)\b| */| *$| [\d[:*]| (?=[\w.]{1,40}=)
        |\(\d{1,9}, ?\d{1,9}\) *(?:ok|= *0|succeeded)
      )(?<=^(?!.{0,300}${NOT_LISTENING}).{0,1000})
    `,
    samples: [
      { message: 'event on listening socket 5', facts: null },
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
    id: 'ready-to-accept',
    kind: 'listening',
    keywords: [
      'ready to accept',
      'waiting for connection',
      'waiting for a connection',
      'waiting for client',
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
        |connection(?:$| on\b)
      )
    `,
    samples: [
      { message: 'Ready to accept connections tcp', facts: {} },
      // PHP-FPM.
      { message: 'ready to handle connections', facts: {} },
      { message: 'accepting connections on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
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
      'connector@',
      'started at',
      'started on',
      'available at',
      'available on',
      'up on',
      'ready on',
      'listener',
      'starting',
      'binding to',
      'server up',
      ' with cowboy',
      ' with bandit',
    ],
    pattern: wording`
      (?<!\balready[ \t])\b(?:started|running|serving|available)\b.{0,40}?[ \t](?:on|at) (?:
        port[ \t(]|http|\d{1,3}\.\d|\d{2,5}(?![\w.:%-])|\[|localhost|:
      )
      |\bserver\w{0,20} (?:is )?(?:now )?active on port\b|\bserving (?:https? )?(?:on|at) [([\d]
      |\bstart(?:ing|ed) (?:\w{1,20} ){0,2}server (?:on|at)[ \t]
      |\b(?:server|listener|acceptor) (?:is )?(?:up|ready|bound) (?:(?:on|at|to)[ \t]|(?:addr\w{0,4}|port)=)
      |\b(?:open|start)(?:ed|ing)? (?:tcp |the )?listener\b
      |\bstarted \w{0,20}connector@.{0,80}\{|\bserver\b.{0,40}\bbound to\b
      |\bservice\b.{1,60}\bbound to\b(?=.{1,46}:\d)|\bsuccessfully bound to\b(?=.{1,46}:\d)
      |^binding to (?:tcp|ssl)\w{0,3} port (?<port>\d{2,5})\b
    `,
    samples: [
      { message: 'Running GateWeb.Endpoint with cowboy 2.9.0 at 0.0.0.0:4000 (http)', facts: { port: 4000 } },
      { message: 'ServerSocket1 Active on port 9000, Handle=932', facts: { port: 9000, handle: '932' } },
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
      { message: 'running at 80% of its capacity', facts: null },
      { message: 'job started at 10:00:00', facts: null },
      { message: 'TCP server up port=7001 sd=6', facts: { port: 7001 } },
      { message: 'TCP listener ready on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
    ],
  },
  {
    id: 'accept-call',
    kind: 'accept',
    keywords: ['accept'],
    pattern: wording`
      (?:
        \bsocket accepted *:
        |(?:\b(?:WSA)?|_OP_)accept4?(?! *= *\d{4,5}(?!\w))(?:
          \((?:[a-z_ ]{0,20}[=:]? ?(?<listener>\d{1,9}))?[^)]{0,80}\)
        )?(?: *(?:=>?|->)|,? (?:cqe[ \t:,]{1,2})?(?:returned|returns|res(?:ult)? *[=:]))
      )(?: *(?:new )?(?:h?socket|sock|fd|handle))?(?: *[=:#])? *(?<handle>0x[\da-f]{1,16}|\d{1,20})\b
        (?![.:]\d)
    `,
    samples: [
      { message: 'accept=9000 connect=7001', facts: null },
      { message: 'accept() = 7', facts: { handle: '7', listener: null } },
      { message: 'accept returned 7', facts: { handle: '7' } },
      {
        message: 'accept() returned fd 9 (10.1.2.3:50022)',
        facts: { handle: '9', peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'New socket accepted: 416', facts: { handle: '416' } },
      { message: 'accept4(5) -> 7', facts: { listener: '5', handle: '7' } },
      { message: 'accept(listen_fd=5) returned fd 7', facts: { listener: '5', handle: '7' } },
      { message: 'cqe: IORING_OP_ACCEPT res=7', facts: { handle: '7' } },
      { message: 'cqe: accept res=-24', facts: null },
      { message: 'accept() returned -1', facts: null },
      { message: 'accepted = 7', facts: null },
    ],
  },
  {
    id: 'accept',
    kind: 'accept',
    keywords: ['accept'],
    pattern: wording`
      ^(?!
        .{0,200}\b(?:not|no|never|cannot|can't|ready to|waiting to|stop(?:ped)?|start(?:ed|ing)?|about to)[ \t]+
          (?:\w{1,12} )?accept
        |.{0,200}accept4?(?:\(\))? *(?:=|->|:|returned|returns) *-1\b
        |.{0,200}\b\d{1,9} accepted, \d{1,9} \w|.{0,200}?${ONLY_AWAITED}
      ).{0,200}(?:(?<![a-z])|On|Do)accept(?:ed|ing|s|4)?(?:\(\))?(?:
        [ \t]*: *(?!\d{1,9}(?:[ \t,;/]|$)|std::|(?:[\w.]{1,80})?(?:Exception|Error)\b|panic)(?=.{0,80}\d)\w
        |(?<!accepted) *(?:=|->) *\d
        | (?:a |new |the |client |incoming |tcp |inbound )?(?:
          connection(?!s)|client(?!s)|h?socket(?!s)|sock|session|peer|from|fd|(?:file )?descriptor
          |handle(?![a-z])|on|ok|returned|returns|TcpStream|\((?:fd|socket|sock|handle)\b|\d{1,3}\.|\d{1,9} *$|/
          |\[
          |(?:conn\w{0,7}\.)?(?:remote|client|addr|raddr|src)[\w.]{0,10}[=:]
        )
        |(?<=\b(?:connection|client|socket|peer|\d)\b.{0,120}) *(?:$|[,;)(.]|[ \t](?=[\w.]{1,40}=|0x|\d|\[))
      )${NOT_BLOCKED}
    `,
    samples: [
      { message: 'call server: accepted 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'version 1.2 server: accept fd=7 from 10.1.2.3:50022', facts: { handle: '7', peerPort: 50022 } },
      { message: 'payment from 10.1.2.3:50022 accepted', facts: null },
      { message: 'Service [gate] accepted (FD=3) from 10.1.2.3:50022', facts: { handle: '3', peerPort: 50022 } },
      { message: '(XNIO-1 Accept) XNIO001007: A channel event listener threw an exception', facts: null },
      { message: 'payment 1234 accepted from 10.1.2.3', facts: null },
      { message: 'message from queue 7 accepted from 10.1.2.3', facts: null },
      { message: 'HTTP header Accept: text/html from 10.1.2.3', facts: null },
      { message: 'gateway will accept connection within 5 s', facts: null },
      { message: 'accept = 0.0.0.0:9000', facts: null },
      { message: 'calling accept on fd 5', facts: null },
      { message: 'accept: waiting on fd 5', facts: null },
      { message: 'certificate of client 10.1.2.3:50022: connection accepted', facts: { peerPort: 50022 } },
      {
        // Windows' number for "would block", as a port.
        message: 'accept fd=7 from 10.1.2.3:10035',
        facts: { handle: '7', peerAddress: '10.1.2.3', peerPort: 10_035 },
      },
      {
        message: 'Accept: Socket 1204 from 127.0.0.1:36248',
        facts: { handle: '1204', peerAddress: '127.0.0.1', peerPort: 36248 },
      },
      {
        message: 'accepted connection fd=6 peer=127.0.0.1:54946',
        facts: { handle: '6', peerAddress: '127.0.0.1', peerPort: 54946 },
      },
      {
        message: 'c.e.net.Acceptor - Accepted connection from /127.0.0.1:55362',
        facts: { peerAddress: '127.0.0.1', peerPort: 55362 },
      },
      {
        message: 'connection from 127.0.0.1 port 57990 accepted',
        facts: { peerAddress: '127.0.0.1', peerPort: 57990 },
      },
      { message: 'accepted connection from port 50022', facts: { peerPort: 50022, port: null } },
      { message: 'accepted connection from 10.1.2.3 on port 9000', facts: { peerAddress: '10.1.2.3', port: 9000 } },
      { message: 'Accepted 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'OnAccept: handle=0x3a4 remote 10.1.2.3:50022', facts: { handle: '0x3a4', peerPort: 50022 } },
      {
        message: 'accept on listener fd 5: new socket 12 from 10.1.2.3:50022',
        facts: { listener: '5', handle: '12', peerPort: 50022 },
      },
      { message: 'connection #12 accepted (fd=9)', facts: { handle: '9' } },
      {
        message: 'Connection accepted attr.remote=10.1.2.3:50022 attr.connectionId=1',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'Connection id "0HMVDN2B7U1HE" accepted.', facts: {} },
      { message: 'accept remote_addr=10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'accept conn.remote=10.1.2.3:50022', facts: { peerPort: 50022 } },
      {
        message: 'Accepted connection from Socket[addr=/10.1.2.3,port=50022,localport=9000]',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'accept: Resource temporarily unavailable', facts: null },
      { message: 'accept returned -1 EWOULDBLOCK', facts: null },
      { message: 'handle_accept(): fd 9', facts: { handle: '9' } },
      { message: 'accepted: 0, handled: 0', facts: null },
      { message: 'no connection accepted', facts: null },
      { message: 'accepted 3 of 5 jobs', facts: null },
      { message: 'listener statistics: 1 accepted, 0 failed', facts: null },
      { message: 'std::bad_alloc in accept handler', facts: null },
      { message: 'accept: Die Ressource ist zur Zeit nicht verfügbar', facts: null },
      { message: 'accept: Tidak ada lagi berkas', facts: null },
      { message: 'terminate called in thread accept: std::out_of_range', facts: null },
      { message: '0*1|socket@0x7ffc.async_accept', facts: null },
      { message: '.1|non_blocking_accept,ec=system:11', facts: null },
      { message: 'blocking in accept on fd=5', facts: null },
      { message: 'io_uring: submitted accept on fd 5', facts: null },
      { message: 'Acceptor: registered OP_ACCEPT on selector', facts: null },
      { message: 'accept socket created, handle 1204', facts: null },
      { message: 'filter_IN_ACCEPT: IN=eth0 SRC=10.1.2.3 DST=10.1.2.9 PROTO=TCP SPT=50022 DPT=9000', facts: null },
      { message: '10.1.2.3 10.1.2.9 50022 9000 6 10 840 1764230591 1764230600 ACCEPT OK', facts: null },
      { message: 'SYN received from 10.1.2.3:50022, pending accept', facts: null },
      // nginx: before it calls accept().
      { message: 'accept on 0.0.0.0:9000, ready: 0', facts: null },
      { message: '*1 accept: 10.1.2.3:50022 fd:7', facts: { handle: '7', peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'license terms accepted by the user', facts: null },
      { message: 'license accepted', facts: null },
      { message: 'statistics: accepted=4 closed=3', facts: null },
      { message: 'accepting connections', facts: null },
    ],
  },
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
        |\bnew conn (?=.{0,60}\b(?:fd|sd|sock|from|peer|ip|addr|remote|client)\b)
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
      { message: 'connection from 10.1.2.3:50022 waiting to be accepted', facts: null },
      { message: 'new connection waiting in backlog', facts: null },
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
      |(?<=^|[:\]>|-] *)connected (?:by|from)\b
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
  {
    id: 'socket-call',
    kind: 'socket-created',
    keywords: ['socket'],
    // What the call gives back, or what a colon gives: "socket=5" alone only names the socket that a line is about.
    pattern: wording`
      (?:
        \b(?:WSA)?socket[AW]?(?:\([^)]{0,80}\) *(?:=|->|:|returned|returns)| (?:->|returned|returns))
        |(?<=^|[:>\]\t ])(?:server|listen(?:ing|er)?)?[ _]?socket (?:created|opened) *:
      )(?: *(?:h?socket|sock|fd|handle))?(?: *[=:#])? *(?<handle>0x[\da-f]{1,16}|\d{1,20})\b(?![.:]\d)
    `,
    samples: [
      { message: 'socket() -> fd 5', facts: { handle: '5' } },
      { message: 'WSASocket returned 932', facts: { handle: '932' } },
      { message: 'socket(AF_INET, SOCK_STREAM, 0) returned 5', facts: { handle: '5' } },
      { message: 'WSASocketW returned 0x1d4', facts: { handle: '0x1d4' } },
      { message: 'server socket created: 412', facts: { handle: '412' } },
      { message: 'heartbeat ok socket=412', facts: null },
    ],
  },
  {
    id: 'socket-created',
    kind: 'socket-created',
    keywords: ['socket', 'created', 'sock#'],
    pattern: wording`
      \bsocket\b.{0,40}\b(?:created|opened)\b
      |\bcreated? (?:(?:an?|new|tcp|udp|server|stream|listen(?:ing|er)?) ){0,3}socket\b
      |\bopened (?:listen(?:ing|er)?|server) socket\b|\bCSocket::Create\b
      |\b(?:socket|sock|fd) *(?:[=:#] *)?(?:0x)?[\da-f]{1,16} (?:is )?(?:new|allocated)\b
      |\ballocated socket \d
      |\b(?:open(?:ed)?|new) socket *:? *(?:fd *=? *)?\d
      |\bsocket handle (?:0x)?[\da-f]{1,16} allocated\b
    `,
    samples: [
      { message: 'Socket 932 created', facts: { handle: '932' } },
      { message: 'socket created fd=5', facts: { handle: '5' } },
      { message: 'created socket 7', facts: { handle: '7' } },
      { message: 'created listening socket fd 5', facts: { handle: '5' } },
      { message: 'opened socket 5', facts: { handle: '5' } },
      { message: 'created TCP server socket (fd 5)', facts: { handle: '5' } },
      { message: 'opened listening socket fd=5', facts: { handle: '5' } },
      { message: 'session authenticated socket=5', facts: null },
      { message: 'CSocket::Create ok, hSocket=0x3a4', facts: { handle: '0x3a4' } },
    ],
  },
  {
    id: 'bind',
    kind: 'bind',
    keywords: ['bind', 'bound'],
    pattern: wording`
      \b(?:bind(?:ing)?|bound)(?:\(\))? *(?:
        [:=] *|(?:ok|succeeded|socket|fd|addr\w{0,4})\b|(?<=\bsocket[ \t=#]{0,2}\w{1,18} bound) *$|to\b|on\b
        |\d|\[
      )
    `,
    samples: [
      { message: 'Socket 412 bound', facts: { handle: '412' } },
      { message: 'bound to 0.0.0.0:9000', facts: { address: '0.0.0.0', port: 9000 } },
      { message: 'bind fd=5 addr=127.0.0.1:9000', facts: { handle: '5', address: '127.0.0.1', port: 9000 } },
    ],
  },
]
