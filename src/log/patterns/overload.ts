import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What a server says when it cannot take one more connection, or will not, and a kernel when nobody takes them. */
export const overload: readonly EventPattern[] = [
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
      'no more ',
      'no open ',
      'no available ',
      'no empty ',
      'table full',
      'table is full',
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
      'permit',
      'connection slots',
      'native thread',
      'start new thread',
      'pthread_create',
      'reader thread',
      'receive thread',
      'handler thread',
      'queue full',
    ],
    pattern: wording`
      \b(?:threads?|workers?|(?:thread|worker|(?:sub)?task)[ \t-]?pool|executor)\b.{0,60}\b
        (?:exhausted|saturated|are (?:all )?busy|rejected)\b
      |\ball (?:\d{1,6} )?(?:worker )?(?:threads|workers) (?:are )?busy\b
      |\bno (?:free|idle|available) (?:worker|thread)s?\b
      |\bno (?:more |free |open |available |empty ){1,2}(?:(?:web)?socket|client|connection|session) slots?\b
      |\bno (?:more |free |open |available |empty ){1,2}slots?\b(?=.{0,40}\b(?:connections?|clients?)\b)
      |\b(?:connection|client) (?:table|list) (?:is )?full\b(?!.{0,60}\b(?:not|cannot|can't|SYN|packets?)\b)
      |\b(?:available|free|idle) (?:worker |pool )?(?:threads|workers) *[:=] *0(?![\d.])
      |\ball (?:\d{1,6} )?(?:connection |accept |worker )(?:permits|slots) (?:are )?(?:taken|in use|used|busy)\b
      |\b(?:waiting|waits) for (?:an? )?(?:connection |free )?permit\b
      |\bRejectedExecution(?:Exception)?\b
      |\b(?:thread|worker)[ \t-]?pool\b.{0,20}\b(?:full|empty)\b
      |\b(?:work|worker|task|executor)[ \t-]?queue is full\b
      |\ball threads\b.{0,40}\bbusy\b
      |\breached (?:pm\.max_children|MaxRequestWorkers|MaxClients|maxconn)\b
      |\btoo many (?:open )?(?:clients|connections)\b
      |\b(?:could not|cannot|can't|failed to|unable to) (?:create|start|spawn|fork) (?:an? |the )?(?:new )?
        (?:(?:reader|receive|handler|client|session|connection|worker|i/?o)[ \t-])?(?:thread|process|worker|child)\b
        (?=.{0,40}\b(?:connection|client|session|fd|socket)\b)
      |\b(?:task|job|accept|connection) queue (?:is )?full\b(?=.{0,12}\breject)
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
      { message: 'could not start reader thread for fd=8: Resource temporarily unavailable', facts: { handle: '8' } },
      { message: 'Task queue full, rejecting', facts: {} },
      { message: 'started new thread for connection 7', facts: null },
      { message: 'thread pool exhausted, 64 of 64 threads busy', facts: {} },
      { message: 'all 8 workers are busy', facts: {} },
      { message: 'SUBTASK POOL EXHAUSTED, MAXTASK=10', facts: {} },
      { message: 'available worker threads: 0, pending work items: 812', facts: {} },
      { message: 'available worker threads: 12', facts: null },
      { message: 'all 64 connection permits are taken', facts: {} },
      { message: 'waiting for a permit before accept available=0 max=64', facts: {} },
      { message: 'waiting for a building permit', facts: null },
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
      { message: 'No open slots available for new connections.', facts: {} },
      { message: 'No free WebSocket slots (max 4 clients)', facts: {} },
      { message: 'Connection table full! Refusing 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'no free slots in the job queue', facts: null },
      // Of a firewall, which has connections of others in its table.
      { message: 'connection table full, dropping SYN of 10.1.2.3', facts: null },
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
]
