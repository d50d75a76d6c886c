import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** Words before an acceptor or listener that is one of messages, of other sockets, or of another port than the clients'. */
const OTHERS = words`
  \b(?:
    event|message|config(?:uration)?|key|mouse|change|queue|topic|jms|kafka|consumer|mqtt|udp|jmx|admin|metrics?
    |signal|debug|health|snmp|dns|file|shutdown
  )[ \t_-]?
`
/** Code that accepts, as programs name it: by itself, or as the thread that waits at the listening socket. */
const ACCEPTS = String.raw`(?:(?<!${OTHERS})(?:accept(?:or|er|ing|ance)?|listen(?:er|ing)?)|server[ \t_-]?socket)`
const RUNS = '(?:thread|loop|task|goroutine|fib(?:er|re)|coroutine|routine)'
const ENDS = words`
  (?:
    exit(?:s|ed|ing)?|end(?:s|ed|ing)?|terminat(?:es|ed|ing)|stop(?:s|ped|ping)|died|dies|dead|crash(?:ed|es)
    |joined|return(?:s|ed)|finish(?:ed|es)|leav(?:es|ing)|left|abort(?:ed|s)|cancel(?:l?ed|s)|killed|done|gone
    |quit(?:s|ting)?|broke|is not (?:running|alive)
  )
`
/** What waits for sockets, as programs name it. */
const LOOP = words`
  (?:
    (?:event|main|i/?o|e?poll|select|network)[ \t_-]?(?:loop|thread)(?:[ \t_-]?thread)?
    |reactor(?:[ \t_-]?thread)?|selector(?:[ \t_-]?(?:loop|thread))|io_context|io_service
    |(?:IOCP|completion[ \t_-]port)[ \t_-](?:worker|thread)(?:[ \t_-]thread)?
  )
`
/** Words after which the sentence means something else: a loop that finished twelve tasks goes on. */
const LOOP_ENDS = words`
  \b(?:
    exit(?:s|ed|ing)|ended|terminat(?:es|ed|ing)|stopp(?:ed|ing)|died|dead|crash(?:ed|es)|returned|finished
    |abort(?:ed|s)|quit|broke|is not (?:running|alive)
  )\b
`

/** What classes and packages are named with; .NET counts type parameters behind a backtick. */
const CLASS = '[\\w.$/@<>[\\]`]'
/** Classes whose `accept` is that of a socket; that of any other takes a visitor, or a value as Java's consumers do. */
const OF_SOCKETS = String.raw`(?:sock|server|listen|channel|acceptor|endpoint|\bnet|(?<![a-z])(?:net)?fd)\w{0,40}\)?[.:$]{1,2}`
const VISITED = words`
  .{0,300}?[.$:)]accept ?\((?<!${OF_SOCKETS}accept ?\()
  |.{0,300}?::accept(?:::h[\da-f]{1,20})? *$(?<!${OF_SOCKETS}accept(?:::h[\da-f]{1,20})? *)
  | *File "(?![^"]{0,300}(?:sock|serv|listen|asyncio|select))[^"]{1,300}", line \d{1,7}, in accept *$
`
/** What programs accept other than connections: fields of HTTP's header, terms, orders, a parser's tokens. */
const NO_CONNECTION = words`
  .{0,300}?accept(?:ed|s|ing)?_?(?:
    language|encoding|charset|header|ranges?|patch|post|mime|media|type|content|terms|licen[cs]e|invit|offer
    |order|quote|payment|polic|consent|cookie|friend|trade|token|match|visitor|node
  )
`

