import type { EventPattern } from '../pattern.ts'

const LEVEL =
  '(?:trace|debug|verbose|fine(?:st|r)?|info(?:rmation(?:al)?)?|notice|warn(?:ings?)?|err(?:ors?)?|severe|crit(?:ical)?|fatal|alert|emerg(?:ency)?|panic|off|none|all|quiet|silent)'
/** What a logger writes, as loggers call it. */
const LINES = '(?:messages?|message\\(s\\)|lines?|events?|entries|records?|logs)'
const OF_LOG = `log(?:ging|ger)?[ \\t]?${LINES}`
const LEFT_OUT = '(?:dropped|lost|discarded|skipped|omitted|missed|overwritten|thrown away)'

/**
 * What a log says of itself: that its level was changed, or that lines were left out. From there on, or up to there, what it does
 * not tell proves nothing.
 */
export const logItself: readonly EventPattern[] = [
  {
    id: 'log-level',
    kind: 'log-level',
    keywords: [
      'log level',
      'loglevel',
      'log_level',
      'log-level',
      'logging level',
      'logger level',
      'log verbosity',
      'log threshold',
      'log severity',
      'verbosity level',
      'log_min_messages',
      'level of logger',
      'level set to',
    ],
    pattern: new RegExp(
      String.raw`(?<![a-z])(?:log(?:ging|ger)?[ \t_-]?(?:level|verbosity|threshold|severity)|log_min_messages|verbosity level|^level|level of logger)(?![a-z])(?:.{0,80}?(?:->|=>?|:|\b(?:to|is|now|auf|at))[ \t]*["'[(]?|[ \t]+)(?<value>${LEVEL}|\d{1,2})\b(?![^a-z]{0,6}(?:->|=>|to\b)[ \t]*["'[(]?(?:${LEVEL}|\d{1,2})\b)`,
      'i',
    ),
    samples: [
      { message: 'log level set to WARN', facts: { value: 'WARN' } },
      { message: "Changing log level from 'INFO' to 'ERROR'", facts: { value: 'ERROR' } },
      { message: 'log level changed: INFO -> WARNING', facts: { value: 'WARNING' } },
      { message: 'loglevel=notice', facts: { value: 'notice' } },
      { message: 'Loglevel auf WARN gesetzt', facts: { value: 'WARN' } },
      { message: 'Logging level is now error', facts: { value: 'error' } },
      { message: 'log verbosity set to 0', facts: { value: '0' } },
      { message: 'root logger level = WARN', facts: { value: 'WARN' } },
      { message: 'parameter "log_min_messages" changed to "fatal"', facts: { value: 'fatal' } },
      { message: 'level of logger ROOT set to ERROR', facts: { value: 'ERROR' } },
      { message: 'set_log_level: 2', facts: { value: '2' } },
      { message: 'Level set to WARN', facts: { value: 'WARN' } },
      { message: 'unknown log level requested', facts: null },
    ],
  },
  {
    id: 'logger-set',
    kind: 'log-level',
    keywords: [
      'logging to ',
      'root logger',
      'debug log',
      'trace log',
      'verbose log',
      'logger root',
      'debug output',
      'toggl',
    ],
    pattern: new RegExp(
      String.raw`\b(?:set(?:ting)?|switch(?:ed|ing)?|chang(?:ed|ing)|rais(?:ed|ing)|lower(?:ed|ing)|reduc(?:ed|ing))[ \t]+(?:the[ \t]+)?(?:root[ \t]+)?log(?:ging|ger)(?:[ \t]+['"]?[\w.]{1,60}['"]?)?[ \t]+to[ \t]+(?:level[ \t]+)?["']?(?<value>${LEVEL})\b|\b(?:debug|trace|verbose)[ \t]+(?:log(?:ging|s)?|output)(?:[ \t]+(?:is|was|has[ \t]+been|now)){0,2}[ \t:=]+(?:turned[ \t]+|switched[ \t]+)?(?:off|disabled|stopped)\b|\btoggl(?:ed|ing)[ \t]+(?:the[ \t]+)?(?:debug|trace|verbose)[ \t]+(?:log|output)|\b(?:turn(?:ed|ing)?|switch(?:ed|ing)?)[ \t]+off[ \t]+(?:debug|trace|verbose)[ \t]+log`,
      'i',
    ),
    samples: [
      { message: 'switched logging to WARN', facts: { value: 'WARN' } },
      { message: "Setting logger 'root' to ERROR", facts: null },
      { message: 'set root logger to level ERROR', facts: { value: 'ERROR' } },
      { message: 'SIGUSR1: debug logging disabled', facts: { value: null } },
      { message: 'SIGUSR2 received, toggling debug logging', facts: { value: null } },
      { message: 'verbose logging is now off', facts: { value: null } },
      { message: 'logging to /var/log/gate.log', facts: null },
    ],
  },
  {
    id: 'logger-set-wordy',
    kind: 'log-level',
    keywords: ['debug log', 'trace log', 'verbose log'],
    pattern:
      /\b(?<value>debug|trace|verbose)[ \t]+log(?:ging|s)?(?:[ \t]+(?:is|was|has[ \t]+been|now)){0,2}[ \t:=]+(?:turned[ \t]+|switched[ \t]+)?(?:on|enabled|started)\b/i,
    samples: [
      { message: 'SIGUSR1: debug logging enabled', facts: { value: 'debug' } },
      { message: 'debug logs are kept for 7 days', facts: null },
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
    pattern:
      /(?<!\b(?:access|audit|query|slow|request|packet|sql|remote|syslog|binary|file)[ \t]{1,2})\blogging[ \t]+(?:is[ \t]+|was[ \t]+)?(?:now[ \t]+)?(?:turned[ \t]+)?(?:disabled|off|suspended|paused)\b|\blog_connections\b.{0,20}["' ](?:off|false)\b|\bquiet[ \t]+mode[ \t:=]+(?:is[ \t]+)?(?:now[ \t]+)?(?:on|enabled|active)\b/i,
    samples: [
      { message: 'logging suspended: disk is full', facts: { value: null } },
      { message: 'quiet mode on', facts: {} },
      { message: 'parameter "log_connections" changed to "off"', facts: {} },
      { message: 'slow query logging disabled', facts: null },
      { message: 'logging is enabled', facts: null },
    ],
  },
  {
    id: 'line-repeated',
    kind: 'lines-dropped',
    keywords: ['repeated', 'message repeats', 'duplicate messages', 'identical '],
    pattern:
      /\bmessage[ \t]+(?:was[ \t]+)?(?:repeated|repeats)[ \t]+\d{1,9}[ \t]+(?:more[ \t]+)?times?\b(?:[ \t]*:[ \t]*\[[ \t]*(?<value>[^ \t].{0,500})\]$)?|\bskipped[ \t]+\d{1,9}[ \t]+duplicate[ \t]+messages?\b|\bidentical[ \t]+\d{1,9}[ \t]+lines?\b|\b(?:line|entry|event)[ \t]+repeated[ \t]+\d{1,9}[ \t]+(?:more[ \t]+)?times?\b/i,
    samples: [
      { message: 'last message repeated 3 times', facts: { value: null } },
      {
        message: 'message repeated 2 times: [ accepted connection from 10.1.2.3]',
        facts: { value: 'accepted connection from 10.1.2.3' },
      },
      { message: 'Skipped 3 duplicate messages..', facts: {} },
      { message: 'uid=10065(u0_a65) Thread-5 identical 4 lines', facts: {} },
      { message: 'retry: request repeated 3 times', facts: null },
    ],
  },
  {
    id: 'lines-dropped',
    kind: 'lines-dropped',
    keywords: [
      'suppress',
      'rate-limit',
      'rate limit',
      'squelched',
      'similar messages',
      'similar lines',
      'duplicate lines',
      'identical lines',
      'log messages',
      'log message',
      'log events',
      'log lines',
      'log entries',
      'log records',
      'log queue',
      'log buffer',
      'logger dropped',
      'messages dropped',
      'messages lost',
      'lost messages',
      'dropped messages',
      'drop messages',
      'drop mode',
      'queue size limit',
      'in the last second',
      ' expire ',
    ],
    // Callbacks that are suppressed are the kernel's own.
    pattern: new RegExp(
      String.raw`\bsuppress(?:ed|ing)[ \t:]+(?:the[ \t]+)?\d{1,9}[ \t]+(?:\w{1,20}[ \t]+){0,2}${LINES}\b|\b\d{1,9}[ \t]+(?:\w{1,20}[ \t]+){0,3}${LINES}[ \t]+(?:\w{2,5}[ \t]+){0,2}(?:suppressed|squelched|rate[- ]?limited)\b|\b(?:${LEFT_OUT}|dropping)[ \t:]+(?:\w{1,12}[ \t]+)?\d{1,9}[ \t]+(?:\w{1,20}[ \t]+)?${OF_LOG}\b|\b\d{1,9}[ \t]+(?:\w{1,20}[ \t]+)?${OF_LOG}[ \t]+(?:\w{2,5}[ \t]+){0,2}${LEFT_OUT}\b|\b${OF_LOG}[ \t]+(?:were[ \t]+)?${LEFT_OUT}\b(?![ \t:=]{0,4}0\b)|\blog(?:ging|ger)?[ \t]+(?:queue|buffer|ring)[ \t]+(?:is[ \t]+|was[ \t]+)?(?:full|overflow(?:ed|s)?|overrun)\b|\blogger[ \t]+dropped[ \t]+messages\b|\b\d{1,9}[ \t]+message(?:s|\(s\))?[ \t]+(?:dropped|lost)[ \t]+(?:because[ \t]+of[ \t]+queue[ \t]+size|due[ \t]+to[ \t]+rate)|\bbegins?[ \t]+to[ \t]+drop[ \t]+messages\b|\blost[ \t]+\d{1,9}[ \t]+messages[ \t]+from[ \t]+pid\b|^-{2,3}[ \t]*\d{1,9}[ \t]+messages[ \t]+dropped\b|\bto[ \t]+drop[ \t]+mode\b|\bdropped[ \t]+\d{1,9}[ \t]+messages[ \t]+in[ \t]+the[ \t]+last[ \t]+second\b|\bexpire[ \t]+\d{1,9}[ \t]+lines?\b|\brate[- ]?limit\w{0,3}\b.{0,40}\blog(?:ging|ger)?[ \t]+(?:messages|lines|output|entries)\b|\blog(?:ging|ger)?[ \t]+rate[- ]?limit\w{0,3}\b|\brate[- ]?limited\b.{0,12}\b\d{1,9}[ \t]+(?:messages|lines)[ \t]+dropped\b|\b\d{1,9}[ \t]+(?:more[ \t]+)?(?:similar|duplicate|identical)[ \t]+(?:messages?|lines?)\b`,
      'i',
    ),
    samples: [
      { message: 'Suppressed 15 messages from gated.service', facts: {} },
      { message: '12 similar messages were suppressed', facts: {} },
      { message: 'imuxsock lost 47 messages from pid 512 due to rate-limiting', facts: {} },
      { message: 'imjournal: begin to drop messages due to rate-limiting', facts: {} },
      { message: 'imjournal: 52 messages lost due to rate-limiting (600 allowed within 60 seconds)', facts: {} },
      { message: 'Dropped 12 log events', facts: {} },
      { message: 'AsyncAppender: 12 log messages were dropped', facts: {} },
      { message: 'log messages lost: 12', facts: {} },
      { message: 'slog-async: logger dropped messages due to channel overflow, count: 12', facts: {} },
      { message: '12 message(s) dropped because of queue size limit.', facts: {} },
      { message: '--- 12 messages dropped ---', facts: {} },
      { message: 'Handler default switched from sync to drop mode', facts: {} },
      { message: 'lager_error_logger_h dropped 23 messages in the last second that exceeded the limit', facts: {} },
      { message: 'uid=10065(u0_a65) Thread-5 expire 12 lines', facts: {} },
      { message: 'log queue full', facts: {} },
      { message: 'rate limited: 14 messages dropped', facts: {} },
      { message: 'logging rate limit reached, 14 lines dropped', facts: {} },
      { message: '... 14 duplicate lines omitted ...', facts: {} },
      { message: '(14 more similar lines)', facts: {} },
      { message: 'net_ratelimit: 12 callbacks suppressed', facts: null },
      { message: 'dropped 3 messages of queue orders', facts: null },
      { message: 'rate limit exceeded for 10.1.2.3', facts: null },
      { message: 'log messages lost: 0', facts: null },
    ],
  },
]
