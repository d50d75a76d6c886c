import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'
import { NOT_BLOCKED } from './would-block.ts'

/** What people and programs accept other than connections. */
const BUSINESS = words`
  (?:(?:the|an?|your|new) )?(?:
    header|language|encoding|charset|terms|licen[cs]e|agreement|polic(?:y|ies)|invit\w{1,6}|offers?|orders?
    |payments?|quotes?|friend|cookies?|changes?|transactions?
  )\b
`
/** Words of votes, payments and cards. */
const OTHER_ACCEPTORS = String.raw`\b(?:paxos|ballot|proposer|quorum|payment|banknote|coin|bill)\b`
/** What follows "accepting" where connections are meant, and no terms, invitations or orders: them, or nothing more. */
const CONNECTIONS = words`
  (?=
    [ \t]*(?:$|[:;,.!()[])
    | (?:(?:an?|any|the|new|more|further|another|next|incoming|inbound|client|remote|network|tcp|tls|ssl) ){0,3}
      (?:
        connections?|clients?|sockets?|sessions?|peers?|from|on|at|for|in|due|because|while|after|until
        |any *more|failed|err\w{0,3}|fd|\d
      )
  )
`

/** What a line about the address of a socket says beside "bind": programs bind data, keys and users of directories, too. */
const OF_AN_ADDRESS = words`
  (?:
    \bport\b|[\w\]*]?:\d{1,5}(?!\w)|\bsock(?:et)?s?\b|\bfd\b|\baddr(?:ess)?\b
    |\bbind(?:\(\))? *(?:$|failed|error|:)|\bbind (?:on|to) \d{2,5}\b|\berrno\b
    |\b(?:error|code) *[=:#]? *\d{1,5}\b|\bEADDR|\bEACCES\b
    |\b(?:permission|access)[ \t](?:is[ \t])?denied\b
    |\bserver\b|\bacceptor\b|\blistener\b|\bendpoint\b|\bIPv\d\b
  )
`
const BOUND_ELSE = words`
  (?:
    data|param|variable|value|column|ldap|user|dn\b|key|queue|exchange|texture|event|handler|propert|template
    |model|type|class|view|bean|symbol
  )
`
const BIND = words`
  (?<!\b(?:data|ldap|sasl|key|parameter|model)[ \t_-]?)\bbind\w{0,4}\b(?! (?:(?:the|an?) )?${BOUND_ELSE})
`
/** Listeners for events and messages do not listen for connections. */
const NO_SOCKETS = words`
  (?<!\b(?:event|message|config(?:uration)?|change|queue|topic|jms|kafka|consumer|mqtt|click|key)[ \t_-]?)
`
const FAILS = "(?:fail(?:ed|ure|s)?|cannot|can't|could not|couldn't|unable|error)"
/** To begin to listen fails. What fails at a listener that is there, such as a client's handshake, is another matter. */
const LISTEN_FAILS = words`
  \b${FAILS} (?:while )?(?:to )?listen(?:ing)?\b(?! (?:to|for)\b)
  |\b${FAILS}\b.{0,20}\b(?:start|creat|open|launch|set(?:ting)? ?up|initiali[sz]|init)\w{0,4}\b.{0,30}
    ${NO_SOCKETS}\blisten(?:ing|er)?\b(?![ \t_-]?(?:thread|loop|task))
  |\blisten(?:ing)?\b(?:\(\))?(?! (?:queue|backlog|sock\w{0,3}|fd|thread|loop|to)\b).{0,160}
    (?<!\b(?:\d{1,9}|no)[ \t])\b(?:failed(?! *[=:] *\d)|error(?! *[=:] *0\b)|denied)\b
  |${NO_SOCKETS}\blistener\b.{0,60}\b${FAILS} (?:to )?(?:start|bind|listen|open)
  |\bstart(?:ing)? (?:the )?(?:\w{1,20} )?${NO_SOCKETS}listener\b.{0,60}\b(?:failed|error)\b
`

