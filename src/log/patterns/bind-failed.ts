import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

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

/** What a server says when it gets no address, or cannot listen on it. */
export const bindFailed: readonly EventPattern[] = [
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
]
