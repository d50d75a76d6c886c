import type { EventPattern } from '../pattern.ts'

/** What stands before a call where no stamp was asked for: the process, and with `-r` the time since the call before. */
const BEFORE = String.raw`^(?:\[pid[ ]{1,6}\d{1,9}\] )?(?:[ ]{0,6}\d{1,9}\.\d{6} )?`

const traced = (call: RegExp): RegExp => new RegExp(call.source.replace('^', BEFORE), call.flags)

/** System calls as strace prints them. A call that another process's line cut in two is read where it resumes. */
export const strace: readonly EventPattern[] = [
  {
    id: 'strace-accept',
    kind: 'accept',
    keywords: ['accept(', 'accept4(', 'accept resumed', 'accept4 resumed'],
    pattern: traced(
      /^(?:accept4?\((?<listener>\d{1,9}), |<\.\.\. accept4? resumed>)(?:.{0,80}?sin6?_port=htons\((?<peerPort>\d{1,5})\).{0,80}?"(?<peerAddress>[0-9a-f.:]{2,45})")?.{0,120}\)[ \t]+= (?<handle>\d{1,9})(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [
      {
        message:
          'accept4(5, {sa_family=AF_INET, sin_port=htons(54946), sin_addr=inet_addr("127.0.0.1")}, [128 => 16], SOCK_CLOEXEC) = 6',
        facts: { listener: '5', handle: '6', peerAddress: '127.0.0.1', peerPort: 54946 },
      },
      {
        message:
          '[pid   513]      0.000105 accept(5, {sa_family=AF_INET, sin_port=htons(54946), sin_addr=inet_addr("127.0.0.1")}, [16]) = 6',
        facts: { listener: '5', handle: '6', peerAddress: '127.0.0.1', peerPort: 54946 },
      },
      { message: '     0.000105 accept(5, <unfinished ...>', facts: null },
      {
        message:
          'accept(5, {sa_family=AF_INET6, sin6_port=htons(54946), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, [28]) = 6',
        facts: { listener: '5', handle: '6', peerAddress: '::1', peerPort: 54946 },
      },
      { message: '<... accept4 resumed>NULL, NULL, SOCK_CLOEXEC) = 7', facts: { handle: '7', listener: null } },
      { message: 'accept4(5, NULL, NULL, SOCK_CLOEXEC) = 7 <2.250817>', facts: { listener: '5', handle: '7' } },
      { message: 'accept4(5, 0x7ffe, [128], 0) = -1 EAGAIN (Resource temporarily unavailable)', facts: null },
    ],
  },
  {
    id: 'strace-accept-failed',
    kind: 'accept-failed',
    keywords: ['accept(', 'accept4(', 'accept resumed', 'accept4 resumed'],
    pattern: traced(
      /^(?:accept4?\((?<handle>\d{1,9}), |<\.\.\. accept4? resumed>).{0,200}\)[ \t]+= -1 (?!EAGAIN|EINTR)E[A-Z]+/,
    ),
    samples: [
      {
        message: 'accept4(5, NULL, NULL, SOCK_CLOEXEC) = -1 EMFILE (Too many open files)',
        facts: { handle: '5', errorName: 'EMFILE' },
      },
    ],
  },
  {
    id: 'strace-socket',
    kind: 'socket-created',
    keywords: ['socket('],
    pattern: traced(/^socket\(AF_INET6?, SOCK_STREAM.{0,80}\)[ \t]+= (?<handle>\d{1,9})(?: <\d{1,9}\.\d{1,9}>)?$/),
    samples: [{ message: 'socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 5', facts: { handle: '5' } }],
  },
  {
    id: 'strace-bind',
    kind: 'bind',
    keywords: ['bind('],
    pattern: traced(
      /^bind\((?<handle>\d{1,9}), \{sa_family=AF_INET6?, sin6?_port=htons\((?<port>\d{1,5})\).{0,80}?"(?<address>[0-9a-f.:]{2,45})".{0,80}\)[ \t]+= 0(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [
      {
        message: 'bind(5, {sa_family=AF_INET, sin_port=htons(7001), sin_addr=inet_addr("10.1.2.3")}, 16) = 0',
        facts: { handle: '5', address: '10.1.2.3', port: 7001 },
      },
    ],
  },
  {
    id: 'strace-bind-failed',
    kind: 'bind-failed',
    keywords: ['bind(', 'listen('],
    pattern: traced(
      /^(?:bind|listen)\((?<handle>\d{1,9}), (?:\{sa_family=AF_INET6?, sin6?_port=htons\((?<port>\d{1,5})\).{0,80}?"(?<address>[0-9a-f.:]{2,45})")?.{0,80}\)[ \t]+= -1 E[A-Z]+/,
    ),
    samples: [
      {
        message:
          'bind(5, {sa_family=AF_INET, sin_port=htons(7001), sin_addr=inet_addr("10.1.2.3")}, 16) = -1 EADDRINUSE (Address already in use)',
        facts: { handle: '5', address: '10.1.2.3', port: 7001, errorName: 'EADDRINUSE' },
      },
    ],
  },
  {
    id: 'strace-listen',
    kind: 'listening',
    keywords: ['listen('],
    pattern: traced(/^listen\((?<handle>\d{1,9}), -?\d{1,9}\)[ \t]+= 0(?: <\d{1,9}\.\d{1,9}>)?$/),
    samples: [{ message: 'listen(5, 16)           = 0', facts: { handle: '5' } }],
  },
  {
    // What epoll gives back with an event, where that is a number: two sockets of one number are told apart by nothing.
    id: 'strace-epoll-add',
    kind: 'attach',
    keywords: ['epoll_ctl('],
    pattern: traced(
      /^epoll_ctl\((?<name>\d{1,9}), EPOLL_CTL_ADD, (?<handle>\d{1,9}), \{(?:events=)?[^{]{1,80}\{u32=(?<slot>\d{1,9}), u64=\d{1,9}\}\}\)[ \t]+= 0(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [
      {
        message: 'epoll_ctl(4, EPOLL_CTL_ADD, 5, {EPOLLIN, {u32=0, u64=0}}) = 0',
        facts: { handle: '5', slot: 0, name: '4' },
      },
      { message: 'epoll_ctl(4, EPOLL_CTL_ADD, 5, {EPOLLIN, {u32=2890, u64=94022890011304}}) = 0', facts: null },
    ],
  },
  {
    id: 'strace-connect-failed',
    kind: 'connect-failed',
    keywords: ['connect(', 'connect resumed'],
    pattern: traced(
      /^(?:connect\((?<handle>\d{1,9}), \{sa_family=AF_INET6?, sin6?_port=htons\((?<peerPort>\d{1,5})\).{0,80}?"(?<peerAddress>[0-9a-f.:]{2,45})"|<\.\.\. connect resumed>).{0,80}\)[ \t]+= -1 (?!EINPROGRESS|EINTR|EALREADY)E[A-Z]+/,
    ),
    samples: [
      {
        message:
          'connect(6, {sa_family=AF_INET, sin_port=htons(7001), sin_addr=inet_addr("10.1.2.3")}, 16) = -1 ECONNREFUSED (Connection refused)',
        facts: { handle: '6', peerAddress: '10.1.2.3', peerPort: 7001, errorName: 'ECONNREFUSED' },
      },
    ],
  },
  {
    id: 'strace-connect',
    kind: 'connect',
    keywords: ['connect('],
    pattern: traced(
      /^connect\((?<handle>\d{1,9}), \{sa_family=AF_INET6?, sin6?_port=htons\((?<peerPort>\d{1,5})\).{0,80}?"(?<peerAddress>[0-9a-f.:]{2,45})"/,
    ),
    samples: [
      {
        message:
          'connect(6, {sa_family=AF_INET, sin_port=htons(7001), sin_addr=inet_addr("10.1.2.3")}, 16) = -1 EINPROGRESS (Operation now in progress)',
        facts: { handle: '6', peerAddress: '10.1.2.3', peerPort: 7001 },
      },
    ],
  },
  {
    id: 'strace-peer-close',
    kind: 'peer-close',
    keywords: ['recvfrom(', 'recv(', 'recvmsg(', 'recvfrom resumed', 'recvmsg resumed'],
    pattern: traced(
      /^(?:recv(?:from|msg)?\((?<handle>\d{1,9}), |<\.\.\. recv(?:from|msg)? resumed>).{0,800}\)[ \t]+= (?:0(?: <\d{1,9}\.\d{1,9}>)?$|-1 ECONNRESET)/,
    ),
    samples: [
      { message: 'recvfrom(6, "", 4096, 0, NULL, NULL) = 0', facts: { handle: '6' } },
      {
        message: 'recvfrom(6, 0x7ffe, 4096, 0, NULL, NULL) = -1 ECONNRESET (Connection reset by peer)',
        facts: { handle: '6', errorName: 'ECONNRESET' },
      },
    ],
  },
  {
    id: 'strace-recv',
    kind: 'recv',
    keywords: ['recvfrom(', 'recv(', 'recvmsg(', 'read(', 'recvfrom resumed', 'recvmsg resumed', 'read resumed'],
    pattern: traced(
      /^(?:(?:recv(?:from|msg)?|read)\((?<handle>\d{1,9}), |<\.\.\. (?:recv(?:from|msg)?|read) resumed>).{0,800}\)[ \t]+= (?<bytes>[1-9]\d{0,9})(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [
      { message: 'recvfrom(6, "ping"..., 4096, 0, NULL, NULL) = 44', facts: { handle: '6', bytes: 44 } },
      { message: '<... read resumed>"ping", 4096) = 4', facts: { bytes: 4 } },
    ],
  },
  {
    id: 'strace-send',
    kind: 'send',
    keywords: ['sendto(', 'send(', 'sendmsg(', 'write('],
    pattern: traced(
      /^(?:send(?:to|msg)?|write)\((?<handle>\d{1,9}), .{0,800}\)[ \t]+= (?<bytes>[1-9]\d{0,9})(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [{ message: 'sendto(6, "pong", 4, MSG_NOSIGNAL, NULL, 0) = 4', facts: { handle: '6', bytes: 4 } }],
  },
  {
    id: 'strace-poll',
    kind: 'readable',
    keywords: ['poll(', 'poll resumed'],
    pattern: traced(/^(?:p?poll\(|<\.\.\. p?poll resumed>).{0,400}\)[ \t]+= \d{1,4} \(\[\{fd=(?<handles>\d{1,9})/),
    samples: [
      {
        message: 'poll([{fd=5, events=POLLIN}], 1, -1) = 1 ([{fd=5, revents=POLLIN}])',
        facts: { handles: ['5'], handle: '5' },
      },
    ],
  },
  {
    id: 'strace-select',
    kind: 'readable',
    keywords: ['select(', 'select resumed', 'select6('],
    pattern: traced(/^(?:_new)?p?select6?(?:\(| resumed>).{0,300}\)[ \t]+= \d{1,4} \(in \[(?<handles>[\d ]{1,200})\]/),
    samples: [{ message: 'select(8, [5 7], NULL, NULL, NULL) = 2 (in [5 7])', facts: { handles: ['5', '7'] } }],
  },
  {
    id: 'strace-close',
    kind: 'close',
    keywords: ['close(', 'shutdown('],
    pattern: traced(
      /^(?:close\((?<handle>\d{1,9})\)|shutdown\(\d{1,9}, SHUT_RDWR\))[ \t]+= 0(?: <\d{1,9}\.\d{1,9}>)?$/,
    ),
    samples: [{ message: 'close(6)                = 0', facts: { handle: '6' } }],
  },
  {
    id: 'strace-exit',
    kind: 'process-end',
    keywords: ['exit_group(', '+++ exited', '+++ killed'],
    pattern: traced(/^(?:exit_group\(|\+\+\+ (?:exited|killed))/),
    samples: [{ message: '+++ killed by SIGKILL +++', facts: {} }],
  },
]
