import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** What belongs to a process, and begins and ends while that goes on. */
const PART = '(?:workers?|child(?:ren)?|jobs?|helpers?|subprocess|backup|background|GenServer|gen_server)'
/** A job with what may stand beside it: three letters are too few to look for. */
const PART_KEYWORDS = [
  ...['worker', 'child', 'helper', 'subprocess', 'backup', 'background', 'genserver', 'gen_server'],
  ...[' job', 'job ', 'jobs ', 'job:', 'job-', 'job['],
]

/** A process's begin and end: what a restart or a crash looks like in its log. */
export const processLife: readonly EventPattern[] = [
  {
    id: 'part-end',
    kind: 'process-end',
    keywords: PART_KEYWORDS,
    pattern: new RegExp(
      String.raw`\b${PART}\b.{0,60}\b(?:exit(?:ing|ed|s)|terminat(?:ing|ed)|stopped|killed|died)\b`,
      'i',
    ),
    samples: [
      { message: 'worker process 512 exited with code 0', facts: {} },
      { message: 'child 512 killed by signal 9', facts: {} },
      { message: 'GenServer #PID<0.412.0> terminating', facts: {} },
      { message: 'worker 3 busy', facts: null },
    ],
  },
  {
    id: 'part-start',
    kind: 'process-start',
    keywords: PART_KEYWORDS,
    pattern: wording`
      \b${PART}\b.{0,60}\b(?:start(?:ing|ed)|launched|boot(?:ing|ed)|spawned|forked)\b
      |\b(?:start(?:ing|ed)|launch(?:ing|ed)|boot(?:ing|ed)|spawn(?:ing|ed)|forked)[ \t]+
        (?:(?:the|an?|new|\d{1,4}) )?(?:\w{1,20} )?${PART}\b
    `,
    samples: [
      { message: 'worker 2 started', facts: {} },
      { message: 'Booting worker with pid: 512', facts: {} },
      { message: 'starting background service metrics', facts: {} },
      { message: 'launched job', facts: {} },
      { message: 'the worker pool is empty', facts: null },
    ],
  },
  {
    id: 'process-end',
    kind: 'process-end',
    keywords: [
      'terminate called',
      'exit',
      'signal',
      'shutting down',
      'shutdown',
      'exiting',
      'terminat',
      'sigterm',
      'sigkill',
      'sigint',
      'segmentation fault',
      'main process exited',
      'stopped',
      'killed',
      'exited',
      'panic:',
      'panicked',
      'core dumped',
      'out of memory',
    ],
    pattern: wording`
      \b(?:
        (?:server|process|service|daemon|program|application|worker|child|pid)\b
          (?!.{0,60}\b(?:threads?|loop|task|SIGT?STOP|SIGTSTP|breakpoint|debugger)\b).{0,60}\b(?:is |has |was )?(?:
            shutting down|shut down|exit(?:ing|ed|s)|terminat(?:ing|ed)|stopped|killed
          )
        |(?:^|[:,-] )(?:shutting down|exiting|stopping|goodbye|bye)\b
          (?!.{0,40}\b(?:threads?|loop|task|accept\w{0,3}|timer)\b)
        |(?:received|caught|got) (?:signal )?(?:
          SIG(?:TERM|INT|KILL|QUIT|SEGV|ABRT)|signal *\d{1,2}|termination
        )
        |main process exited|segmentation fault|core dumped|database system is shut down|graceful shutdown
        |killed process
      )\b
      |^terminate called after throwing\b|\bthread 'main' panicked\b|^panic:|^exit(?:ing)? *$
    `,
    samples: [
      { message: "terminate called after throwing an instance of 'boost::system::system_error'", facts: {} },
      { message: 'server is shutting down', facts: {} },
      { message: 'received SIGTERM, exiting', facts: {} },
      { message: 'gated.service: Main process exited, code=killed, status=9/KILL', facts: {} },
      { message: "thread 'main' panicked at src/main.rs:42", facts: {} },
      { message: 'stopped in traffic', facts: null },
      { message: 'server socket thread terminated', facts: null },
      { message: 'Total time for which application threads were stopped: 11.5 seconds', facts: null },
      { message: 'exiting listener loop', facts: null },
      { message: 'Program received signal SIGSTOP, Stopped (signal).', facts: null },
    ],
  },
  {
    id: 'process-start',
    kind: 'process-start',
    keywords: ['start', 'initializ', 'booting', 'launch'],
    pattern: wording`
      \b(?:server|process|service|daemon|program|application|worker)\b.{0,60}\b(?:is |has |was )?
        (?:start(?:ing|ed)|launched|booting)\b
      |\b(?:start(?:ing|ed)|launch(?:ing|ed)|booting) (?:up )?(?:the )?(?:\w{1,20} )?
        (?:server|process|service|daemon|application|worker|up\b)
      |^start(?:ing|ed) \S{1,60}\.service\b|^(?:starting|started)(?: *$| *[,.:(]| [\w-]{1,40}(?:[ \t/-]*v?\d{1,9}\.\d| *$| *\())
    `,
    samples: [
      { message: 'server starting', facts: {} },
      { message: 'Started gate service', facts: {} },
      { message: 'Started gate.service - The gate.', facts: {} },
      { message: 'starting gated 2.4.1', facts: {} },
      { message: 'timer started', facts: null },
    ],
  },
]
