import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'
import { NO_ACCEPT, OF_FIREWALL } from './not-accepted.ts'
import { NOT_BLOCKED } from './would-block.ts'

/**
 * Accepting that is only asked for, or waited in: the operation was handed to a poll or to the kernel (Asio, io_uring, AcceptEx,
 * Java's selectors), the call has not returned, or the socket that the next connection will get was made.
 */
const ONLY_AWAITED = words`
  (?:
    \b(?:
      submit(?:s|ted|ting)?|post(?:s|ed|ing)?|(?:re-?)?arm(?:s|ed|ing)?|queu(?:es|ed|ing)|issu(?:es|ed|ing)
      |schedul(?:es|ed|ing)|prep(?:s|ared|aring)?|register(?:s|ed|ing)?|pending|outstanding
    ) (?:(?:an?|another|the|next|async|multishot|overlapped) ){0,2}(?:OP_)?accept(?:4|ex)?s?\b
    |\b(?:block(?:s|ed|ing)|wait(?:s|ed|ing)?|stuck|sleep(?:s|ing)|parked|hang(?:s|ing))[ \t]+
      (?:in|on|at|inside|within) (?:the )?(?:\w{1,20}[. \t]+)?accept4?\b
    |(?:\basync|non_blocking)_accept(?: *$|,ec=)|\bSYN\b.{0,80}\baccept
    |\baccept(?:4|ex|async)?(?:\(\))? (?:is |was |request )?(?:re-?)?(?:
      posted|pending|armed|outstanding|scheduled|postponed|deferred|skipped
    )\b
    |\baccept[ \t_]?socket (?:is |was )?(?:pre-?)?(?:created|allocated|opened|made)\b
    |\b(?:FD|OP)_ACCEPT\b(?!.{0,120}\baccept(?:ed\b|4?\())
    |\baccept on \S{3,60}, ready: \d|${NO_ACCEPT}|${OF_FIREWALL}
  )
`

