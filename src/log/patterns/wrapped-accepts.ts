import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Accepts that fail, in the words of what wraps the call: AcceptEx and .NET, io_uring, Indy, systemd, HAProxy. */
export const wrappedAccepts: readonly EventPattern[] = [
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
