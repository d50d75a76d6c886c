import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** Words before an acceptor or listener that is one of messages, of other sockets, or of another port than the clients'. */
const OTHERS = words`
  \b(?:
    event|message|config(?:uration)?|key|mouse|change|queue|topic|jms|kafka|consumer|mqtt|udp|jmx|admin|metrics?
    |signal|debug|health|snmp|dns|file|shutdown
  )[ \t_-]?
`
/** Code that accepts, as programs name it: by itself, or as the thread that waits at the listening socket. */
const ACCEPTS = String.raw`(?:(?<!${OTHERS})(?:accept(?:or|er|ing|ance)?|listen(?:er|ing)?)|server[ \t_-]?socket)`
const RUNS = '(?:thread|loop|task|goroutine|fib(?:er|re)|coroutine|routine)'
const ENDS = words`
  (?:
    exit(?:s|ed|ing)?|end(?:s|ed|ing)?|terminat(?:es|ed|ing)|stop(?:s|ped|ping)|died|dies|dead|crash(?:ed|es)
    |joined|return(?:s|ed)|finish(?:ed|es)|leav(?:es|ing)|left|abort(?:ed|s)|cancel(?:l?ed|s)|killed|done|gone
    |quit(?:s|ting)?|broke|is not (?:running|alive)
  )
`
/** What waits for sockets, as programs name it. */
const LOOP = words`
  (?:
    (?:event|main|i/?o|e?poll|select|network)[ \t_-]?(?:loop|thread)(?:[ \t_-]?thread)?
    |reactor(?:[ \t_-]?thread)?|selector(?:[ \t_-]?(?:loop|thread))|io_context|io_service
    |(?:IOCP|completion[ \t_-]port)[ \t_-](?:worker|thread)(?:[ \t_-]thread)?
  )
`
/** Words after which the sentence means something else: a loop that finished twelve tasks goes on. */
const LOOP_ENDS = words`
  \b(?:
    exit(?:s|ed|ing)|ended|terminat(?:es|ed|ing)|stopp(?:ed|ing)|died|dead|crash(?:ed|es)|returned|finished
    |abort(?:ed|s)|quit|broke|is not (?:running|alive)
  )\b
`

