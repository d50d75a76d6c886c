import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

const LISTENER = words`listen(?:er|ing socket)s?\b(?![ \t_-]*(?:thread|loop|task|routine)\b)`
/** A listener of events, or of another port than the clients'. */
const OTHER = words`
  (?<!
    \b(?:event|message|config|change|queue|topic|udp|jmx|admin|metrics?|signal|debug|health|snmp|dns|file)
      [ \t_-]?
  )
`

/** How a connection ended: by whom, and why. */
export const closing: readonly EventPattern[] = [
  {
    id: 'idle-close',
    kind: 'idle-close',
    keywords: ['inactiv', 'no activity', 'keepalive timeout', 'keep-alive timeout', 'idle'],
    pattern: wording`
      ^(?:(?<name>[\w.*#-]{1,60}(?:[ \t][\w.*#-]{1,60})?) - )?IDLE CLOSE(?: *\((?<value>[^)]{1,40})\))?
      |\bidle\b.{0,40}\b(?:clos(?:e[ds]?|ing)|disconnect\w{0,3}|drop(?:ped|ping)?|kill(?:ed)?|terminat\w{1,3})
        \b
      |\b(?:clos(?:e[ds]?|ing)|disconnect\w{0,3}|drop(?:ped|ping)?|terminat\w{1,3})\b.{0,60}\bidle\b
      |\bidle[ \t-]?time(?:d[ \t])?-?out\b
      |\b(?:timed?[ \t-]?out|clos(?:e[ds]?|ing)|disconnect\w{0,3})\b.{0,60}\b(?:inactiv\w{1,4}|no activity)\b
      |\b(?:inactiv\w{1,4}|no activity)\b.{0,60}\b(?:timed?[ \t-]?out|clos(?:e[ds]?|ing)|disconnect\w{0,3})\b
      |\bkeep-?alive time(?:d[ \t])?-?out\b.{0,40}\bclos(?:ed|ing)\b
    `,
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
    pattern: wording`
      \b(?:pass(?:ed|ing)|hand(?:ed|ing)(?: over| off)?|sent|sending|transferr(?:ed|ing)|giv(?:en|ing)|gave)[ \t]+
        (?:the )?(?:listener|listen(?:ing)? (?:socket|fd))\b.{0,40}\bto (?:the |an? )?
        (?:new |child\b|worker|successor|process|pid)
      |\b(?:listener|listen(?:ing)? (?:socket|fd))\b.{0,30}\b(?:passed|handed over|transferred|given) to[ \t]+
        (?:the |an? )?(?:new |child\b|worker|successor|process|pid)
    `,
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
    pattern: wording`
      \b(?:clos(?:ed|ing)|stopp(?:ed|ing)|shut(?:ting)? down|destroy(?:ed|ing)?) (?:the )?(?:old |tcp )?${OTHER}
        ${LISTENER}
      |${OTHER}\b${LISTENER}(?: (?:on |fd[ \t=]*)?["'(]?[\w.:*[\]-]{1,50}["')]?)? *:? (?:is |was |has been )?
        (?:closed|shut down|destroyed)\b
    `,
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
      'close(',
      'closesocket(',
      'reused',
      're-used',
      'refers to',
      'points to',
    ],
    pattern: wording`
      \bAborted connection \d{1,12} to db\b
      |\bRanch listener\b.{0,80}\bconnection process\b.{0,120}\bexit\b
      |^EXIT: \S{1,40} (?:status|signal|duration)=|\(TCP Port (?<port>\d{1,5}) Closed\)
      |\bdup\w?\(\d{1,9}, ?(?<handle>\d{1,9})(?:, ?\w{1,12})?\)(?!.{0,20}(?:-\d|fail|error))
      |^close(?:socket)?\((?:fd *= *)?\d{1,9}\) by \w
      |\b(?:listener |listening )?(?:socket|fd|descriptor) *[=:#]? *\d{1,9} (?:is |was |has been |now )?(?:now )?(?:
        re-?used (?:for|by|as) (?:an? )?(?:[\/~]|(?:\w{1,12}[ \t])?(?:file|pipe|log|epoll|timer|eventfd)\b)
        |(?:refers|points) to (?:an? |the )?(?:\w{1,12} )?(?:file|pipe|log|timer|eventfd|[\/~])
      )
      |\b(?:double close (?:of|on)|closed (?:the )?wrong) (?:socket|sock|fd|handle|descriptor)\b
    `,
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
      { message: 'close(5) by worker 3, fd 5 belongs to the listener', facts: { handle: '5' } },
      { message: 'fd 5 reused for /var/log/app.log', facts: { handle: '5' } },
      { message: 'listener fd 5 now refers to a pipe', facts: { handle: '5' } },
      { message: 'fd 5 reused by connection 12', facts: null },
    ],
  },
  {
    id: 'closed-here',
    kind: 'close',
    keywords: ['clos', 'terminated', 'shut', 'destroy', 'drop', 'remov', 'releas', 'freed', 'ended', 'end connection'],
    pattern: wording`
      ^(?!
        .{0,200}Exception: (?:the )?(?:socket|connection|channel|session|stream) (?:is |was )?(?:already )?clo
          sed\b
      )(?:
        .{0,1000}?(?:
          \b(?:h?socket|sock|fd|handle|connection|(?<!user )session(?!s? (?:cache|store|pool))|conn)\b.{0,80}
            (?<!
              \b(?:peer|client|remote|end|side|host)[ \t](?:has[ \t])?
            )\b(?:closed|closing|shut down|ended)\b(?!
              .{0,12}[ \t]by[ \t](?!
                (?:the |an?other |our )?(?:thread|worker|reaper|timer|janitor|cleanup|tid|task|us)\b
              )
            )
          |\b(?:socket|sock|fd|handle) *(?:[=:#] *)?(?:0x)?[\da-f]{1,16} *:? (?:was |has been )?
            (?:close|destroyed|released|freed|disposed)\b
          |\bshutdown\(\d{1,9}, ?(?:SHUT_RDWR|SD_BOTH|2)\)
          |(?:^|\] )end connection \S{0,45}:\d|(?:^|[:>\]] *)close\(\d{1,9}\)(?= *(?:$|[.,;]|=(?:> *)? *0\b|(?:ok|for|by|of|in|from|after)\b))
          |\b(?:closed|closing) (?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]{2,45}\]):\d{1,5}\b
          |\bclosesocket\b|\bOnClose\b|\bshutdown (?:fd|socket)\b
          |\b(?:destroy(?:ed|ing)?|dropp(?:ed|ing)|remov(?:ed|ing)|releas(?:ed|ing)|freed) (?:client |tcp )?
            (?:socket|sock|fd|handle|connection|client|session)\b(?!.{0,40}\b(?:slot|index|pool|cache)\b)
          |\bconnection terminated\b(?!.{0,12}[ \t]by[ \t])
          |(?<!\b(?:peer|client|server|upstream|remote|host|end|side|prematurely|unexpectedly|has)[ \t])\b
            (?:closed?|closing)[ \t(]+(?:
              client |keepalive |tcp |amqp |mqtt |stomp |http |websocket |tls |idle[ \t]+
            )?(?:socket|sock|fd|connection|session|handle)\b(?!.{0,40}[ \t]by[ \t])
        )
      )
    `,
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
      { message: 'close(7)', facts: { handle: '7', value: null } },
      { message: 'worker: close(7) = 0', facts: { handle: '7' } },
      { message: 'stale cleanup: close(5) for client record 12 (fd reused)', facts: { handle: '5' } },
      { message: 'worker: close(7) = -1', facts: null },
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
    pattern: wording`
      \b(?:closed|disconnected|shut ?down|dropped|reset|aborted) (?:\w{1,12} )?by (?:the )?(?:
        remote|peer|foreign|client|server|other|upstream|\d|\[|user|authenticating|invalid
      )
      |\b(?:peer|remote|remote host|foreign host|client|server|upstream|(?:remote|other|far) (?:end|side))[ \t]+
        (?:has |prematurely |unexpectedly )?(?:closed|disconnected|hung up|shut ?down|reset)
      |\b(?:peer|remote|client|server)\b.{0,60}\bclosed (?:the|its) (?:connection|socket|end)\b
      |\b(?:received?|got|read|unexpected|hit) (?:an? )?(?:EOF|FIN|RST|end[ -]of[ -]file|disconnect)\b
      |\bconnection lost\b|\blost (?:the )?connection\b|\bEOF (?:from|on|received|while)\b|: *EOF$
      |\bsocket hang up\b
      |(?:
        \b(?:recv|read)(?:\([^)]{0,60}\))? *(?:=|returned|->) *0
          (?= *(?:$|[,;:(]|bytes?\b|on\b|from\b|for\b|fd\b))
      ).{0,200}$
      |\bconnection (?:was )?reset\b|\b(?:WSA)?ECONNRESET\b|\bEPIPE\b|\bbroken pipe\b
      |forcibly closed by the remote host
    `,
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
