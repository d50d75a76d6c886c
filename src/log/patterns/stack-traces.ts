import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

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

/** Stacks of calls, in which the code that accepts stands: of one thread that failed, or of all. */
export const stackTraces: readonly EventPattern[] = [
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
]
