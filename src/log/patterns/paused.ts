import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

const WHAT = words`
  (?:
    accept(?:s|ing|ors?|ance)?(?!
      [ \t]+(?:of )?(?:the )?(?:new )?(?:orders?|payments?|jobs?|offers?|cookies?|tasks?|messages?)\b
    )
    |(?<!\b(?:event|message|job|queue|topic|jms|kafka|config)[ \t_-])listen(?:er|ing)
      (?! for (?:events?|topics?|queues?|messages?|jobs?)\b)
    |new (?:connections?|clients?|sessions?)|incoming connections?
  )
`
/** Not a node or a host of a cluster, nor a worker of its own: their draining is no end of accepting here. */
const WHO = '(?:server|service|process|daemon|gateway|listener|acceptor|proxy|frontend|state|mode|status|now)'

/** Patterns that tell that a program takes no connections on purpose, and that it takes them again, in any language. */
export const PAUSED: ReadonlySet<string> = new Set(['accepting-paused', 'accepting-paused-translated'])
export const RESUMED: ReadonlySet<string> = new Set(['accepting-resumed', 'accepting-resumed-translated'])

/** What a program says that takes no connections on purpose, or not yet; and that it takes them again. */
export const paused: readonly EventPattern[] = [
  {
    id: 'accepting-resumed',
    kind: 'error',
    keywords: ['resum', 'maintenance', 'unpaus', 'drain', 're-enabled', 'reenabled', 'stop_accepting'],
    pattern: wording`
      \b(?:resum(?:ed?|ing)|unpaus(?:ed?|ing)|re-?enabl(?:ed?|ing)) (?:to )?(?:the )?${WHAT}\b
      |\b${WHAT} (?:is |was )?(?:resumed|unpaused|re-?enabled)\b(?!>)
      |\b(?:leav(?:e|es|ing)|left|exit(?:ed|ing)?|end(?:ed|ing)?(?: of)?|disabled?|cleared) (?:the )?
        (?:maintenance|drain(?:ing)?)\b
      |\b(?:maintenance|drain(?:ing)?)(?: mode)? *[=:]? *(?:is )?(?:now )?
        (?:off|over|ended|disabled|cancell?ed|finished|false)\b
      |\bresumeAccepting\(|\bstop_accepting_connections is now inactive\b
    `,
    samples: [
      { message: '<... accept resumed> 0x7ffd, [16]) = -1 EAGAIN (Resource temporarily unavailable)', facts: null },
      { message: 'Overload action envoy.overload_actions.stop_accepting_connections is now inactive', facts: {} },
      { message: 'resuming accept', facts: {} },
      { message: 'accepting resumed by operator', facts: {} },
      { message: 'leaving maintenance mode', facts: {} },
      { message: 'maintenance mode off', facts: {} },
      { message: 'entering maintenance mode', facts: null },
    ],
  },
  {
    id: 'accepting-paused',
    kind: 'error',
    keywords: [
      'drain',
      'maintenance',
      'paus',
      'suspend',
      'quiesc',
      'disabl',
      'throttl',
      'deferr',
      'stop accept',
      'no new conn',
      'not be accepted',
      'no longer be accepted',
      'stop listening',
      'stop_accepting',
      'deactivating service',
    ],
    pattern: wording`
      \b(?:paus|suspend|disabl|quiesc|throttl|deferr?)(?:es?|ed|ing)? (?:of )?(?:the )?(?:\w{1,20} )?${WHAT}\b
      |\b${WHAT}\b(?: ['"]?[\w.:*-]{1,40}['"]?)? *:? (?:is |was |are |has been )?(?:now )?(?:
        paused|suspend(?:ed|ing)|disabled|quiesced|throttled|deferred
      )\b(?! (?:in|by|per|via) (?:the )?(?:config|setting|default|polic))
      |\bstop accept(?:ing)?\b(?! (?:\w{1,12} )?(?:orders?|payments?|jobs?|offers?|cookies?))
      |\bno new connections?\b(?! (?:since|in|for|from|by|within|during|seen|were|was|yet))
      |\b(?:connections?|clients?) (?:will )?(?:not|no longer) be accepted\b
      |^draining(?: *$| *[:,.(]| connections)
      |\b${WHO}\b *[:=]? *(?:is |are )?(?:now )?draining\b
      |\b(?:enter(?:s|ed|ing)?|switch(?:ed|ing)? (?:to|into)|in|set to|start(?:ed|ing)?|go(?:es|ing)? into)[ \t]+
        (?:the )?(?:maintenance|drain(?:ing)?)(?: mode)?\b(?! (?:task|job|window|thread|worker))
      |\b(?:maintenance|drain) mode *[=:]? *(?:is )?(?:now )?(?:on|enabled|active|entered|true)\b
      |\bpauseAccepting\b|\bdraining (?:the )?listener\b(?! (?:threads?|pool|queue)\b)(?! for (?:events?|topics?|queues?|messages?|jobs?)\b)|\bpausing ProtocolHandler\b|\bstop_accepting_connections is now active\b
      |\bdeactivating service\b.{0,60}\bincoming connections\b
    `,
    samples: [
      { message: 'Pausing ProtocolHandler ["http-nio-8080"]', facts: {} },
      { message: 'Overload action envoy.overload_actions.stop_accepting_connections is now active', facts: {} },
      {
        message: 'Deactivating service gate due to excessive incoming connections.  Restarting in 10 seconds.',
        facts: {},
      },
      { message: 'Undertow HTTP listener default suspending', facts: {} },
      { message: 'no new connection from 10.1.2.3 in 30 s', facts: null },
      { message: 'QTcpServer::pauseAccepting()', facts: {} },
      { message: '30 pending connections, pauseAccepting', facts: {} },
      { message: 'draining listener 0.0.0.0:9000, shutdown in 600s', facts: {} },
      { message: 'draining: no new connections', facts: {} },
      { message: 'entering maintenance mode', facts: {} },
      { message: 'operator command: stop accepting', facts: {} },
      { message: 'accepting paused by operator', facts: {} },
      { message: 'server is draining', facts: {} },
      { message: 'accept disabled', facts: {} },
      { message: 'rate limit: accept throttled for 60 s', facts: {} },
      { message: 'Listener gate paused', facts: {} },
      { message: 'max_connections (1024) reached, acceptors are paused', facts: {} },
      { message: 'SIGUSR2: pause accepting', facts: {} },
      { message: 'suspending listener on 127.0.0.1:9000', facts: {} },
      { message: 'quiesce requested; new connections will not be accepted', facts: {} },
      { message: 'draining listener thread pool', facts: null },
      { message: 'draining queue, 12 items left', facts: null },
      { message: 'host 10.1.2.3 is draining', facts: null },
      { message: 'worker 3 draining', facts: null },
      { message: 'no new connections since 12:00', facts: null },
      { message: 'TLS listener disabled in configuration', facts: null },
      { message: 'starting maintenance task', facts: null },
      { message: 'deferred accepting of orders', facts: null },
      { message: 'disabling listener for event OrderCreated', facts: null },
      { message: 'suspending job listener', facts: null },
    ],
  },
  {
    id: 'waits-for-dependency',
    kind: 'error',
    keywords: ['waiting for', 'wait for', 'not ready', 'postponed', 'waits for'],
    pattern: wording`
      \b(?:wait(?:s|ing)?|blocked|postponed|paused)\b.{0,20}\bfor (?:the |a )?(?:\w{1,20} )?(?:
        database|db|postgres\w{0,4}|mysql|mongo\w{0,4}|redis|kafka|rabbitmq|broker|backend|upstream
        |dependenc\w{1,3}|(?:schema )?migrations?|ldap|licen[cs]e server|config(?:uration)? server
        |leader(?: election)?|quorum|replica\w{0,4}
      )\b
    `,
    samples: [
      { message: 'waiting for database', facts: {} },
      { message: 'waiting for upstream 10.0.0.5:5432 to become available', facts: {} },
      { message: 'not ready: waiting for schema migration', facts: {} },
      { message: 'accept postponed, waiting for the config server', facts: {} },
      { message: 'waiting for clients', facts: null },
      { message: 'waiting for work', facts: null },
    ],
  },
]
