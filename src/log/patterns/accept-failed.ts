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

/** What a server says when it cannot accept, or has stopped to. */
export const acceptFailed: readonly EventPattern[] = [
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
              |died|crashed|faulted
            )
            |fail(?:ed|ure|s)?|error|errno|stopped|gave up|giving up|panicked|E[MN]FILE|ENOBUFS|ENOMEM
            |ERR_(?!OK\b)[A-Z]{2,8}|too many(?![ \t]+(?:clients?|connections?|sessions?|peers?|users?)\b)|no buffer space|out of (?:memory|system resource|sockets)|cannot allocate
            |bad file descriptor|invalid argument|operation on non-?socket|not a socket|operation not supported
            |protocol error|caused connection abort|use of closed
          )\b
        |\baccept(?:ing|or|4)?\b(?!(?:\(\))? *(?:=|->|returned) *\d).{0,60}\b(?:
          (?:table|pool|registry|list|array) (?:is )?full|no (?:more )?(?:free|empty) (?:slots?|entry|entries|place)
        )\b
        |\baccept4?\b(?:\(\w{0,40}\))? *(?:[:=,-] *|(?:returned|gave) )(?:-1[ \t,:(]*)?(?:WSA)?
          E(?:BADF|INVAL|NOTSOCK|OPNOTSUPP|PROTO|PERM|CONNABORTED|FAULT)\b
        |\baccept4?(?:\(\))? (?:threw|raised)\b|\bexception in (?:thread|task)\b.{0,40}accept
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
        |\bacceptor\b.{0,20}\b(?:exited|ended|terminat(?:ed|ing)|died|stopped|crashed|panicked)\b
        |(?<!\b(?:reached|exceeded|hit|full)\b.{0,20})\b(?:
          fail(?:ed|ure)?|cannot|can't|could not|couldn't|unable|error|stopp(?:ed|ing)|not|no longer
        ) (?:to |on |in |while )?accept(?:ing)?\b${CONNECTIONS}
        |\bE[MN]FILE\b(?! handling)
        |\btoo many open (?:files|sockets)\b(?! (?:limit|warning|threshold|alert))
        |\bout of (?:file )?descriptors\b
      )${NOT_BLOCKED}(?<=^(?!.{0,300}${OTHER_ACCEPTORS}).{0,1000})
    `,
    samples: [
      // A limit that is kept is no failure: see `overload.ts` and `paused.ts`.
      { message: 'max connections (100) reached, pausing accept', facts: null },
      { message: 'max clients reached, not accepting', facts: null },
      { message: 'accept loop paused: too many clients', facts: null },
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
      { message: 'accept4: EBADF on fd 8', facts: { errorName: 'EBADF' } },
      { message: 'accept(5) = -1 ENOTSOCK', facts: { errorName: 'ENOTSOCK' } },
      { message: 'accept: Endpoint 10.1.2.3:50022', facts: null },
      { message: 'accept loop faulted: SocketException (995)', facts: {} },
      { message: 'accept4() failed (24: Too many open files)', facts: { errorName: 'EMFILE' } },
      {
        message: 'http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 5ms',
        facts: { port: 8080, errorName: 'EMFILE' },
      },
      { message: 'accept loop exited', facts: { errorName: null } },
      { message: 'accept() threw SocketException', facts: {} },
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
]

/** The same of the calls that only Windows has. */
export const windowsAcceptFailed: readonly EventPattern[] = [
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
