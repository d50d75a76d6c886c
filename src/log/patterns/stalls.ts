import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** A second and more: what is shorter no client notices, and a garbage collector tells of it all the time. */
export const LONG = words`
  (?<![\d.,])(?!0)(?:
    \d{4,9}(?:[.,]\d{1,6})? *(?:ms|millis\w{0,7})\b
    |\d{1,7}(?:[.,]\d{1,9})? *s(?:ec\w{0,5})?\b|\d{1,5}s\d{1,3}ms\b
  )
`
const LOOP = words`
  (?:
    (?:main|event|i/?o|poll|select|message|accept)[ \t_-]?(?:loop|thread)
    |reactor(?:[ \t]thread)?|dispatcher|(?:callback|task|event|dispatch)[ \t_-]queue
  )
`

/** What runtimes, watchdogs and systems say of a program that does nothing for a while. */
export const stalls: readonly EventPattern[] = [
  {
    // Told when it is over.
    id: 'long-pause',
    kind: 'error',
    keywords: [
      'server tick took',
      't keep up',
      'pause',
      'threads were stopped',
      'clock leap',
      'executing <',
      'event loop',
      'main loop',
      'eventloop',
      'reactor',
      '[full gc',
      'io loop',
      'callback queue',
      'task queue',
      'event queue',
      'dispatch queue',
    ],
    pattern: wording`
      \b(?:GC|Garbage Collection)\b.{0,120}\bpause\b.{0,120}?${LONG}
      |\bPause (?:Full|Young|Remark|Cleanup|Initial Mark|Init Mark)\b.{0,120}?[ \t]${LONG}
      |\[Full GC\b.{0,120}?[ \t,]${LONG}|\bapplication threads were stopped: *${LONG}
      |\bpause of approximately ${LONG}|\b(?:GC|JVM|VM|STW|stop-the-world)\b.{0,20}\bpaused?(?: (?:of|for|was|took|lasted))?[ \t:]+${LONG}
      |\b(?:JVM|VM|runtime|interpreter|process|application|world) (?:was |is )?(?:paused|suspended|stopped)\b
        .{0,20}?${LONG}
      |\bclock leap detected\b.{0,40}?${LONG}|\bserver tick took ${LONG}
      |\bcan't keep up\b.{0,60}\brunning ${LONG}|\bExecuting <.{1,200}\btook ${LONG}
      |\b${LOOP}\b.{0,20}\b(?:lag(?:ged|ging)?|delay(?:ed)?|latency|blocked|stalled|stuck|unresponsive)\b
        .{0,40}?${LONG}
    `,
    samples: [
      { message: 'A single server tick took 60.00 seconds (should be max 0.05)', facts: {} },
      { message: "Can't keep up! Is the server overloaded? Running 5012ms or 100 ticks behind", facts: {} },
      { message: 'JVM paused for 4702 ms', facts: {} },
      { message: '[GC pause (G1 Evacuation Pause) (young), 11.5123 secs]', facts: {} },
      { message: 'GC(7) Pause Full (Allocation Failure) 508M->507M(512M) 11512.331ms', facts: {} },
      { message: 'Total time for which application threads were stopped: 11.5123 seconds', facts: {} },
      { message: 'Detected pause in JVM or host machine (eg GC): pause of approximately 11500ms', facts: {} },
      { message: 'Thread starvation or clock leap detected (housekeeper delta=11s842ms).', facts: {} },
      {
        message: "Executing <Task pending name='Task-4' coro=<scan() running at /srv/gate.py:71>> took 11.842 seconds",
        facts: {},
      },
      { message: 'Detected JVM pause of 5021ms', facts: {} },
      { message: 'GC overhead: paused 6.1s', facts: {} },
      { message: 'event loop blocked for 12000 ms', facts: {} },
      { message: 'Event loop lag: 11842ms', facts: {} },
      { message: 'callback queue blocked for 5012 ms', facts: {} },
      { message: 'GC(7) Pause Young (Normal) 24M->4M(512M) 3.331ms', facts: null },
      { message: 'event loop lag 12 ms', facts: null },
      { message: '[GC pause (G1 Evacuation Pause) (young), 0.0123 secs]', facts: null },
    ],
  },
  {
    // Told while it lasts.
    id: 'loop-blocked',
    kind: 'error',
    keywords: [
      'has been blocked for',
      'blocked for more than',
      'soft lockup',
      'watchdog',
      'event loop',
      'main loop',
      'eventloop',
      'main thread',
      'event thread',
      'accept thread',
      'reactor',
      'io thread',
      'i/o thread',
      'slow script',
      'worker timeout',
      'breakpoint',
      'sigstop',
      'blocked the',
      'blocks the',
      'blocking the',
      'in debugger',
      'by debugger',
      'by the debugger',
    ],
    pattern: wording`
      \bWORKER TIMEOUT \(pid:|\bslow script detected\b.{0,40}?${LONG}|\bhas been blocked for ${LONG}
      |\bblocked for more than \d{1,6} seconds|\bsoft lockup\b.{0,40}\bstuck for\b
      |^breakpoint \d{1,4}, |\b(?:hit|reached|stopped at|paused (?:at|on|in)) (?:a |the )?breakpoint\b|\breceived (?:signal )?SIGSTOP\b
      |\bblock(?:ed|s|ing) the (?:hub|event loop|main loop|loop|reactor)\b(?=.{0,40}?${LONG})
      |\b(?:stopped|suspended|paused|halted) (?:in|by) (?:the )?debugger\b
      |\bwatchdog\b.{0,80}\b(?:
        time-?out|timed[ \t]out|expired|not responding|no heartbeat|no progress|unresponsive|has not|hasn't
        |did not|didn't|stuck|hung|blocked
      )\b
      |\b${LOOP}\b.{0,20}\b(?:
        not responding|unresponsive|stuck|hung|hangs|has not run|hasn't run|no progress|stalled|blocked
      )\b
    `,
    samples: [
      {
        message: 'Thread Thread[vert.x-eventloop-thread-0,5,main] has been blocked for 11201 ms, time limit is 2000 ms',
        facts: {},
      },
      { message: 'INFO: task gated:4711 blocked for more than 120 seconds.', facts: {} },
      { message: 'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [gated:4711]', facts: {} },
      { message: 'watchdog: main loop has not run for 12 s', facts: {} },
      { message: 'WATCHDOG timeout: reactor thread not responding', facts: {} },
      { message: 'main loop stuck', facts: {} },
      { message: 'Slow script detected: still in execution after 5000 milliseconds.', facts: {} },
      // Gunicorn, before it kills a worker that has not told that it lives.
      { message: 'WORKER TIMEOUT (pid:519)', facts: {} },
      { message: 'Breakpoint 1, on_accept (srv=0x7f) at server.c:88', facts: {} },
      { message: 'paused on breakpoint in onConnection', facts: {} },
      { message: 'Program received signal SIGSTOP, Stopped (signal).', facts: {} },
      { message: 'all threads suspended by debugger', facts: {} },
      { message: 'greenlet blocked the hub for 30.0 s so far', facts: {} },
      { message: 'breakpoint set at server.c:88', facts: null },
      { message: 'worker timeout set to 30 s', facts: null },
      { message: 'watchdog enabled', facts: null },
      { message: 'event loop started', facts: null },
    ],
  },
]
