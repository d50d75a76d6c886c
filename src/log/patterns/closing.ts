import type { EventPattern } from '../pattern.ts'

const LISTENER = String.raw`listen(?:er|ing[ \t]+socket)s?\b(?![ \t_-]*(?:thread|loop|task|routine)\b)`
/** A listener of events, or of another port than the clients'. */
const OTHER = String.raw`(?<!\b(?:event|message|config|change|queue|topic|udp|jmx|admin|metrics?|signal|debug|health|snmp|dns|file)[ \t_-]?)`

/** How a connection ended: by whom, and why. */
export const closing: readonly EventPattern[] = [
  {
    id: 'idle-close',
    kind: 'idle-close',
    keywords: ['inactiv', 'no activity', 'keepalive timeout', 'keep-alive timeout', 'idle'],
    pattern:
      /^(?:(?<name>[\w.*#-]{1,60}(?:[ \t][\w.*#-]{1,60})?)[ \t]+-[ \t]+)?IDLE[ \t]+CLOSE(?:[ \t]*\((?<value>[^)]{1,40})\))?|\bidle\b.{0,40}\b(?:clos(?:e[ds]?|ing)|disconnect\w{0,3}|drop(?:ped|ping)?|kill(?:ed)?|terminat\w{1,3})\b|\b(?:clos(?:e[ds]?|ing)|disconnect\w{0,3}|drop(?:ped|ping)?|terminat\w{1,3})\b.{0,60}\bidle\b|\bidle[ \t-]?time(?:d[ \t])?-?out\b|\b(?:timed?[ \t-]?out|clos(?:e[ds]?|ing)|disconnect\w{0,3})\b.{0,60}\b(?:inactiv\w{1,4}|no activity)\b|\b(?:inactiv\w{1,4}|no activity)\b.{0,60}\b(?:timed?[ \t-]?out|clos(?:e[ds]?|ing)|disconnect\w{0,3})\b|\bkeep-?alive[ \t]+time(?:d[ \t])?-?out\b.{0,40}\bclos(?:ed|ing)\b/i,
    samples: [
      { message: 'link-1 - IDLE CLOSE (1)', facts: { name: 'link-1', value: '1' } },
      { message: '** - IDLE CLOSE (**)', facts: { name: '**', value: '**' } },
      { message: 'closing idle connection from 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'idle timeout on fd 9', facts: { handle: '9' } },
      { message: 'Timeout: no activity for 30 s, closing socket 820', facts: { handle: '820' } },
      { message: 'session timed out due to inactivity', facts: {} },
      { message: 'CPU 93% idle', facts: null },
    ],
  },
  {
    // To a child or a successor: who accepts from then on writes another log.
    id: 'listener-handed-over',
    kind: 'close',
    keywords: ['listen'],
    pattern:
      /\b(?:pass(?:ed|ing)|hand(?:ed|ing)(?:[ \t]+over|[ \t]+off)?|sent|sending|transferr(?:ed|ing)|giv(?:en|ing)|gave)[ \t]+(?:the[ \t]+)?(?:listener|listen(?:ing)?[ \t]+(?:socket|fd))\b.{0,40}\bto[ \t]+(?:the[ \t]+|an?[ \t]+)?(?:new[ \t]+|child\b|worker|successor|process|pid)|\b(?:listener|listen(?:ing)?[ \t]+(?:socket|fd))\b.{0,30}\b(?:passed|handed[ \t]+over|transferred|given)[ \t]+to[ \t]+(?:the[ \t]+|an?[ \t]+)?(?:new[ \t]+|child\b|worker|successor|process|pid)/i,
    samples: [
      { message: 'passed listening fd 5 to child pid 4712', facts: { handle: '5' } },
      { message: 'handing over listener fd=5 to new process 4712', facts: { handle: '5' } },
      { message: 'sent listen socket fd 5 to worker via SCM_RIGHTS', facts: { handle: '5' } },
      { message: 'listener fd 5 transferred to process 4712', facts: { handle: '5' } },
      { message: 'event passed to listener', facts: null },
      { message: 'inherited listening socket fd 3', facts: null },
    ],
  },
  {
    id: 'listener-closed',
    kind: 'close',
    keywords: ['listener', 'listening socket'],
    pattern: new RegExp(
      String.raw`\b(?:clos(?:ed|ing)|stopp(?:ed|ing)|shut(?:ting)?[ \t]+down|destroy(?:ed|ing)?)[ \t]+(?:the[ \t]+)?(?:old[ \t]+|tcp[ \t]+)?${OTHER}${LISTENER}|${OTHER}\b${LISTENER}(?:[ \t]+(?:on[ \t]+|fd[ \t=]*)?["'(]?[\w.:*[\]-]{1,50}["')]?)?[ \t]*:?[ \t]+(?:is[ \t]+|was[ \t]+|has[ \t]+been[ \t]+)?(?:closed|shut[ \t]+down|destroyed)\b`,
      'i',
    ),
    samples: [
      { message: 'stopping TCP listener on [::]:5672', facts: { port: 5672 } },
      { message: 'closing listener addr=10.1.2.3:7001', facts: { address: '10.1.2.3', port: 7001, peerPort: null } },
      { message: 'Listener 10.1.2.3:7001 closed', facts: { address: '10.1.2.3', port: 7001, peerPort: null } },
      { message: 'listening socket closed (fd=5)', facts: { handle: '5' } },
      { message: 'closed old listener fd 5', facts: { handle: '5' } },
      { message: 'admin listener closed', facts: null },
      { message: 'closing listener thread', facts: null },
      { message: 'listener waits until the session is closed', facts: null },
    ],
  },
  {
    // What servers in wide use say in their own words; and a descriptor that another one takes the place of, which closes it.
    id: 'closed-in-own-words',
    kind: 'close',
    keywords: [
      'aborted connection',
      'connection process',
      'exit: ',
      ' closed)',
      'dup2(',
      'dup3(',
      'double close',
      'closed wrong',
    ],
    pattern:
      /\bAborted connection \d{1,12} to db\b|\bRanch listener\b.{0,80}\bconnection process\b.{0,120}\bexit\b|^EXIT: \S{1,40} (?:status|signal|duration)=|\(TCP Port (?<port>\d{1,5}) Closed\)|\bdup\w?\(\d{1,9},[ \t]?(?<handle>\d{1,9})(?:,[ \t]?\w{1,12})?\)(?!.{0,20}(?:-\d|fail|error))|\b(?:double[ \t]+close[ \t]+(?:of|on)|closed[ \t]+(?:the[ \t]+)?wrong)[ \t]+(?:socket|sock|fd|handle|descriptor)\b/i,
    samples: [
      {
        message:
          "Aborted connection 12 to db: 'gate' user: 'bob' host: '10.1.2.3' (Got timeout reading communication packets)",
        facts: { peerAddress: '10.1.2.3' },
      },
      {
        message:
          'Ranch listener gate had connection process started with gate:start_link/4 at <0.512.0> exit with reason: timeout',
        facts: {},
      },
      { message: 'EXIT: gate status=0 pid=513 duration=12(sec)', facts: {} },
      { message: '(TCP Port 9000 Closed)', facts: { port: 9000 } },
      { message: 'dup2(7, 5) = 5', facts: { handle: '5' } },
      { message: 'double close of fd 5', facts: { handle: '5' } },
      { message: 'dup2(7, 5) = -1 EBADF', facts: null },
    ],
  },
  {
    id: 'closed-here',
    kind: 'close',
    keywords: ['clos', 'terminated', 'shut', 'destroy', 'drop', 'remov', 'releas', 'freed', 'ended', 'end connection'],
    pattern:
      /^(?!.{0,200}Exception:[ \t]+(?:the[ \t]+)?(?:socket|connection|channel|session|stream)[ \t]+(?:is[ \t]+|was[ \t]+)?(?:already[ \t]+)?closed\b)(?:.{0,1000}?(?:\b(?:h?socket|sock|fd|handle|connection|(?<!user )session(?!s?[ \t]+(?:cache|store|pool))|conn)\b.{0,80}(?<!\b(?:peer|client|remote|end|side|host)[ \t](?:has[ \t])?)\b(?:closed|closing|shut[ \t]+down|ended)\b(?!.{0,12}[ \t]by[ \t](?!(?:the[ \t]+|an?other[ \t]+|our[ \t]+)?(?:thread|worker|reaper|timer|janitor|cleanup|tid|task|us)\b))|\b(?:socket|sock|fd|handle)[ \t]*(?:[=:#][ \t]*)?(?:0x)?[\da-f]{1,16}[ \t]*:?[ \t]+(?:was[ \t]+|has[ \t]+been[ \t]+)?(?:close|destroyed|released|freed|disposed)\b|\bshutdown\(\d{1,9}, ?(?:SHUT_RDWR|SD_BOTH|2)\)|(?:^|\][ \t]+)end connection[ \t]+\S{0,45}:\d|^close\(\d{1,9}\)|\b(?:closed|closing)[ \t]+(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]{2,45}\]):\d{1,5}\b|\bclosesocket\b|\bOnClose\b|\bshutdown[ \t]+(?:fd|socket)\b|\b(?:destroy(?:ed|ing)?|dropp(?:ed|ing)|remov(?:ed|ing)|releas(?:ed|ing)|freed)[ \t]+(?:client[ \t]+|tcp[ \t]+)?(?:socket|sock|fd|handle|connection|client|session)\b(?!.{0,40}\b(?:slot|index|pool|cache)\b)|\bconnection[ \t]+terminated\b(?!.{0,12}[ \t]by[ \t])|(?<!\b(?:peer|client|server|upstream|remote|host|end|side|prematurely|unexpectedly|has)[ \t])\b(?:closed?|closing)[ \t(]+(?:client[ \t]+|keepalive[ \t]+|tcp[ \t]+|amqp[ \t]+|mqtt[ \t]+|stomp[ \t]+|http[ \t]+|websocket[ \t]+|tls[ \t]+|idle[ \t]+)?(?:socket|sock|fd|connection|session|handle)\b(?!.{0,40}[ \t]by[ \t])))/i,
    samples: [
      { message: 'fd 5 closed by thread 7', facts: { handle: '5' } },
      { message: 'fd 5 closed by client', facts: null },
      { message: 'closing AMQP connection <0.675.0> (10.1.2.3:50022 -> 10.1.2.9:5672)', facts: {} },
      { message: '[conn12] end connection 10.1.2.3:50022 (2 connections now open)', facts: { peerPort: 50022 } },
      { message: 'Socket 972 closed (handler exit)', facts: { handle: '972', value: 'handler exit' } },
      {
        message: 'connection closed fd=8 peer=127.0.0.1:54974 reason=peer-closed',
        facts: { handle: '8', peerPort: 54974, value: 'peer-closed' },
      },
      {
        message: 'Connection /127.0.0.1:55362 closed: response complete',
        facts: { peerPort: 55362, value: 'response complete' },
      },
      { message: 'closing socket 7', facts: { handle: '7' } },
      { message: 'closesocket(1204)', facts: { handle: '1204' } },
      { message: 'close(7)', facts: { handle: '7' } },
      { message: 'Socket 412 destroyed', facts: { handle: '412' } },
      { message: 'releasing connection fd=7', facts: { handle: '7' } },
      { message: 'shutdown(7, SHUT_RDWR)', facts: { handle: '7' } },
      { message: 'end connection 10.1.2.3:50022 (0 connections now open)', facts: { peerPort: 50022 } },
      { message: 'closing 10.1.2.3:50022: shutdown', facts: { peerPort: 50022 } },
      { message: 'recv on fd 7: peer closed', facts: null },
      { message: 'Remote end closed connection without response', facts: null },
      { message: 'socket 0x3a4 shut down', facts: { handle: '0x3a4' } },
      { message: 'OnClose: hSocket=1204 peer gone', facts: { handle: '1204' } },
      { message: 'dropping connection 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'user session 8812 closed after 33 s', facts: null },
      { message: 'java.net.SocketException: Socket closed', facts: null },
      { message: 'session cache closed', facts: null },
      { message: 'Connection closed by 10.1.2.3 port 50022', facts: null },
    ],
  },
  {
    id: 'closed-by-peer',
    kind: 'peer-close',
    keywords: [
      'eof ',
      'connection lost',
      'lost connection',
      'lost the connection',
      'closed',
      'reset',
      ' eof',
      'hang up',
      'shutdown',
      'recv',
      'read(',
      'returned 0',
      'disconnect',
      'hung up',
      'broken pipe',
      'econnreset',
      'epipe',
      'forcibly',
    ],
    pattern:
      /\b(?:closed|disconnected|shut ?down|dropped|reset|aborted)[ \t]+(?:\w{1,12}[ \t]+)?by[ \t]+(?:the[ \t]+)?(?:remote|peer|foreign|client|server|other|upstream|\d|\[|user|authenticating|invalid)|\b(?:peer|remote|remote host|foreign host|client|server|upstream|(?:remote|other|far)[ \t]+(?:end|side))[ \t]+(?:has[ \t]+|prematurely[ \t]+|unexpectedly[ \t]+)?(?:closed|disconnected|hung up|shut ?down|reset)|\b(?:peer|remote|client|server)\b.{0,60}\bclosed[ \t]+(?:the|its)[ \t]+(?:connection|socket|end)\b|\b(?:received?|got|read|unexpected|hit)[ \t]+(?:an?[ \t]+)?(?:EOF|FIN|RST|end[ -]of[ -]file|disconnect)\b|\bconnection[ \t]+lost\b|\blost[ \t]+(?:the[ \t]+)?connection\b|\bEOF[ \t]+(?:from|on|received|while)\b|:[ \t]*EOF$|\bsocket hang up\b|(?:\b(?:recv|read)(?:\([^)]{0,60}\))?[ \t]*(?:=|returned|->)[ \t]*0(?=[ \t]*(?:$|[,;:(]|bytes?\b|on\b|from\b|for\b|fd\b))).{0,200}$|\bconnection[ \t]+(?:was[ \t]+)?reset\b|\b(?:WSA)?ECONNRESET\b|\bEPIPE\b|\bbroken pipe\b|forcibly closed by the remote host/i,
    samples: [
      { message: 'client unexpectedly closed TCP connection', facts: {} },
      { message: 'connection closed by peer', facts: {} },
      { message: 'Connection closed by 10.1.2.3 port 50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'peer 10.1.2.3:50022 closed the connection', facts: { peerPort: 50022 } },
      { message: 'recv() = 0 on fd 7', facts: { handle: '7' } },
      { message: 'recv returned 0 on fd 7, peer closed', facts: { handle: '7' } },
      { message: 'read(7): EOF', facts: { handle: '7' } },
      { message: 'WSAECONNRESET on socket 412', facts: { handle: '412', errorName: 'ECONNRESET' } },
      { message: 'Error: socket hang up', facts: {} },
      { message: 'read returned 0 rows', facts: null },
      { message: 'EOF on fd 7', facts: { handle: '7' } },
      { message: 'read: connection reset by peer', facts: { errorName: 'ECONNRESET' } },
      { message: 'Error: read ECONNRESET', facts: { errorName: 'ECONNRESET' } },
      { message: 'client 10.1.2.3:50022 disconnected', facts: null },
      { message: 'An existing connection was forcibly closed by the remote host', facts: { errorName: 'ECONNRESET' } },
      { message: 'upstream prematurely closed connection while reading response header from upstream', facts: {} },
      { message: 'client prematurely closed connection', facts: {} },
    ],
  },
  {
    id: 'disconnected',
    kind: 'close',
    keywords: ['disconnect'],
    pattern: /\bdisconnect(?:ed|ing|ion)?\b/i,
    samples: [{ message: 'client 10.1.2.3:50022 disconnected', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } }],
  },
]