/** What tells that the code that accepts has stopped or failed, without naming accept() as the call that did. */
export const acceptEnds: readonly EventPattern[] = [
  {
    // A frame of the code that accepts, in a trace: of Java, .NET and JavaScript, of Python, of Go, of Rust, of a debugger.
    id: 'accept-frame',
    kind: 'error',
    keywords: ['accept'],
    pattern: wording`
      ^(?!${VISITED}|${NO_CONNECTION}) *(?:
        at (?:${CLASS}{0,200}[.$+])?(?:\w{0,40}accept\w{0,40}(?:[.$+][\w.$<>]{1,80})?) ?\(
        |File "[^"]{1,300}", line \d{1,7}, in \w{0,40}accept
        |#\d{1,4} 0x[\da-f]{1,16} in [\w:<>]{0,120}accept
        |\d{1,4}: (?:0x[\da-f]{1,16} - )?(?:[\w<>]{1,60}::){1,8}\w{0,40}accept
        |[\w./-]{1,120}\.(?:\(\*?\w{1,60}\)\.)?\w{0,40}accept\w{0,40}(?:\.func\d{1,3})?\(
          (?:0x[^)]{1,200}|\{.{1,200}|\.\.\.)\) *$
      )
    `,
    samples: [
      { message: '\tat com.acme.Server.acceptLoop(Server.java:88)', facts: {} },
      { message: '   at System.Net.Sockets.Socket.Accept()', facts: {} },
      { message: '  at com.acme.net.Acceptor.run(Acceptor.java:88)', facts: {} },
      { message: '   at Gate.Listener.OnAccept(IAsyncResult ar) in C:\\src\\Listener.cs:line 44', facts: {} },
      { message: '  File "/srv/server.py", line 44, in accept_loop', facts: {} },
      { message: 'main.(*Server).acceptLoop(0xc0000a2000)', facts: {} },
      { message: '  12: gate::net::accept_loop', facts: {} },
      { message: '#3 0x00007f12 in accept_loop (arg=0x0)', facts: {} },
      { message: '\tat sun.nio.ch.Net.accept(Native Method)', facts: {} },
      { message: '\tat java.net.ServerSocket.accept(ServerSocket.java:565)', facts: {} },
      { message: 'net.(*TCPListener).Accept(0xc0000a2000)', facts: {} },
      { message: '  File "/usr/lib/python3.11/socket.py", line 293, in accept', facts: {} },
      { message: '  7: tokio::net::tcp::listener::TcpListener::accept', facts: {} },
      { message: '\tat java.util.stream.ReferencePipeline$3$1.accept(ReferencePipeline.java:197)', facts: null },
      { message: '\tat com.acme.server.Orders$$Lambda$12.accept(Unknown Source)', facts: null },
      { message: '\tat com.acme.http.AcceptLanguage.parse(AcceptLanguage.java:7)', facts: null },
      { message: '  File "/srv/tree.py", line 44, in accept', facts: null },
      { message: 'ast.(*Node).Accept(0xc0000a2000)', facts: null },
      { message: '\tat com.acme.SelfDefined.accept(SelfDefined.java:7)', facts: null },
      { message: '  7: gate::ast::Node::accept', facts: null },
      { message: 'accept(5) = 7', facts: null },
      { message: 'at 10:00 accepted (fd 7)', facts: null },
      { message: 'server.accept()', facts: null },
      { message: '#3 accepted (fd 9)', facts: null },
    ],
  },
  {
    // A list of what all threads do: there, one that waits in accept() is well.
    id: 'thread-dump',
    kind: 'error',
    keywords: [
      'full thread dump',
      'goroutine ',
      'tid=0x',
      'thread dump',
      'nid=',
      'most recent call first',
      'thread.state',
      '(lwp ',
    ],
    pattern: wording`
      \bfull thread dump\b|\bthread dump\b|^goroutine \d{1,9} \[(?!running\b)
      |^"[^"]{1,120}" .{0,80}\b(?:tid|nid)=|^ *java\.lang\.Thread\.State:
      |^(?:Current thread|Thread) 0x[\da-f]{4,16}.{0,40}\(most recent call first\)
      |^[ \t*]{0,6}(?:Thread )?\d{1,7} .{0,80}\(LWP \d{1,9}\)
    `,
    samples: [
      { message: 'Full thread dump OpenJDK 64-Bit Server VM (17.0.1+12 mixed mode):', facts: {} },
      { message: 'goroutine 5 [IO wait, 12 minutes]:', facts: {} },
      { message: '"acceptor" #12 prio=5 os_prio=0 tid=0x00007f nid=0x2 runnable [0x00007f]', facts: {} },
      { message: '   java.lang.Thread.State: RUNNABLE', facts: {} },
      { message: 'Thread 0x00007f8a1c (most recent call first):', facts: {} },
      { message: 'Thread 2 (Thread 0x7f1c (LWP 513) "acceptor"):', facts: {} },
      { message: '* 1    Thread 0x7f1c (LWP 513) "gated" 0x00007f in epoll_wait ()', facts: {} },
      { message: 'goroutine 18 [running]:', facts: null },
    ],
  },
  {
    id: 'accept-loop-ended',
    kind: 'accept-failed',
    keywords: ['accept', 'listen', 'server socket', 'server_socket', 'serversocket'],
    pattern: wording`
      \b${ACCEPTS}[ \t_-]?${RUNS}\b['"\]]{0,2}(?: *\([^)]{0,40}\))?(?: *[#:=-]? *\d{1,9})? *:? *
        (?:(?:has|have|was|is|were) )?(?:been )?(?:unexpectedly |already )?${ENDS}\b
      |\b(?:
        exit(?:ed|ing)|leav(?:es|ing)|left|end(?:ed|ing)|stopp(?:ed|ing)|terminat(?:ed|ing)|abort(?:ed|ing)
        |join(?:ed|ing)|break(?:ing)? out of|out of
      ) (?:the )?${ACCEPTS}[ \t_-]?${RUNS}\b
      |\b(?:terminate called|uncaught exception|unhandled exception|segfault|segmentation fault) (?:in|from)[ \t]+
        (?:thread )?['"]?${ACCEPTS}\b
      |\bexception in (?:the )?${ACCEPTS}[ \t_-]?${RUNS}\b
      |(?:
        bad_alloc|out[ \t]of[ \t]memory|malloc[ \t]failed|allocation[ \t]failed
        |cannot[ \t]allocate(?:[ \t]memory)?
      ) (?:in|at|while|during) (?:the )?\w{0,20}accept
    `,
    samples: [
      { message: 'exception in listener configuration', facts: null },
      { message: 'exception in listener thread: Access violation at address 00405A2B', facts: {} },
      { message: 'exception in event listener thread', facts: null },
      { message: 'Accept thread joined', facts: {} },
      { message: 'listener thread exited with code 0', facts: {} },
      { message: 'AcceptThread: leaving', facts: {} },
      { message: 'accept_thread returned', facts: {} },
      { message: 'server socket thread terminated', facts: {} },
      { message: "The thread 'AcceptThread' (0x1a4c) has exited with code 0 (0x0).", facts: {} },
      { message: 'leaving accept loop', facts: {} },
      { message: 'exiting listener loop', facts: {} },
      { message: 'listener task aborted', facts: {} },
      { message: 'accept loop cancelled', facts: {} },
      { message: 'terminate called in thread accept: std::out_of_range', facts: {} },
      { message: 'std::bad_alloc in accept handler', facts: {} },
      { message: 'malloc failed in accept_conn', facts: {} },
      { message: 'event listener thread stopped', facts: null },
      { message: 'UDP listener thread stopped', facts: null },
      { message: 'accept thread started', facts: null },
      { message: 'listener loop running', facts: null },
    ],
  },
  {
    id: 'accept-not-started',
    kind: 'accept-failed',
    keywords: ['accept', 'listen'],
    pattern: wording`
      \b(?:failed|unable|could[ \t]not|cannot|can't) (?:to )?(?:start|create|spawn|launch) (?:an? |the )?
        ${ACCEPTS}[ \t_-]?${RUNS}\b
      |\b${ACCEPTS}[ \t_-]?${RUNS}\b.{0,20}\b(?:not|never) (?:been )?(?:started|created|spawned|launched)\b
      |\baccept\w{0,8}[ \t_-]?(?:handler|callback)\b.{0,20}\b(?:threw|raised)\b
    `,
    samples: [
      { message: 'failed to start acceptor thread: EAGAIN', facts: {} },
      { message: 'acceptor thread not started: disabled in config', facts: {} },
      { message: 'accept handler threw: std::bad_function_call', facts: {} },
      { message: 'acceptor thread started', facts: null },
      { message: 'failed to start event listener thread', facts: null },
    ],
  },
  {
    // What waits for all sockets of a process, or of a thread of it: whoever accepts is called by it.
    id: 'loop-ended',
    kind: 'error',
    keywords: [
      'event loop',
      'event-loop',
      'event_loop',
      'eventloop',
      'main loop',
      'poll loop',
      'poll thread',
      'select loop',
      'i/o loop',
      'i/o thread',
      'io loop',
      'io thread',
      'io_context',
      'io_service',
      'network thread',
      'reactor',
      'selector',
      'iocp',
      'completion port',
      'uv_run',
      'event_base',
    ],
    pattern: wording`
      \b${LOOP}\b['"\])]{0,2}(?: *[#:-]? *\d{1,6})? *:? *(?:(?:has|have|was|is) )?(?:been )?(?:unexpectedly )?
        ${LOOP_ENDS}(?=
          [ \t]*(?:$|[.,;:!(]|-[ \t])
          | (?:
            unexpectedly|prematurely|normally|early|because|due|with|by|on|after (?:an? )?(?:exception|error)
          )\b
        )
      |\b(?:exit(?:ed|ing)|leav(?:es|ing)|left|out of) (?:the )?${LOOP}\b
      |\bio_(?:context|service)(?:\.|::|->)run(?:_one)?\(\) (?:has )?(?:returned|exited|finished|threw)\b
      |\b(?:uv_run|event_base_(?:loop|dispatch))(?:\(\))? returned\b
      |\bClosedSelectorException\b
      |\b(?:uncaught|unhandled) (?:exception|error) in (?:the )?${LOOP}\b
    `,
    samples: [
      { message: 'event loop thread died: std::out_of_range', facts: {} },
      { message: 'io_context.run() returned', facts: {} },
      { message: 'io_context stopped, no more work', facts: {} },
      { message: 'Reactor stopped', facts: {} },
      { message: 'epoll thread exiting', facts: {} },
      { message: 'leaving main loop', facts: {} },
      { message: 'Uncaught exception in event loop: TypeError', facts: {} },
      { message: 'java.nio.channels.ClosedSelectorException', facts: {} },
      { message: 'uv_run returned 0', facts: {} },
      { message: 'GetQueuedCompletionStatus failed 735, IOCP worker exits', facts: {} },
      { message: 'event loop started', facts: null },
      { message: 'event loop done in 12 ms', facts: null },
      { message: 'event loop finished 12 tasks', facts: null },
      { message: 'the event loop is not running hot', facts: null },
      { message: 'event loop exited with code 1', facts: {} },
      { message: 'reactor stopped for 12 ms', facts: null },
    ],
  },
  {
    id: 'accept-not-posted',
    kind: 'accept-failed',
    keywords: [
      'postaccept',
      'acceptex',
      'outstanding accept',
      'pending accept',
      'beginaccept',
      'acceptasync',
      'post accept',
    ],
    pattern: wording`
      \bPost_?Accept\w{0,4}(?:\(\))?.{0,20}\b(?:failed|error)\b
      |\bno (?:more )?(?:pending|outstanding|posted) (?:accept(?:ex|s)?)\b
      |\b(?:pending|outstanding|posted) accept(?:ex|s)? *[=:]? *0\b
      |\b(?:BeginAccept|AcceptAsync|AcceptTcpClient)\w{0,12}(?:\(\))? *:.{0,60}\b(?:
        not a socket|aborted|OperationAborted|disposed|invalid|NotSocket|Shutdown
      )\b
      |\b(?:AcceptEx|accept) (?:was |is )?not (?:re-?)?(?:posted|armed|issued)\b
      |\bfailed to (?:re-?)?post (?:an? |another |the )?(?:accept)
    `,
    samples: [
      { message: 'PostAccept failed, WSAGetLastError()=10055', facts: { errno: 10055, errorName: 'ENOBUFS' } },
      { message: 'no pending AcceptEx left on listener 5', facts: {} },
      { message: 'outstanding accepts: 0', facts: {} },
      { message: 'stats: sessions 0, outstanding accepts 0', facts: {} },
      {
        message: 'BeginAcceptTcpClient: An operation was attempted on something that is not a socket',
        facts: { errorName: 'ENOTSOCK' },
      },
      { message: 'AcceptAsync: OperationAborted', facts: {} },
      { message: 'outstanding accepts: 10', facts: null },
    ],
  },
  {
    // What io_uring's completion of an accept holds: an error's number, negative. Interrupted, cancelled and none waiting are none.
    id: 'accept-completion-failed',
    kind: 'accept-failed',
    keywords: ['accept'],
    pattern: wording`
      (?:\b|_)accept4?\b,? (?:cqe[ \t:,]{1,2})?res(?:ult)? *[=:] *-(?!(?:4|11|125)\b)(?<errno>\d{1,3})\b
    `,
    samples: [
      { message: 'cqe: accept res=-24', facts: { errno: 24, errorName: 'EMFILE' } },
      { message: 'IORING_OP_ACCEPT res=-9', facts: { errno: 9, errorName: 'EBADF' } },
      { message: 'cqe: accept res=-11', facts: null },
      { message: 'cqe: accept res=7', facts: null },
    ],
  },
  {
    // .NET: the listener was stopped, or never started; systemd: the socket unit gives up.
    id: 'listener-unusable',
    kind: 'accept-failed',
    keywords: [
      'onlistenexception',
      'objectdisposedexception',
      'disposed object',
      'not listening. you must',
      'refusing further activation',
      '.socket: failed',
    ],
    pattern: wording`
      \bOnListenException\b|\baccept\w{0,20}\b.{0,20}\bObjectDisposedException\b
      |\bCannot access a disposed object\b.{0,60}\b(?:Tcp|Http)Listener\b
      |\bNot listening\. You must call the Start\(\) method\b
      |\bTrigger limit hit, refusing further activation\b|\.socket: Failed with result\b
    `,
    samples: [
      { message: "Cannot access a disposed object. Object name: 'System.Net.Sockets.TcpListener'.", facts: {} },
      {
        message: 'IdTCPServer1.OnListenException: Socket Error # 10038',
        facts: { errno: 10038, errorName: 'ENOTSOCK' },
      },
      {
        message:
          "TcpServer.AcceptCallback: ObjectDisposedException: Cannot access a disposed object. Object name: 'Socket'.",
        facts: {},
      },
      { message: 'Not listening. You must call the Start() method before calling this method.', facts: {} },
      { message: "gate.socket: Failed with result 'service-start-limit-hit'.", facts: {} },
      { message: 'gate.socket: Trigger limit hit, refusing further activation.', facts: {} },
      { message: "Cannot access a disposed object. Object name: 'System.IO.MemoryStream'.", facts: null },
    ],
  },
  {
    // HAProxy's words for what accept() answered: EMFILE, ENFILE.
    id: 'descriptor-limit',
    kind: 'accept-failed',
    keywords: ['fd limit'],
    pattern: /\breached[ \t]+(?:the[ \t]+)?(?:process|system)[ \t]+FD[ \t]+limit\b/i,
    samples: [
      {
        message: "Proxy gate reached process FD limit (maxsock=64). Please check 'ulimit-n' and restart.",
        facts: { errorName: 'EMFILE' },
      },
      {
        message: 'Proxy gate reached system FD limit (maxsock=64). Please check system tunables.',
        facts: { errorName: 'ENFILE' },
      },
      { message: 'process FD limit is 64', facts: null },
    ],
  },
]
