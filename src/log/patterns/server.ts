import type { EventPattern } from '../pattern.ts'

/** What servers say of their listening sockets and of the connections that they take from them. */
export const server: readonly EventPattern[] = [
  {
    id: 'listening',
    kind: 'listening',
    keywords: ['listen'],
    pattern:
      /^(?!.{0,200}\b(?:stop(?:ped|ping)?|no longer|not|clos(?:ed?|ing)|ceas\w{1,3}|failed|would)[ \t]+(?:to[ \t]+)?listen|.{0,200}\bcreat\w{1,3}[ \t]+(?:\w{1,8}[ \t]+)?listen).{0,200}\b(?:now[ \t]+)?listen(?:ing|s|ed)?(?:\(\))?(?:[ \t]*[:=]|,?[ \t]+(?:(?:ok|succeeded),?[ \t]+)?(?:on|at|fd|h?socket|sock|handle|addr\w{0,4}|port|to|tcp|https?|connections?|backlog|IPv[46])\b|[ \t]+for[ \t]+(?:incoming|connection|client|new|tcp|http)|[ \t]+(?:ok|succeeded|state)\b|[ \t]*\/|[ \t]*$|[ \t]+[\d[:*]|\(\d{1,9}, ?\d{1,9}\)[ \t]*(?:ok|=[ \t]*0|succeeded))/i,
    samples: [
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
      { message: 'Started listening, handle=0x3a4', facts: { handle: '0x3a4' } },
      { message: 'Listen() ok, hSocket=932', facts: { handle: '932' } },
      { message: 'socket 932 now in LISTEN state', facts: { handle: '932' } },
      { message: 'stopped listening on port 80', facts: null },
      { message: 'listening for configuration changes', facts: null },
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
    ],
    pattern:
      /^(?!.{0,200}\b(?:not|no longer|stop(?:ped|s)?)[ \t]+(?:ready|accepting|waiting)).{0,200}\b(?:ready to accept|ready for|waiting for|accepting|awaiting)[ \t]+(?:an?[ \t]+|incoming[ \t]+|new[ \t]+|client[ \t]+)?(?:connections|clients|connection(?:$|[ \t]+on))\b/i,
    samples: [
      { message: 'Ready to accept connections tcp', facts: {} },
      { message: 'accepting connections on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
      { message: 'no longer accepting connections', facts: null },
    ],
  },
  {
    id: 'started-on-port',
    kind: 'listening',
    keywords: [
      'on port',
      'running on',
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
    ],
    pattern:
      /\b(?:started|running|serving|available)\b.{0,40}?[ \t](?:on|at)[ \t]+(?:port[ \t(]|http|\d|\[|localhost|:)|\bserving[ \t]+(?:https?[ \t]+)?(?:on|at)[ \t]+[([\d]|\bstart(?:ing|ed)[ \t]+(?:\w{1,20}[ \t]+){0,2}server[ \t]+(?:on|at)[ \t]|\b(?:server|listener|acceptor)[ \t]+(?:is[ \t]+)?(?:up|ready|bound)[ \t]+(?:on|at|to)[ \t]|\b(?:open|start)(?:ed|ing)?[ \t]+(?:tcp[ \t]+|the[ \t]+)?listener\b|\bstarted \w{0,20}connector@.{0,80}\{|\bserver\b.{0,40}\bbound to\b/i,
    samples: [
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
      { message: 'TCP listener ready on 10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001 } },
    ],
  },
  {
    id: 'accept',
    kind: 'accept',
    keywords: ['accept'],
    pattern:
      /^(?!.{0,200}\b(?:not|no|never|cannot|can't|ready to|waiting to|stop(?:ped)?|start(?:ed|ing)?|about to)[ \t]+(?:\w{1,12}[ \t]+)?accept).{0,200}(?:(?<![a-z])|On|Do)accept(?:ed|ing|s|4)?(?:\(\))?(?:[ \t]*:[ \t]*\w|(?<!accepted)[ \t]*(?:=|->)[ \t]*\d|[ \t]+(?:a[ \t]+|new[ \t]+|the[ \t]+|client[ \t]+|incoming[ \t]+|tcp[ \t]+|inbound[ \t]+)?(?:connection(?!s)|client(?!s)|h?socket(?!s)|sock|session|peer|from|fd|handle|on|ok|returned|returns|\d{1,3}\.|\d{1,9}[ \t]*$|\/|\[)|(?<=\b(?:connection|client|socket|peer|\d)\b.{0,120})[ \t]*(?:$|[,;)(]))/i,
    samples: [
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
      { message: 'Accepted 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      {
        message: 'accept() returned fd 9 (10.1.2.3:50022)',
        facts: { handle: '9', peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'OnAccept: handle=0x3a4 remote 10.1.2.3:50022', facts: { handle: '0x3a4', peerPort: 50022 } },
      {
        message: 'accept on listener fd 5: new socket 12 from 10.1.2.3:50022',
        facts: { listener: '5', handle: '12', peerPort: 50022 },
      },
      { message: 'connection #12 accepted (fd=9)', facts: { handle: '9' } },
      { message: 'handle_accept(): fd 9', facts: { handle: '9' } },
      { message: 'no connection accepted', facts: null },
      { message: 'accepted 3 of 5 jobs', facts: null },
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
      'new connection',
      'new tcp',
      'connection from',
      'incoming',
      'inbound',
      'session',
      'connect from',
      'connection received',
      'got connection',
      'got a connection',
      'opened',
      'established',
    ],
    pattern:
      /\b(?:new|incoming|inbound|got(?:[ \t]+a)?)[ \t]+(?:tcp[ \t]+|client[ \t]+|inbound[ \t]+)?(?:connection|client|session)\b(?!s| pool| limit| attempt)|\b(?:connection|connect|session)[ \t]+(?:received|request|established|opened)?[ \t]*(?:from|by|for|:[ \t]*host=)|\bsession[ \t]+\S{1,20}[ \t]+(?:started|opened)[ \t]+(?:for|from|by)\b|\bconn(?:ection)?[ \t]+opened\b(?:[ \t]*:|.{0,80}\b(?:from|remote|peer|client)\b)/i,
    samples: [
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
      { message: 'session opened for 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'conn opened id=5 remote=10.1.2.3:50022', facts: { peerPort: 50022 } },
    ],
  },
  {
    id: 'client-connected',
    kind: 'accept',
    keywords: ['connected'],
    pattern: /\b(?:client|peer)\b(?!s).{0,80}(?<!\b(?:not|no longer|still)[ \t])\bconnected\b/i,
    samples: [
      { message: 'Client 10.1.2.3:50022 connected', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: '10 clients connected', facts: null },
      { message: 'client not connected', facts: null },
    ],
  },
  {
    id: 'socket-created',
    kind: 'socket-created',
    keywords: ['socket', 'created', 'sock#'],
    pattern:
      /\bsocket\b.{0,40}\b(?:created|opened)\b|\bcreated?[ \t]+(?:a[ \t]+|new[ \t]+|tcp[ \t]+|listen(?:ing|er)?[ \t]+)?socket\b|\b(?:WSA)?socket(?:\(\))?[ \t]*(?:=|->|returned)[ \t]*(?:fd[ \t]*)?\d|\bCSocket::Create\b|\b(?:socket|sock|fd)[ \t]*(?:[=:#][ \t]*)?(?:0x)?[\da-f]{1,16}[ \t]+(?:is[ \t]+)?(?:new|allocated)\b|\ballocated[ \t]+socket[ \t]+\d|\b(?:opened|new)[ \t]+socket[ \t]+(?:fd[ \t]*=?[ \t]*)?\d/i,
    samples: [
      { message: 'Socket 932 created', facts: { handle: '932' } },
      { message: 'socket created fd=5', facts: { handle: '5' } },
      { message: 'created socket 7', facts: { handle: '7' } },
      { message: 'created listening socket fd 5', facts: { handle: '5' } },
      { message: 'opened socket 5', facts: { handle: '5' } },
      { message: 'socket() -> fd 5', facts: { handle: '5' } },
      { message: 'CSocket::Create ok, hSocket=0x3a4', facts: { handle: '0x3a4' } },
      { message: 'WSASocket returned 932', facts: { handle: '932' } },
    ],
  },
  {
    id: 'bind',
    kind: 'bind',
    keywords: ['bind', 'bound'],
    pattern: /\b(?:bind(?:ing)?|bound)(?:\(\))?[ \t]*(?:[:=][ \t]*|(?:ok|socket|fd|addr\w{0,4})\b|to\b|on\b|\d|\[)/i,
    samples: [
      { message: 'bound to 0.0.0.0:9000', facts: { address: '0.0.0.0', port: 9000 } },
      { message: 'bind fd=5 addr=127.0.0.1:9000', facts: { handle: '5', address: '127.0.0.1', port: 9000 } },
    ],
  },
]