/** What a call of accept() gave, and what servers say of it in its own word. */
export const accept: readonly EventPattern[] = [
  {
    id: 'accept-call',
    kind: 'accept',
    keywords: ['accept'],
    pattern: wording`
      (?:
        \bsocket accepted *:
        |(?:\b(?:WSA)?|_OP_)accept4?(?! *= *\d{4,5}(?!\w))(?:
          \((?:[a-z_ ]{0,20}[=:]? ?(?<listener>\d{1,9}))?[^)]{0,80}\)
        )?(?: *(?:=>?|->)|,? (?:cqe[ \t:,]{1,2})?(?:returned|returns|gave|gives|yields|yielded|res(?:ult)? *[=:]))
      )(?: *(?:new )?(?:h?socket|sock|fd|handle))?(?: *[=:#])? *(?<handle>0x[\da-f]{1,16}|\d{1,20})\b
        (?![.:]\d| (?:new )?(?:connections|clients)\b)
    `,
    samples: [
      { message: 'accept=9000 connect=7001', facts: null },
      { message: 'accept() = 7', facts: { handle: '7', listener: null } },
      { message: 'accept returned 7', facts: { handle: '7' } },
      { message: 'accept() gave fd 7', facts: { handle: '7' } },
      {
        message: 'accept() returned fd 9 (10.1.2.3:50022)',
        facts: { handle: '9', peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'New socket accepted: 416', facts: { handle: '416' } },
      { message: 'accept4(5) -> 7', facts: { listener: '5', handle: '7' } },
      { message: 'accept(listen_fd=5) returned fd 7', facts: { listener: '5', handle: '7' } },
      { message: 'cqe: IORING_OP_ACCEPT res=7', facts: { handle: '7' } },
      { message: 'cqe: accept res=-24', facts: null },
      { message: 'accept() returned -1', facts: null },
      { message: 'accept returned 0 connections', facts: null },
      { message: 'accepted = 7', facts: null },
    ],
  },
  {
    id: 'accept',
    kind: 'accept',
    keywords: ['accept'],
    pattern: wording`
      ^(?!
        .{0,200}\b(?:not|no|never|cannot|can't|ready to|waiting to|stop(?:ped)?|start(?:ed|ing)?|about to)[ \t]+
          (?:\w{1,12} )?accept
        |.{0,200}accept4?(?:\([^)]{0,40}\))? *(?:=|->|:|returned|returns) *(?:-1|NULL|nullptr|none|nil|(?:\w{1,20}_)?INVALID_SOCKET|0 (?:new )?(?:connections|clients))\b
        |.{0,200}\b\d{1,9} accepted, \d{1,9} \w|.{0,200}?${ONLY_AWAITED}
      ).{0,200}(?:(?<![a-z])|On|Do)accept(?:ed|ing|s|4)?(?:\(\))?(?:
        [ \t]*: *(?!\d{1,9}(?:[ \t,;/]|$)|std::|(?:[\w.]{1,80})?(?:Exception|Error)\b|panic)(?=.{0,80}\d)\w
        |(?<!accepted) *(?:=|->) *\d
        | (?:a |new |the |client |incoming |tcp |inbound )?(?:
          connection(?!s)|client(?!s)|h?socket(?!s)|sock|session|peer|from|fd|(?:file )?descriptor
          |handle(?![a-z])|on|ok|returned|returns|TcpStream|\((?:fd|socket|sock|handle)\b|\d{1,3}\.|\d{1,9} *$|/
          |\[
          |(?:conn\w{0,7}\.)?(?:remote|client|addr|raddr|src)[\w.]{0,10}[=:]
        )
        |(?<=\b(?:connection|client|socket|peer|\d)\b.{0,120}) *(?:$|[,;)(.]|[ \t](?=[\w.]{1,40}=|0x|\d|\[))
      )${NOT_BLOCKED}
    `,
    samples: [
      { message: 'call server: accepted 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'version 1.2 server: accept fd=7 from 10.1.2.3:50022', facts: { handle: '7', peerPort: 50022 } },
      { message: 'payment from 10.1.2.3:50022 accepted', facts: null },
      { message: 'Service [gate] accepted (FD=3) from 10.1.2.3:50022', facts: { handle: '3', peerPort: 50022 } },
      { message: '(XNIO-1 Accept) XNIO001007: A channel event listener threw an exception', facts: null },
      { message: 'payment 1234 accepted from 10.1.2.3', facts: null },
      { message: 'message from queue 7 accepted from 10.1.2.3', facts: null },
      { message: 'HTTP header Accept: text/html from 10.1.2.3', facts: null },
      { message: 'gateway will accept connection within 5 s', facts: null },
      { message: 'accept = 0.0.0.0:9000', facts: null },
      { message: 'calling accept on fd 5', facts: null },
      { message: 'accept: waiting on fd 5', facts: null },
      { message: 'certificate of client 10.1.2.3:50022: connection accepted', facts: { peerPort: 50022 } },
      {
        // Windows' number for "would block", as a port.
        message: 'accept fd=7 from 10.1.2.3:10035',
        facts: { handle: '7', peerAddress: '10.1.2.3', peerPort: 10_035 },
      },
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
      { message: 'accepted connection from port 50022', facts: { peerPort: 50022, port: null } },
      { message: 'accepted connection from 10.1.2.3 on port 9000', facts: { peerAddress: '10.1.2.3', port: 9000 } },
      { message: 'Accepted 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'OnAccept: handle=0x3a4 remote 10.1.2.3:50022', facts: { handle: '0x3a4', peerPort: 50022 } },
      {
        message: 'accept on listener fd 5: new socket 12 from 10.1.2.3:50022',
        facts: { listener: '5', handle: '12', peerPort: 50022 },
      },
      { message: 'connection #12 accepted (fd=9)', facts: { handle: '9' } },
      {
        message: 'Connection accepted attr.remote=10.1.2.3:50022 attr.connectionId=1',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'Connection id "0HMVDN2B7U1HE" accepted.', facts: {} },
      { message: 'accept OK, queued: fd=7', facts: { handle: '7' } },
      { message: 'try accept: got fd 7 from 10.1.2.3:50022', facts: { handle: '7', peerPort: 50022 } },
      { message: 'accepted fd 7, entering accept again', facts: { handle: '7' } },
      { message: 'accept remote_addr=10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'accept conn.remote=10.1.2.3:50022', facts: { peerPort: 50022 } },
      {
        message: 'Accepted connection from Socket[addr=/10.1.2.3,port=50022,localport=9000]',
        facts: { peerAddress: '10.1.2.3', peerPort: 50022 },
      },
      { message: 'accept: Resource temporarily unavailable', facts: null },
      { message: 'accept returned -1 EWOULDBLOCK', facts: null },
      { message: 'handle_accept(): fd 9', facts: { handle: '9' } },
      { message: 'accepted: 0, handled: 0', facts: null },
      { message: 'sessions 0, outstanding accepts 0', facts: null },
      { message: 'FreeRTOS_accept returned NULL, out of sockets', facts: null },
      { message: 'accept() = INVALID_SOCKET', facts: null },
      { message: 'no connection accepted', facts: null },
      { message: 'accepted 3 of 5 jobs', facts: null },
      { message: 'listener statistics: 1 accepted, 0 failed', facts: null },
      { message: 'std::bad_alloc in accept handler', facts: null },
      { message: 'accept: Die Ressource ist zur Zeit nicht verfügbar', facts: null },
      { message: 'accept: Tidak ada lagi berkas', facts: null },
      { message: 'terminate called in thread accept: std::out_of_range', facts: null },
      { message: '0*1|socket@0x7ffc.async_accept', facts: null },
      { message: '.1|non_blocking_accept,ec=system:11', facts: null },
      { message: 'blocking in accept on fd=5', facts: null },
      { message: 'io_uring: submitted accept on fd 5', facts: null },
      { message: 'Acceptor: registered OP_ACCEPT on selector', facts: null },
      { message: 'accept socket created, handle 1204', facts: null },
      { message: 'AcceptEx posted on socket 412, accept socket 424', facts: null },
      { message: 'accepted socket options TCP_NODELAY=1', facts: null },
      { message: 'trying accept on fd 5', facts: null },
      { message: 'entering accept() fd=5', facts: null },
      { message: 'need to accept on socket 5', facts: null },
      { message: 'Breakpoint 1, on_accept (srv=0x7f) at server.c:88', facts: null },
      { message: 'PASS: accept connection from 127.0.0.1:50022', facts: null },
      { message: 'mock: accepted connection from 127.0.0.1:50022', facts: null },
      { message: 'last accepted connection: 10.1.2.3:50022 at 09:12', facts: null },
      { message: 'config: accept from 10.0.0.0/8', facts: null },
      { message: 'accepting on fd 5', facts: null },
      { message: 'connection from 10.1.2.3:50022 queued for accept', facts: null },
      { message: 'CF_DEFER for accept on socket 412', facts: null },
      { message: 'filter_IN_ACCEPT: IN=eth0 SRC=10.1.2.3 DST=10.1.2.9 PROTO=TCP SPT=50022 DPT=9000', facts: null },
      { message: '10.1.2.3 10.1.2.9 50022 9000 6 10 840 1764230591 1764230600 ACCEPT OK', facts: null },
      { message: 'SYN received from 10.1.2.3:50022, pending accept', facts: null },
      // nginx: before it calls accept().
      { message: 'accept on 0.0.0.0:9000, ready: 0', facts: null },
      { message: '*1 accept: 10.1.2.3:50022 fd:7', facts: { handle: '7', peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'license terms accepted by the user', facts: null },
      { message: 'license accepted', facts: null },
      { message: 'statistics: accepted=4 closed=3', facts: null },
      { message: 'accepting connections', facts: null },
    ],
  },
]
