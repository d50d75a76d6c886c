import type { EventPattern } from '../pattern.ts'

/** What a server says when it cannot listen or accept. */
export const failure: readonly EventPattern[] = [
  {
    id: 'bind-failed',
    kind: 'bind-failed',
    keywords: [
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
    ],
    pattern:
      /\bbind\w{0,4}\b.{0,160}\b(?:fail\w{0,3}|error|denied|in use|cannot|could not|unable|refused|errno)\b|\b(?:fail\w{0,3}|cannot|can't|could not|couldn't|unable|error)\b.{0,40}\b(?:bind\w{0,3}|listen(?:ing|er)?)\b|\blisten\w{0,4}\b.{0,160}\b(?:failed|error|denied)\b|\bdenied\b.{0,20}\bbind|address (?:is )?already in use|\bEADDRINUSE\b|only one usage of each socket address|port (?:\d{1,5} )?(?:is |was )?(?:already )?(?:in use|being used|taken|bound)|cannot assign requested address/i,
    samples: [
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
    pattern:
      /\baccept(?:ing|or|4)?\b(?:\(\))?.{0,80}\b(?:(?:loop|thread)[ \t]+(?:exited|ended|terminated|died|stopped|crashed)|fail(?:ed|ure|s)?|error|errno|stopped|gave up|giving up|E[MN]FILE|ENOBUFS|ENOMEM|too many|no buffer space|out of memory|cannot allocate)\b|\bacceptor\b.{0,20}\b(?:exited|ended|terminated|died|stopped|crashed|paused|disabled)\b|\b(?:fail(?:ed|ure)?|cannot|can't|could not|couldn't|unable|error|stopp(?:ed|ing)|not)[ \t]+(?:to[ \t]+|on[ \t]+|in[ \t]+|while[ \t]+)?accept(?:ing)?\b|\bEMFILE\b|\bENFILE\b|\btoo many open (?:files|sockets)\b|\bout of (?:file )?descriptors\b/i,
    samples: [
      { message: 'accept failed: Too many open files, acceptor stopped', facts: { errorName: 'EMFILE' } },
      { message: 'accept4() failed (24: Too many open files)', facts: { errorName: 'EMFILE' } },
      {
        message: 'http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 5ms',
        facts: { port: 8080, errorName: 'EMFILE' },
      },
      { message: 'accept loop exited', facts: { errorName: null } },
      { message: 'acceptor thread died: NullPointerException', facts: { errorName: null } },
      { message: 'accept: No buffer space available', facts: { errorName: 'ENOBUFS' } },
      { message: 'WSAAccept error 10024', facts: null },
      { message: 'could not accept new connection: Too many open files', facts: { errorName: 'EMFILE' } },
    ],
  },
  {
    id: 'workers-exhausted',
    kind: 'error',
    keywords: [
      'exhausted',
      'rejectedexecution',
      'max_children',
      'worker_connections',
      'no free ',
      'no idle ',
      'workers',
      'threads',
    ],
    pattern:
      /\b(?:threads?|workers?|thread[ \t-]?pool|worker[ \t-]?pool|executor)\b.{0,60}\b(?:exhausted|saturated|are[ \t]+(?:all[ \t]+)?busy|rejected)\b|\ball[ \t]+(?:\d{1,6}[ \t]+)?(?:worker[ \t]+)?(?:threads|workers)[ \t]+(?:are[ \t]+)?busy\b|\bno[ \t]+(?:free|idle|available)[ \t]+(?:worker|thread)s?\b|\bRejectedExecution(?:Exception)?\b|\breached[ \t]+pm\.max_children\b|\bworker_connections[ \t]+are[ \t]+not[ \t]+enough\b/i,
    samples: [
      { message: 'thread pool exhausted, 64 of 64 threads busy', facts: {} },
      { message: 'all 8 workers are busy', facts: {} },
      { message: 'no free worker thread for connection fd=9', facts: { handle: '9' } },
      { message: 'java.util.concurrent.RejectedExecutionException: Task rejected', facts: {} },
      { message: '[pool www] server reached pm.max_children setting (5), consider raising it', facts: {} },
      { message: '512 worker_connections are not enough', facts: {} },
      { message: 'started 8 workers', facts: null },
    ],
  },
  {
    id: 'windows-accept-failed',
    kind: 'accept-failed',
    keywords: ['wsaaccept', 'acceptex'],
    pattern: /\b(?:WSAAccept|AcceptEx)(?:\(\))?[ \t]*(?:failed|error|:)/i,
    samples: [{ message: 'WSAAccept error 10024', facts: { errno: 10024, errorName: 'EMFILE' } }],
  },
]