/** What a server says when it cannot listen or accept. */
export const failure: readonly EventPattern[] = [
  {
    id: 'bind-failed',
    kind: 'bind-failed',
    keywords: [
      'port ',
      'in use',
      'already taken',
      'already bound',
      'listen',
      'assign requested',
      'bind',
      'address already in use',
      'eaddrinuse',
      'only one usage of each',
      'already being used',
      'already in use',
      'already running on',
    ],
    pattern: wording`
      ^(?!.{0,200}\b(?:to|on|in|while) accept(?:ing)?\b)(?:
        (?=.{0,900}?${OF_AN_ADDRESS}).{0,600}?(?:
          ${BIND}.{0,160}\b(?:fail\w{0,3}|error|denied|in use|cannot|could not|unable|refused|errno)\b
          |\b(?:fail\w{0,3}|cannot|can't|could not|couldn't|unable|error)\b.{0,40}${BIND}
        )
        |.{0,600}?(?:
          ${LISTEN_FAILS}|\bdenied\b.{0,20}\bbind|address (?:is )?already in use|\bEADDRINUSE\b
          |only one usage of each socket address
          |port (?:\d{1,5} )?(?:is |was )?(?:already )?(?:in use|being used|taken|bound)
          |\bport \d{2,5} (?:is |was )?(?:already )?(?:busy|occupied|unavailable|not available)\b
          |\b(?:could not|cannot|can't|failed to|unable to) (?:open|reserve|acquire|claim)[ \t]+
            (?:tcp |the |server |listen )?port \d
          |cannot assign requested address|already running on port\b
        )
      )
    `,
    samples: [
      { message: 'USB port unavailable', facts: null },
      { message: 'Port 9000 busy, retrying in 5 s', facts: { port: 9000 } },
      { message: 'port 9000 occupied by pid 512', facts: { port: 9000 } },
      { message: 'Could not open port 9000', facts: { port: 9000 } },
      { message: 'bind on 9000 failed: 10013', facts: { errno: 10013 } },
      { message: 'could not open serial port /dev/ttyS0', facts: null },
      { message: 'port 3 of the switch is busy', facts: null },
      {
        message: 'bind to 127.0.0.1 port 29736 failed: Address already in use',
        facts: { address: '127.0.0.1', port: 29736, errorName: 'EADDRINUSE' },
      },
      {
        message: 'bind failed addr=127.0.0.1:20140 errno=98 error="Address already in use"',
        facts: { address: '127.0.0.1', port: 20140, errno: 98, errorName: 'EADDRINUSE' },
      },
      {
        message: 'Error: listen EADDRINUSE: address already in use :::8080',
        facts: { address: '::', port: 8080, errorName: 'EADDRINUSE' },
      },
      { message: 'listen tcp :8080: bind: address already in use', facts: { port: 8080, errorName: 'EADDRINUSE' } },
      {
        message: 'bind() to 0.0.0.0:80 failed (98: Address already in use)',
        facts: { address: '0.0.0.0', port: 80, errorName: 'EADDRINUSE' },
      },
      {
        message: 'could not bind IPv4 address "127.0.0.1": Address already in use',
        facts: { address: '127.0.0.1', errorName: 'EADDRINUSE' },
      },
      { message: 'bind error 10048', facts: { errno: 10048, errorName: 'EADDRINUSE' } },
      { message: 'unable to open listening socket on port 9000', facts: { port: 9000 } },
      { message: 'The connection listener failed to accept any new connections.', facts: null },
      { message: 'listener statistics: 1 accepted, 0 failed', facts: null },
      { message: 'Listener 127.0.0.1:9000 failed to start', facts: { port: 9000 } },
      { message: 'failed to start listener on 127.0.0.1:9000', facts: { port: 9000 } },
      { message: 'error listening on port 9000', facts: { port: 9000 } },
      { message: 'listener 127.0.0.1:9000: TLS handshake failed for 10.1.2.3:50022', facts: null },
      { message: 'listener: error reading from client 10.1.2.3:50022', facts: null },
      { message: 'listening socket 5: poll error', facts: null },
      { message: 'could not register listener with poller: EEXIST', facts: null },
      { message: 'failed to bind parameter 3', facts: null },
      { message: 'error binding data to template', facts: null },
      { message: 'could not bind LDAP user cn=admin', facts: null },
      { message: 'Failed to invoke listener: Timeout', facts: null },
      { message: 'listener stats accepted=1 failed=0', facts: null },
      { message: 'Something is already running on port 8080.', facts: { port: 8080 } },
      { message: 'port 9000 is already taken', facts: { port: 9000, errorName: 'EADDRINUSE' } },
      {
        message: 'Web server failed to start. Port 8080 was already in use.',
        facts: { port: 8080, errorName: 'EADDRINUSE' },
      },
    ],
  },
  {
    id: 'accept-failed',
    kind: 'accept-failed',
    keywords: ['accept', 'emfile', 'enfile', 'too many open', 'out of file descriptors'],
    // What strerror, WSA and the runtimes print after accept's name; and how code that accepts says that it ended.
    pattern: wording`
      (?:
        (?:(?<!\b(?:SSL|TLS)[ \t])\b|(?<!SSL)_)accept(?:ing|or|4)?\b(?:\(\))?
          (?![ \t-]+${BUSINESS}|[ \t_]mutex\b).{0,80}\b(?:
            (?:loop|thread) (?:
              (?:is )?(?:exit(?:ed|ing)|end(?:ed|ing)|terminat(?:ed|ing)|stopp(?:ed|ing))
              |died|crashed
            )
            |fail(?:ed|ure|s)?|error|errno|stopped|gave up|giving up|panicked|E[MN]FILE|ENOBUFS|ENOMEM
            |ERR_(?!OK\b)[A-Z]{2,8}|too many|no buffer space|out of (?:memory|system resource)|cannot allocate
            |bad file descriptor|invalid argument|operation on non-?socket|not a socket|operation not supported
            |protocol error|caused connection abort|use of closed
          )\b
        |\baccept(?:ing|or|4)?\b(?!(?:\(\))? *(?:=|->|returned) *\d).{0,60}\b(?:
          (?:table|pool|registry|list|array) (?:is )?full|no (?:more )?(?:free|empty) (?:slots?|entry|entries|place)
        )\b
        |\bexception in (?:thread|task)\b.{0,40}accept
        |\btask exception was never retrieved\b.{0,120}accept
        |\b(?:exception|error|crash\w{0,3}|panic\w{0,3}|bad file descriptor|not a socket)\b.{0,40}(?:
          [ \t](?:in|during|from|while) (?:the )?(?:\w{1,20}[ \t.]+)?
          |\(
        )accept(?:ing\b${CONNECTIONS}|or\b|4?\(|[ \t_-]?(?:loop|thread|handler|callback)|4? *(?:$|[:;,.)]))
        |(?:\b|_)accept(?:ing|or|4)?(?:\(\))? *[:,-] *(?:\w{1,20}: *)?operation (?:was )?(?:cancell?ed|aborted)\b
        |async_accept\b(?:\(\))?.{0,20}\b(?:error|failed)\b
        |\b(?:Begin|End)Accept\w{0,12}\b.{0,80}\b(?:failed|error|exception|not re-?(?:posted|armed|issued))\b
        |accept\w{0,8}\b.{0,30}\bnot (?:re-?)?(?:armed|posted|issued|rescheduled)\b
        |\bno accept (?:is )?outstanding\b
        |\bacceptor\b.{0,20}\b(?:exited|ended|terminat(?:ed|ing)|died|stopped|crashed|paused|disabled|panicked)\b
        |\b(?:
          fail(?:ed|ure)?|cannot|can't|could not|couldn't|unable|error|stopp(?:ed|ing)|paus(?:ed|ing)|not
          |no longer
        ) (?:to |on |in |while )?accept(?:ing)?\b${CONNECTIONS}
        |\bE[MN]FILE\b(?! handling)
        |\btoo many open (?:files|sockets)\b(?! (?:limit|warning|threshold|alert))
        |\bout of (?:file )?descriptors\b
      )${NOT_BLOCKED}(?<=^(?!.{0,300}${OTHER_ACCEPTORS}).{0,1000})
    `,
    samples: [
      { message: 'accept: socket table full (64/64), leaving connection pending', facts: {} },
      { message: 'accept() = 7, but the table is full', facts: null },
      { message: 'accept dialog: operation cancelled by user', facts: null },
      { message: 'do_accept: Operation aborted', facts: {} },
      { message: 'GenServer Gate.Acceptor terminating', facts: {} },
      // Nginx: another worker has it.
      { message: 'accept mutex lock failed: 0', facts: null },
      { message: 'accept failed: Too many open files, acceptor stopped', facts: { errorName: 'EMFILE' } },
      { message: 'lwip_accept: netconn_accept failed, err=-12', facts: {} },
      { message: 'netconn_accept: ERR_MEM', facts: {} },
      { message: 'accept failed: {error,emfile}', facts: { errorName: 'EMFILE' } },
      { message: 'accept4() failed (24: Too many open files)', facts: { errorName: 'EMFILE' } },
      {
        message: 'http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 5ms',
        facts: { port: 8080, errorName: 'EMFILE' },
      },
      { message: 'accept loop exited', facts: { errorName: null } },
      { message: 'acceptor thread died: NullPointerException', facts: { errorName: null } },
      { message: 'accept: No buffer space available', facts: { errorName: 'ENOBUFS' } },
      { message: 'accept: Bad file descriptor', facts: { errorName: 'EBADF' } },
      { message: 'accept failed with error: 10038', facts: { errno: 10038, errorName: 'ENOTSOCK' } },
      { message: 'accept() failed: 24', facts: { errno: 24, errorName: 'EMFILE' } },
      { message: 'accept tcp [::]:9000: use of closed network connection', facts: { port: 9000, errorName: null } },
      { message: 'socket.accept() out of system resource', facts: {} },
      { message: 'OSError: [Errno 9] Bad file descriptor during accept', facts: { errno: 9, errorName: 'EBADF' } },
      { message: 'Unhandled exception in accept loop', facts: {} },
      { message: 'Exception in accept header parsing', facts: null },
      { message: "thread 'acceptor' panicked at src/main.rs:42", facts: {} },
      { message: 'no longer accepting connections', facts: {} },
      { message: 'accept() returned -1, errno=11 (EAGAIN)', facts: null },
      { message: 'accept failed: Resource temporarily unavailable', facts: null },
      { message: 'The connection listener failed to accept any new connections.', facts: {} },
      { message: 'Exception in thread "acceptor" java.lang.NullPointerException', facts: {} },
      { message: 'async_accept error: Operation canceled [system:125]', facts: {} },
      { message: 'EndAccept failed: ObjectDisposedException, BeginAccept not re-posted', facts: {} },
      { message: 'accept callback not rescheduled', facts: {} },
      { message: 'BeginAccept posted', facts: null },
      { message: 'error while accepting terms', facts: null },
      { message: 'failed to accept friend request', facts: null },
      { message: 'not accepting orders today', facts: null },
      { message: 'accept order failed: out of stock', facts: null },
      { message: 'error while accepting', facts: {} },
      { message: 'WSAAccept error 10024', facts: null },
      { message: 'Paxos acceptor 3 died', facts: null },
      { message: 'too many open files limit is 1024', facts: null },
      { message: 'RLIMIT_NOFILE 1024, EMFILE handling enabled', facts: null },
      { message: 'ssl accept error 1', facts: null },
      { message: 'could not accept new connection: Too many open files', facts: { errorName: 'EMFILE' } },
    ],
  },
  {
    id: 'workers-exhausted',
    kind: 'error',
    keywords: [
      'too many open connections',
      'new thread',
      'new process',
      'maxstartups',
      'starvation',
      'seems busy',
      'create thread',
      'fork process',
      'exhausted',
      'rejectedexecution',
      'max_children',
      'worker_connections',
      'no free ',
      'no idle ',
      'workers',
      'threads',
      'pool is full',
      'pool full',
      'queue is full',
      'maxclients',
      'maxconn',
      'too many clients',
      'too many connections',
      'number of clients reached',
      'remaining connection slots',
      'connection limit',
      'connections limit',
      'client limit',
      'session limit',
      'max connections',
      'max clients',
      'max sessions',
      'maximum number',
      'maximum conn',
      'maximum client',
      'maximum session',
      'limit of',
      'limit reached',
      'limit exceeded',
      'semaphore',
      'native thread',
      'start new thread',
      'pthread_create',
    ],
    pattern: wording`
      \b(?:threads?|workers?|thread[ \t-]?pool|worker[ \t-]?pool|executor)\b.{0,60}\b
        (?:exhausted|saturated|are (?:all )?busy|rejected)\b
      |\ball (?:\d{1,6} )?(?:worker )?(?:threads|workers) (?:are )?busy\b
      |\bno (?:free|idle|available) (?:worker|thread)s?\b
      |\bRejectedExecution(?:Exception)?\b
      |\b(?:thread|worker)[ \t-]?pool\b.{0,20}\b(?:full|empty)\b
      |\b(?:work|worker|task|executor)[ \t-]?queue is full\b
      |\ball threads\b.{0,40}\bbusy\b
      |\breached (?:pm\.max_children|MaxRequestWorkers|MaxClients|maxconn)\b
      |\btoo many (?:open )?(?:clients|connections)\b
      |\b(?:could not|cannot|can't|failed to|unable to) (?:create|start|spawn|fork) (?:an? )?(?:new )?
        (?:thread|process|worker|child)\b(?=.{0,40}\bconnection)
      |\bmaxConnections (?:reached|exceeded)\b|\bpast MaxStartups\b|\bthread pool starvation\b
      |^(?:\[[^\]]{1,40}\][ \t])?seems busy\b|\bmax(?:imum)? number of clients reached\b
      |\bremaining connection slots are reserved\b|\bworker_connections are not enough\b
      |\b(?:max(?:imum)?|limit)\b.{0,30}\b(?:connections?|clients?|sessions?)\b.{0,30}\b
        (?:reached|exceeded|hit)\b
      |\b(?:connection|client|session)s? (?:count )?limit\b.{0,30}\b(?:reached|exceeded|hit)\b
      |\b(?:reached|exceeded)\b.{0,20}\bmax(?:imum)? (?:number of )?(?:open )?(?:connection|client|session)s?\b
      |\bsemaphore (?:is )?(?:full|exhausted)\b|\bunable to create (?:new )?native thread\b
      |\bcan't start new thread\b|\bpthread_create(?:\(\))?.{0,20}\bfailed\b
    `,
    samples: [
      { message: 'TCP Channel TCP_2 has exceeded the maximum number of open connections 20000.', facts: {} },
      { message: 'connection refused because too many open connections: 819', facts: {} },
      { message: "Can't create thread to handle new connection(errno= 11)", facts: {} },
      { message: 'could not fork new process for connection: Resource temporarily unavailable', facts: {} },
      { message: 'server.maxConnections reached, dropping connection', facts: {} },
      { message: 'drop connection #10 from [10.1.2.3]:50022 on [10.1.2.9]:22 past MaxStartups', facts: {} },
      { message: 'This could be caused by thread pool starvation.', facts: {} },
      { message: '[pool www] seems busy (you may need to increase pm.start_servers), spawning 8 children', facts: {} },
      { message: 'started new thread for connection 7', facts: null },
      { message: 'thread pool exhausted, 64 of 64 threads busy', facts: {} },
      { message: 'all 8 workers are busy', facts: {} },
      { message: 'no free worker thread for connection fd=9', facts: { handle: '9' } },
      { message: 'java.util.concurrent.RejectedExecutionException: Task rejected', facts: {} },
      { message: '[pool www] server reached pm.max_children setting (5), consider raising it', facts: {} },
      { message: '512 worker_connections are not enough', facts: {} },
      { message: 'All threads (200) are currently busy, waiting', facts: {} },
      { message: "The executor's work queue is full", facts: {} },
      { message: 'worker queue is full, connection 10.1.2.3:50022 waits', facts: { peerPort: 50022 } },
      { message: 'AH00484: server reached MaxRequestWorkers setting, consider raising it', facts: {} },
      { message: 'FATAL:  sorry, too many clients already', facts: {} },
      { message: 'thread pool is full, 32 tasks queued', facts: {} },
      { message: 'Maximum number of connections (64) reached', facts: {} },
      { message: 'Connection limit of 64 exceeded; waiting for a slot', facts: {} },
      { message: 'Proxy gate reached its configured maximum connection limit', facts: {} },
      { message: 'semaphore full: 64/64 connections', facts: {} },
      { message: "can't start new thread", facts: {} },
      { message: 'pthread_create failed: Resource temporarily unavailable', facts: {} },
      { message: 'connection limit is 64', facts: null },
      { message: 'started 8 workers', facts: null },
    ],
  },
  {
    // Who is turned away was accepted, and closed: this tells nothing of how the log words an accept.
    id: 'turned-away',
    kind: 'error',
    keywords: ['fail: ', 'refus', 'reject', 'denied', 'denying', 'not allowed'],
    pattern: wording`
      \b(?:refus(?:ed|ing)|reject(?:ed|ing)|den(?:ied|ying)) (?:\w{1,20} ){0,2}
        (?:connect|connections?|clients?|access) (?:from|by)\b
      |\b(?:connection|client|connect) (?:request )?from\b.{0,80}\b(?:rejected|refused|denied|not allowed)\b
      |^FAIL: \S{1,40} \w{1,40} from=
    `,
    samples: [
      // Xinetd.
      { message: 'FAIL: gate per_source_limit from=10.1.2.3', facts: { peerAddress: '10.1.2.3' } },
      { message: 'refused connect from 10.1.2.3', facts: { peerAddress: '10.1.2.3' } },
      {
        message: 'connection from 10.1.2.3:50022 rejected: too many',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'connection to 10.1.2.3:50022 refused', facts: null },
      { message: 'connection from 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'accept-queue-full',
    kind: 'error',
    keywords: ['listen queue', 'accept queue', 'backlog', 'syn flood'],
    pattern: wording`
      \b(?:listen|accept) (?:queue|backlog)\b.{0,60}\b(?:full|overflow\w{0,4}|exceeded)\b
      |\bbacklog\b.{0,30}\b(?:full|overflow\w{0,4}|exceeded)\b
      |\bpossible SYN flooding(?: on port (?:[\d.]{7,15}:|\[[\da-f:.]{2,45}\]:)?(?<port>\d{1,5}))?\b
    `,
    samples: [
      { message: '*** uWSGI listen queue of socket "127.0.0.1:9000" (fd: 3) full !!! (101/100) ***', facts: {} },
      { message: 'TCP: Possible SYN flooding on port 9000. Sending cookies.', facts: { port: 9000 } },
      { message: 'TCP: Possible SYN flooding on port 0.0.0.0:9000. Sending cookies.', facts: { port: 9000 } },
      { message: 'TCP: Possible SYN flooding on port [::]:9000. Sending cookies.', facts: { port: 9000 } },
      { message: '128 times the listen queue of a socket overflowed', facts: {} },
      { message: 'backlog 128', facts: null },
    ],
  },
  {
    id: 'waits-for-lock',
    kind: 'error',
    keywords: [
      'for lock',
      'on lock',
      'to lock',
      'for the lock',
      'for mutex',
      'on mutex',
      'for semaphore',
      'deadlock',
      'monitor entry',
      'accept',
      'listen',
    ],
    pattern: wording`
      \b(?:wait(?:ing|s|ed)?|blocked)\b.{0,20}\b(?:for|on|to)[ \t]+
        (?:(?:the|a|acquire) )?(?:\w{1,30}[ \t_.:>-]{1,2})?\w{0,30}(?:(?<![bc])lock|mutex|semaphore)\b
      |^"[^"]{0,60}(?:accept|listen)[^"]{0,60}"(?::$|.{0,120}\bwaiting for monitor entry\b)
      |\bdeadlock\b(?! (?:detector|detection|check|timeout))
    `,
    samples: [
      { message: 'fd 6: waiting for lock session_table held by thread 0003', facts: { handle: '6' } },
      { message: 'acceptor: waiting for table lock held by thread 3', facts: {} },
      { message: 'accept thread: blocked on g_tableLock (owner: thread 7)', facts: {} },
      { message: 'listener waits for the next block', facts: null },
      { message: 'worker-1 blocked on mutex 0x7f', facts: {} },
      { message: 'Found one Java-level deadlock: "worker-1" waiting to lock monitor', facts: {} },
      { message: '"acceptor" #12 prio=5 tid=0x1 nid=0x2 waiting for monitor entry [0x00007f]', facts: {} },
      { message: '"acceptor-0":', facts: {} },
      { message: 'deadlock detection enabled', facts: null },
    ],
  },
  {
    id: 'tls-failed',
    kind: 'error',
    keywords: [
      'tls handshake',
      'ssl_accept',
      'ssl accept',
      'tls accept',
      'ssl routines',
      'sslhandshake',
      'notsslrecord',
      'plain http',
      'ssl handshake',
      'ssl_do_handshake',
      'x16\\x03',
    ],
    pattern: wording`
      \b(?:TLS|SSL) handshake\b.{0,40}\b(?:error|fail(?:ed|ure)?)\b
      |\b(?:SSL|TLS)[ \t_]accept\b.{0,40}\b(?:error|failed)\b
      |\bSSL_do_handshake\b.{0,20}\bfailed\b|\bSSL routines:|\bSSLHandshakeException\b
      |\bNotSslRecordException\b
      |\bplain HTTP request (?:was )?sent to HTTPS port\b
      |\bsent plain HTTP request to HTTPS port\b|\\x16\\x03
    `,
    samples: [
      {
        message: 'http: TLS handshake error from 127.0.0.1:50003: tls: first record does not look like a TLS handshake',
        facts: { peerAddress: '127.0.0.1', peerPort: 50003 },
      },
      {
        message: 'SSL_accept failed: error:1408F10B:SSL routines:ssl3_get_record:wrong version number fd=6',
        facts: { handle: '6' },
      },
      { message: 'io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 474554', facts: {} },
      {
        message:
          '*3 client sent plain HTTP request to HTTPS port while reading client request headers, client: 127.0.0.1',
        facts: {},
      },
      { message: 'SSL_do_handshake() failed (SSL: error:0A00010B) while SSL handshaking', facts: {} },
      { message: String.raw`bad request: "\x16\x03\x01\x02\x00"`, facts: {} },
      { message: 'ssl accept error 1', facts: {} },
      { message: 'TLS handshake done', facts: null },
    ],
  },
  {
    id: 'windows-accept-failed',
    kind: 'accept-failed',
    keywords: ['wsaaccept', 'acceptex'],
    pattern: new RegExp(String.raw`\b(?:WSAAccept|AcceptEx)(?:\(\))?[ \t]*(?:failed|error|:)${NOT_BLOCKED}`, 'i'),
    samples: [
      { message: 'WSAAccept error 10024', facts: { errno: 10024, errorName: 'EMFILE' } },
      { message: 'WSAAccept: WSAEWOULDBLOCK (10035)', facts: null },
    ],
  },
]
