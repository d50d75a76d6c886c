import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What network frameworks and well-known servers say in their own names: of callbacks, sessions and channels. */
export const frameworks: readonly EventPattern[] = [
  {
    // Perl's Net::Server.
    id: 'net-server-accept',
    kind: 'accept',
    keywords: ['connect tcp peer'],
    pattern: wording`
      \bCONNECT TCP Peer: "\[?(?<peerAddress>[\da-f.:]{2,45})\]?:(?<peerPort>\d{1,5})" Local: "\[?
        (?<address>[\da-f.:]{2,45})\]?:(?<port>\d{1,5})"
    `,
    samples: [
      {
        message: 'CONNECT TCP Peer: "[10.1.2.3]:50022" Local: "[10.1.2.9]:9000"',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, address: '10.1.2.9', port: 9000 },
      },
    ],
  },
  {
    // Oracle's listener; a record that ends in the code of what became of it.
    id: 'oracle-establish',
    kind: 'accept',
    keywords: [' * establish * '],
    pattern: /\(PROTOCOL=tcps?\)\(HOST=(?<peerAddress>[^)]{1,60})\)\(PORT=(?<peerPort>\d{1,5})\)\) \* establish \* /i,
    samples: [
      {
        message:
          '(CONNECT_DATA=(SID=gate)) * (ADDRESS=(PROTOCOL=tcp)(HOST=10.1.2.3)(PORT=50022)) * establish * gate * 0',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
    ],
  },
  {
    // What inetd and systemd start for a connection that they accepted; memcached, NATS and MINA.
    id: 'accept-in-own-words',
    kind: 'accept',
    keywords: ['start: ', '.service', 'client connection', 'session created: local='],
    pattern: wording`
      ^START: \S{1,40} (?:pid=\d{1,9} )?from=(?=[\d:])
      |^Started \S{0,60}@\S{0,12}-(?<address>[\d.]{7,15}):(?<port>\d{1,5})-(?<peerAddress>[\d.]{7,15}):
        (?<peerPort>\d{1,5})\.service\b
      |^<(?<handle>\d{1,9}) new (?:[\w-]{1,24} )?client connection\b|\bcid:\d{1,12} - client connection created\b|\bsession created: local=(?=.{0,200}\bremote=)
    `,
    samples: [
      { message: 'START: gate pid=513 from=::ffff:10.1.2.3', facts: { peerAddress: '::ffff:10.1.2.3' } },
      {
        message: 'Started gate@12-10.1.2.9:9000-10.1.2.3:50022.service - Per-connection gate server (10.1.2.3:50022).',
        facts: { address: '10.1.2.9', port: 9000, peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: '<28 new auto-negotiating client connection', facts: { handle: '28' } },
      { message: '10.1.2.3:50022 - cid:5 - Client connection created', facts: { peerPort: 50022 } },
      {
        message: 'MINA session created: local=/10.1.2.9:9000, class NioSocketSession, remote=/10.1.2.3:50022',
        facts: { port: 9000, peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'Started gate.service - Gate.', facts: null },
    ],
  },
  {
    id: 'callback-accept',
    kind: 'accept',
    keywords: ['connection made', 'async_accept', 'onconnect', 'newconnection', 'channelactive', 'clientconnected'],
    // With the other end beside it: without, it is a callback that is registered.
    pattern: wording`
      \b(?:
        connection made
        |async_accept\b.{0,20}\b(?:completed|done|ok|succeeded|success)
        |(?:\w{0,40}[.:]|Fire|Handle)?(?:OnConnect(?:ed|ion)?|newConnection|channelActive|ClientConnected)
      )\b(?=.{0,60}(?:\d\.\d{1,3}\.\d|::))(?!.{0,60}\b(?:fail|error|refused))
    `,
    samples: [
      { message: "connection made: ('10.1.2.3', 50022)", facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: "Connection made from IPv4Address(type='TCP', host='10.1.2.3', port=50022)",
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: '[acceptor] async_accept completed: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'OnConnect: 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: 'newConnection: peer "10.1.2.3" 50022 descriptor 9',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, handle: '9' },
      },
      {
        message: 'channelActive: [id: 0x1a2b, L:/10.1.2.9:9000 - R:/10.1.2.3:50022]',
        facts: { port: 9000, peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'OnConnect handler registered', facts: null },
      { message: 'async_accept failed: 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'overlapped-accept',
    kind: 'accept',
    keywords: ['acceptex', 'new socket=', 'socket accepted ip'],
    pattern: wording`
      \bAcceptEx\b.{0,20}\b(?:completed|done|succeeded|success|ok)\b(?!.{0,40}\b(?:fail|error))
      |_accept\(\d{1,9}\) *: *new socket=
      |\bsocket accepted ip[ \t_]?addr(?:ess)?[ \t:]{1,3}(?<peerAddress>[\da-f.:]{2,45})
    `,
    samples: [
      { message: 'AcceptEx completed: socket=412 remote=10.1.2.3:50022', facts: { handle: '412', peerPort: 50_022 } },
      { message: 'IOCP: AcceptEx completed, socket 412', facts: { handle: '412' } },
      { message: 'lwip_accept(0): new socket=2', facts: { handle: '2' } },
      { message: 'Socket accepted ip address: 10.1.2.3', facts: { peerAddress: '10.1.2.3' } },
      { message: 'AcceptEx failed: 10055', facts: null },
    ],
  },
  {
    id: 'session-accept',
    kind: 'accept',
    keywords: ['attached', 'joined', 'handling conn', 'serving conn', 'accept', 'created for', 'opened', 'source port'],
    pattern: wording`
      (?:
        \b(?:client|peer|device|station)\b(?!s).{0,40}\b(?:attached|joined)\b(?=.{0,60}\d\.\d)
        |\b\d{1,3}(?:\.\d{1,3}){3}:\d{2,5}\]? (?:has )?(?:joined|attached)\b
        |\b(?:handling|serving) conn\b(?=.{0,60}\d[.:]\d)
        |\baccepting \w{1,10} connection\b(?!s)(?=.{0,60}\d:\d)
        |\bsession \S{1,20} (?:created|accepted) (?:for|from|by)\b(?=.{0,40}\d[.:]\d)
        |\bconn(?:ection)?\b.{0,20}\d:\d{2,5} *-> *\S{0,60}\d:\d{2,5}\)? (?:opened|accepted)\b
        |\bconnection #?\d{1,9} from\b(?=.{0,40}\d\.\d)|^accept(?:ed)? \d{1,5}/tcp\b
        |\baccepted\b.{0,60}\bSocketChannel(?:Impl)?\[connected\b
      )
    `,
    samples: [
      { message: 'TCP srv: client #3 attached (10.1.2.3:50022)', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: '10.1.2.3:50022 joined', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'handling conn remote=10.1.2.3:50022 local=10.1.2.9:9000', facts: { peerPort: 50022, port: 9000 } },
      {
        message: 'accepting AMQP connection <0.9.0> (10.1.2.3:50022 -> 10.1.2.9:5672)',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'Session 4 created for 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'conn[4] 10.1.2.3:50022->10.1.2.9:9000 opened', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: 'Modbus: connection 4 from 10.1.2.3 (source port 50022)',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'ACCEPT 9000/tcp 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: 'Accepted java.nio.channels.SocketChannel[connected local=/10.1.2.9:9000 remote=/10.1.2.3:50022]',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022, port: 9000 },
      },
      { message: 'session 4 created for user bob', facts: null },
      { message: 'debugger attached', facts: null },
      { message: 'connection 10.1.2.3:50022->10.1.2.9:9000 is slow', facts: null },
    ],
  },
  {
    id: 'framework-listening',
    kind: 'listening',
    keywords: [
      'bound to tcp address',
      'server',
      'factory starting on',
      'site starting on',
      'listener',
      'acceptor',
      'serversocket',
    ],
    pattern: wording`
      (?:
        \b\w{0,60}(?:Factory|Site|Server) starting on (?<port>\d{2,5})\b
        |\b\w{0,20}server\w{0,20}\b.{0,12}\bActive *:?= *True\b(?=.{0,20}\bport\b)|\bserver (?:is )?(?:active|open)\b.{0,20}\bport\b
        |\bserver socket (?:is )?open(?:ed)?\b.{0,20}\bport\b
        |\bserver started\b.{0,20}\b(?:addr\w{0,4}|port|listen)=
        |\badd(?:ed|ing)? (?:active )?listener\b(?=.{0,200}\d:\d)
        |\bacceptor\b\]? (?:is )?(?:open(?:ed)?|bound|started)\b(?=.{0,40}\d)
        |\bbound\b.{0,40}\bServerSocketChannel|\bServerSocket(?:Channel)? (?:is )?bound\b(?=.{0,60}:\d)
        |\bsocket \d{1,6} bound to TCP address\b(?:.{0,80}\bfd (?<handle>\d{1,9}))?
      )
    `,
    samples: [
      {
        message: 'uwsgi socket 0 bound to TCP address 10.1.2.9:9000 fd 3',
        facts: { address: '10.1.2.9', port: 9000, handle: '3' },
      },
      { message: 'EchoFactory starting on 9000', facts: { port: 9000 } },
      { message: 'IdTCPServer1: Active := True; Port 9000', facts: { port: 9000 } },
      { message: 'Server active on port 9000', facts: { port: 9000 } },
      { message: 'Server socket open, port 9000', facts: { port: 9000 } },
      { message: 'tcp server started addr=:9000', facts: { port: 9000 } },
      {
        message: 'add active listener: name=gate, hash=12, tag=1, address=10.1.2.9:9000',
        facts: { address: '10.1.2.9', port: 9000 },
      },
      { message: '[acceptor] open 10.1.2.9:9000', facts: { address: '10.1.2.9', port: 9000 } },
      { message: 'Acceptor bound on port 9000', facts: { port: 9000 } },
      { message: 'Bound java.nio.channels.ServerSocketChannel[/10.1.2.9:9000]', facts: { port: 9000 } },
      {
        // An address that was not looked up, as Java prints it.
        message: 'ServerSocketChannel bound to 0.0.0.0/0.0.0.0:9000',
        facts: { address: '0.0.0.0', port: 9000 },
      },
      { message: 'server started in 12 ms', facts: null },
      { message: 'added listener for config changes', facts: null },
    ],
  },
  {
    // Tomcat: the connector's protocol, implementation, address if it has one, and port.
    id: 'protocol-handler',
    kind: 'listening',
    keywords: ['protocolhandler'],
    pattern: /\bStarting ProtocolHandler \["\w{1,20}(?:-[\w.%]{1,45}){0,3}-(?<port>\d{2,5})"\]/,
    samples: [
      { message: 'Starting ProtocolHandler ["http-nio-9000"]', facts: { port: 9000 } },
      { message: 'Starting ProtocolHandler ["https-jsse-nio-127.0.0.1-9000"]', facts: { port: 9000 } },
      { message: 'Initializing ProtocolHandler ["http-nio-9000"]', facts: null },
      { message: 'Stopping ProtocolHandler ["http-nio-9000"]', facts: null },
    ],
  },
]
