import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** The calls that make a socket and give it an address. */
export const socketCalls: readonly EventPattern[] = [
  {
    id: 'socket-call',
    kind: 'socket-created',
    keywords: ['socket'],
    // What the call gives back, or what a colon gives: "socket=5" alone only names the socket that a line is about.
    pattern: wording`
      (?:
        \b(?:WSA)?socket[AW]?(?:\([^)]{0,80}\) *(?:=|->|:|returned|returns)| (?:->|returned|returns))
        |(?<=^|[:>\]\t ])(?:server|listen(?:ing|er)?)?[ _]?socket (?:created|opened) *:
      )(?: *(?:h?socket|sock|fd|handle))?(?: *[=:#])? *(?<handle>0x[\da-f]{1,16}|\d{1,20})\b(?![.:]\d)
    `,
    samples: [
      { message: 'socket() -> fd 5', facts: { handle: '5' } },
      { message: 'WSASocket returned 932', facts: { handle: '932' } },
      { message: 'socket(AF_INET, SOCK_STREAM, 0) returned 5', facts: { handle: '5' } },
      { message: 'WSASocketW returned 0x1d4', facts: { handle: '0x1d4' } },
      { message: 'server socket created: 412', facts: { handle: '412' } },
      { message: 'heartbeat ok socket=412', facts: null },
    ],
  },
  {
    id: 'socket-created',
    kind: 'socket-created',
    keywords: ['socket', 'created', 'sock#'],
    pattern: wording`
      \bsocket\b.{0,40}\b(?:created|opened)\b
      |\bcreated? (?:(?:an?|new|tcp|udp|server|stream|listen(?:ing|er)?) ){0,3}socket\b
      |\bopened (?:listen(?:ing|er)?|server) socket\b|\bCSocket::Create\b
      |\b(?:socket|sock|fd) *(?:[=:#] *)?(?:0x)?[\da-f]{1,16} (?:is )?(?:new|allocated)\b
      |\ballocated socket \d
      |\b(?:open(?:ed)?|new) socket *:? *(?:fd *=? *)?\d
      |\bsocket handle (?:0x)?[\da-f]{1,16} allocated\b
    `,
    samples: [
      { message: 'Socket 932 created', facts: { handle: '932' } },
      { message: 'socket created fd=5', facts: { handle: '5' } },
      { message: 'created socket 7', facts: { handle: '7' } },
      { message: 'created listening socket fd 5', facts: { handle: '5' } },
      { message: 'opened socket 5', facts: { handle: '5' } },
      { message: 'created TCP server socket (fd 5)', facts: { handle: '5' } },
      { message: 'opened listening socket fd=5', facts: { handle: '5' } },
      { message: 'session authenticated socket=5', facts: null },
      { message: 'CSocket::Create ok, hSocket=0x3a4', facts: { handle: '0x3a4' } },
    ],
  },
  {
    id: 'bind',
    kind: 'bind',
    keywords: ['bind', 'bound'],
    pattern: wording`
      \b(?:bind(?:ing)?|bound)(?:\(\))? *(?:
        [:=] *|(?:ok|succeeded|socket|fd|addr\w{0,4})\b|(?<=\bsocket[ \t=#]{0,2}\w{1,18} bound) *$|to\b|on\b
        |\d|\[
      )
      |\bbind\((?:fd *= *)?\d{1,9} *, *[^)]{3,80}\) *(?:(?:=|->) *0\b|ok\b|succeeded\b|$)
    `,
    samples: [
      { message: 'Socket 412 bound', facts: { handle: '412' } },
      { message: 'bind(7, 0.0.0.0:9000) = 0', facts: { handle: '7', address: '0.0.0.0', port: 9000 } },
      { message: 'bind(7, 0.0.0.0:9000) = -1', facts: null },
      { message: 'bound to 0.0.0.0:9000', facts: { address: '0.0.0.0', port: 9000 } },
      { message: 'bind fd=5 addr=127.0.0.1:9000', facts: { handle: '5', address: '127.0.0.1', port: 9000 } },
    ],
  },
]