/** What tells that the code that accepts, or the loop that calls it, has ended or was never begun. */
export const acceptEnds: readonly EventPattern[] = [
  {
    id: 'accept-loop-ended',
    kind: 'accept-failed',
    keywords: ['accept', 'listen', 'server socket', 'server_socket', 'serversocket'],
    pattern: wording`
      \b${ACCEPTS}[ \t_-]?${RUNS}\b['"\]]{0,2}(?: *\([^)]{0,40}\))?(?: *[#:=-]? *\d{1,9})? *:? *
        (?:(?:has|have|was|is|were) )?(?:been )?(?:unexpectedly |already )?${ENDS}\b
      |\b(?:
        exit(?:ed|ing)|leav(?:es|ing)|left|end(?:ed|ing)|stopp(?:ed|ing)|terminat(?:ed|ing)|abort(?:ed|ing)
        |join(?:ed|ing)|break(?:ing)? out of|out of
      ) (?:the )?${ACCEPTS}[ \t_-]?${RUNS}\b
      |\b(?:terminate called|uncaught exception|unhandled exception|segfault|segmentation fault) (?:in|from)[ \t]+
        (?:thread )?['"]?${ACCEPTS}\b
      |\bexception in (?:the )?${ACCEPTS}[ \t_-]?${RUNS}\b
      |(?:
        bad_alloc|out[ \t]of[ \t]memory|malloc[ \t]failed|allocation[ \t]failed
        |cannot[ \t]allocate(?:[ \t]memory)?
      ) (?:in|at|while|during) (?:the )?\w{0,20}accept
    `,
    samples: [
      { message: 'exception in listener configuration', facts: null },
      { message: 'exception in listener thread: Access violation at address 00405A2B', facts: {} },
      { message: 'exception in event listener thread', facts: null },
      { message: 'Accept thread joined', facts: {} },
      { message: 'listener thread exited with code 0', facts: {} },
      { message: 'AcceptThread: leaving', facts: {} },
      { message: 'accept_thread returned', facts: {} },
      { message: 'server socket thread terminated', facts: {} },
      { message: "The thread 'AcceptThread' (0x1a4c) has exited with code 0 (0x0).", facts: {} },
      { message: 'leaving accept loop', facts: {} },
      { message: 'exiting listener loop', facts: {} },
      { message: 'listener task aborted', facts: {} },
      { message: 'accept loop cancelled', facts: {} },
      { message: 'terminate called in thread accept: std::out_of_range', facts: {} },
      { message: 'std::bad_alloc in accept handler', facts: {} },
      { message: 'malloc failed in accept_conn', facts: {} },
      { message: 'event listener thread stopped', facts: null },
      { message: 'UDP listener thread stopped', facts: null },
      { message: 'accept thread started', facts: null },
      { message: 'listener loop running', facts: null },
    ],
  },
  {
    id: 'accept-not-started',
    kind: 'accept-failed',
    keywords: ['accept', 'listen'],
    pattern: wording`
      \b(?:failed|unable|could[ \t]not|cannot|can't) (?:to )?(?:start|create|spawn|launch) (?:an? |the )?
        ${ACCEPTS}[ \t_-]?${RUNS}\b
      |\b${ACCEPTS}[ \t_-]?${RUNS}\b.{0,20}\b(?:not|never) (?:been )?(?:started|created|spawned|launched)\b
      |\baccept\w{0,8}[ \t_-]?(?:handler|callback)\b.{0,20}\b(?:threw|raised)\b
    `,
    samples: [
      { message: 'failed to start acceptor thread: EAGAIN', facts: {} },
      { message: 'acceptor thread not started: disabled in config', facts: {} },
      { message: 'accept handler threw: std::bad_function_call', facts: {} },
      { message: 'acceptor thread started', facts: null },
      { message: 'failed to start event listener thread', facts: null },
    ],
  },
  {
    // What waits for all sockets of a process, or of a thread of it: whoever accepts is called by it.
    id: 'loop-ended',
    kind: 'error',
    keywords: [
      'event loop',
      'event-loop',
      'event_loop',
      'eventloop',
      'main loop',
      'poll loop',
      'poll thread',
      'select loop',
      'i/o loop',
      'i/o thread',
      'io loop',
      'io thread',
      'io_context',
      'io_service',
      'network thread',
      'reactor',
      'selector',
      'iocp',
      'completion port',
      'uv_run',
      'event_base',
    ],
    pattern: wording`
      \b${LOOP}\b['"\])]{0,2}(?: *[#:-]? *\d{1,6})? *:? *(?:(?:has|have|was|is) )?(?:been )?(?:unexpectedly )?
        ${LOOP_ENDS}(?=
          [ \t]*(?:$|[.,;:!(]|-[ \t])
          | (?:
            unexpectedly|prematurely|normally|early|because|due|with|by|on|after (?:an? )?(?:exception|error)
          )\b
        )
      |\b(?:exit(?:ed|ing)|leav(?:es|ing)|left|out of) (?:the )?${LOOP}\b
      |\bio_(?:context|service)(?:\.|::|->)run(?:_one)?\(\) (?:has )?(?:returned|exited|finished|threw)\b
      |\b(?:uv_run|event_base_(?:loop|dispatch))(?:\(\))? returned\b
      |\bClosedSelectorException\b
      |\b(?:uncaught|unhandled) (?:exception|error) in (?:the )?${LOOP}\b
    `,
    samples: [
      { message: 'event loop thread died: std::out_of_range', facts: {} },
      { message: 'io_context.run() returned', facts: {} },
      { message: 'io_context stopped, no more work', facts: {} },
      { message: 'Reactor stopped', facts: {} },
      { message: 'epoll thread exiting', facts: {} },
      { message: 'leaving main loop', facts: {} },
      { message: 'Uncaught exception in event loop: TypeError', facts: {} },
      { message: 'java.nio.channels.ClosedSelectorException', facts: {} },
      { message: 'uv_run returned 0', facts: {} },
      { message: 'GetQueuedCompletionStatus failed 735, IOCP worker exits', facts: {} },
      { message: 'event loop started', facts: null },
      { message: 'event loop done in 12 ms', facts: null },
      { message: 'event loop finished 12 tasks', facts: null },
      { message: 'the event loop is not running hot', facts: null },
      { message: 'event loop exited with code 1', facts: {} },
      { message: 'reactor stopped for 12 ms', facts: null },
    ],
  },
]
