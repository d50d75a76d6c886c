import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** What writes a log's lines somewhere. */
const OUTPUT = words`
  (?:
    (?:console|file|rolling|syslog|async)?[ \t_-]?appender
    |log(?:ging|ger)?[ \t_-](?:output|sink|handler|target|stream|writer)
    |(?:console|stdout|stderr)[ \t_-](?:sink|handler|output)
  )s?
`

/** What a log says of the end of its output, or of the part of it that tells of connections. */
export const logOutput: readonly EventPattern[] = [
  {
    id: 'output-ended',
    kind: 'log-level',
    keywords: [
      'appender',
      'log output',
      'log sink',
      'log handler',
      'log stream',
      'log writer',
      'logging output',
      'console output',
      'console sink',
      'console handler',
      'stdout sink',
      'stderr sink',
      'conn trac',
      'connection trac',
      'socket trac',
      'conn logging',
      'connection logging',
      'socket logging',
      'accept logging',
      'connection debug',
    ],
    pattern: wording`
      \b${OUTPUT}\b(?: ['"[]?[\w.-]{1,40}['"\]]?)? *:? (?:is |was |has been )?(?:now )?(?:
        detached|removed|stopped|closed|disabled|suspended|redirected|failed
      )\b
      |\b(?:conn(?:ection)?|socket|accept) (?:trac(?:e|ing)|logging|debug(?:ging)?)[ \t:=]+(?:is |was )?
        (?:now )?(?:turned |switched )?(?:off|disabled|stopped)\b
    `,
    samples: [
      { message: 'console appender detached', facts: {} },
      { message: 'log output redirected to /dev/null', facts: {} },
      { message: 'Appender [FILE] stopped', facts: {} },
      { message: 'conn trace off', facts: {} },
      { message: 'connection logging disabled', facts: {} },
      { message: 'console attached', facts: null },
      { message: 'stack trace of 3 frames', facts: null },
    ],
  },
  {
    id: 'logging-stopped',
    kind: 'log-level',
    keywords: [
      'log_connections',
      'logging disabled',
      'logging off',
      'logging is ',
      'logging suspended',
      'logging turned',
      'logging paused',
      'quiet mode',
    ],
    pattern: wording`
      (?<!\b(?:access|audit|query|slow|request|packet|sql|remote|syslog|binary|file) {1,2})\blogging[ \t]+
        (?:is |was )?(?:now )?(?:turned )?(?:disabled|off|suspended|paused)\b
      |\blog_connections\b.{0,20}["' ](?:off|false)\b
      |\bquiet mode[ \t:=]+(?:is )?(?:now )?(?:on|enabled|active)\b
    `,
    samples: [
      { message: 'logging suspended: disk is full', facts: { value: null } },
      { message: 'quiet mode on', facts: {} },
      { message: 'parameter "log_connections" changed to "off"', facts: {} },
      { message: 'slow query logging disabled', facts: null },
      { message: 'logging is enabled', facts: null },
    ],
  },
]
