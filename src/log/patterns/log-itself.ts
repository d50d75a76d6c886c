import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

const LEVEL = words`
  (?:
    trace|debug|verbose|fine(?:st|r)?|info(?:rmation(?:al)?)?|notice|warn(?:ings?)?|err(?:ors?)?|severe
    |crit(?:ical)?|fatal|alert|emerg(?:ency)?|panic|off|none|all|quiet|silent
  )
`
/** What a logger writes, as loggers call it. */
const LINES = '(?:messages?|message\\(s\\)|lines?|events?|entries|records?|logs)'
/** What writes a log's lines somewhere. */
const OUTPUT = words`
  (?:
    (?:console|file|rolling|syslog|async)?[ \t_-]?appender
    |log(?:ging|ger)?[ \t_-](?:output|sink|handler|target|stream|writer)
    |(?:console|stdout|stderr)[ \t_-](?:sink|handler|output)
  )s?
`
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
    pattern: wording`
      (?<![a-z])(?:
        log(?:ging|ger)?[ \t_-]?(?:level|verbosity|threshold|severity)
        |log_min_messages|verbosity level|^level|level of logger
      )(?![a-z]| (?:can|may|could) be\b)(?:.{0,80}?(?:->|=>?|:|\b(?:to|is|now|auf|at)) *["'[(]?| )
        (?<value>${LEVEL}|\d{1,2})\b(?![^a-z]{0,6}(?:->|=>|to\b) *["'[(]?(?:${LEVEL}|\d{1,2})\b)
    `,
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
      { message: 'log level can be set to ERROR with --quiet', facts: null },
    ],
  },
  {
    id: 'log-level-translated',
    kind: 'log-level',
    keywords: [
      'log-level',
      'loglevel',
      'log-stufe',
      'protokollstufe',
      'niveau de',
      'nivel de',
      'vel de log',
      'livello di log',
      'poziom log',
      'ровень',
      '日志级别',
      'ログレベル',
      '로그 레벨',
    ],
    pattern: wording`
      (?:
        (?<![a-z])(?:
          log-?level|log-?stufe|protokollstufe|niveau de (?:log|journalisation)|n[ií]vel de (?:logs?|registro)
          |livello di log|poziom log\w{0,8}
        )(?![a-z])
        |уровень (?:логирования|журналирования|лога)|日志级别|ログレベル|로그 레벨
      )(?:.{0,80}?(?:->|=>?|:|：|(?<![a-z])(?:auf|à|en|a|na|su|до|на|в|为|到|を)(?![a-z])) *["'[(]?| )(?<value>
        trace|debug|info|warn(?:ing|ung)?|avertissement|advertencia|aviso|avviso|предупреждение|警告|경고
        |error[ei]?|erro|fehler|erreur|ошибка|错误|エラー|오류|fatal
      )(?![a-z])(?![^a-z]{0,6}(?:->|=>) *["'[(]?[a-z])
    `,
    samples: [
      { message: 'Log-Level von DEBUG auf WARNUNG gesetzt', facts: { value: 'WARNUNG' } },
      { message: 'Niveau de log changé : DEBUG -> WARN', facts: { value: 'WARN' } },
      { message: 'Nivel de registro cambiado a ERROR', facts: { value: 'ERROR' } },
      { message: '日志级别已设置为 警告', facts: { value: '警告' } },
      { message: 'Уровень логирования изменён на ERROR', facts: { value: 'ERROR' } },
      { message: 'niveau de remplissage : 40', facts: null },
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
    pattern: wording`
      \b(?:set(?:ting)?|switch(?:ed|ing)?|chang(?:ed|ing)|rais(?:ed|ing)|lower(?:ed|ing)|reduc(?:ed|ing))[ \t]+
        (?:the )?(?:root )?log(?:ging|ger)(?: ['"]?[\w.]{1,60}['"]?)? to (?:level )?["']?(?<value>${LEVEL})\b
      |\b(?:debug|trace|verbose) (?:log(?:ging|s)?|output)(?: (?:is|was|has been|now)){0,2}[ \t:=]+
        (?:turned |switched )?(?:off|disabled|stopped)\b
      |\btoggl(?:ed|ing) (?:the )?(?:debug|trace|verbose) (?:log|output)
      |\b(?:turn(?:ed|ing)?|switch(?:ed|ing)?) off (?:debug|trace|verbose) log
    `,
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
    pattern: wording`
      \b(?<value>debug|trace|verbose) log(?:ging|s)?(?: (?:is|was|has been|now)){0,2}[ \t:=]+
        (?:turned |switched )?(?:on|enabled|started)\b
    `,
    samples: [
      { message: 'SIGUSR1: debug logging enabled', facts: { value: 'debug' } },
      { message: 'debug logs are kept for 7 days', facts: null },
    ],
  },
  {
    // Of a level that is not called the log's: a logger is, or the words are a logger's own.
    id: 'logger-level',
    kind: 'log-level',
    keywords: [
      'setlevel',
      'set_level',
      'minimum level',
      'minimumlevel',
      'configuring logger',
      'setting logger',
      'setting level',
      'root logger',
      'global threshold',
    ],
    pattern: wording`
      (?:
        \bset_?level(?: *[(:=] *| (?:to )?)
        |\b(?:minimum ?level|global threshold)\b.{0,60}?\b(?:to|now|is)[ \t]+
        |\b(?:configuring|setting) (?:level of )?(?:the )?(?:
          logger ["'[]?[\w.$:]{1,120}["'\]]?|["'[]?[\w.$:]{1,120}["'\]]? logger
        ) to (?:level )?
      )["'[]?(?<value>${LEVEL})\b(?! to\b)
    `,
    samples: [
      { message: 'SetLevel: error', facts: { value: 'error' } },
      { message: 'ctl: setLevel(WARN)', facts: { value: 'WARN' } },
      {
        message: 'LoggingLevelSwitch: minimum level changed from Information to Error',
        facts: { value: 'Error' },
      },
      { message: 'Configuring logger ROOT to level ERROR', facts: { value: 'ERROR' } },
      { message: '|-INFO in RootLoggerAction - Setting level of ROOT logger to WARN', facts: { value: 'WARN' } },
      { message: "Setting logger 'com.acme.gate' to ERROR", facts: { value: 'ERROR' } },
      { message: 'NLog: global threshold now Error', facts: { value: 'Error' } },
      { message: 'pump: setLevel 40', facts: null },
      { message: 'minimum level of tank 3 is 40', facts: null },
    ],
  },
  {
    id: 'verbosity-set',
    kind: 'log-level',
    keywords: ['verbosity'],
    pattern: wording`
      \bverbosity\b(?: level)? (?:(?:was|is|has been) )?(?:now|set|lowered|raised|changed|reduced|increased)\b
    `,
    samples: [
      { message: '--v=0 verbosity lowered from 4 to 0', facts: { value: null } },
      { message: 'verbosity is a matter of taste', facts: null },
    ],
  },
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
  {
    id: 'line-repeated',
    kind: 'lines-dropped',
    keywords: ['repeated', 'message repeats', 'duplicate messages', 'identical '],
    pattern: wording`
      \bmessage (?:was )?(?:repeated|repeats) \d{1,9} (?:more )?times?\b
        (?: *: *\[ *(?<value>[^ \t].{0,500})\]$)?
      |\bskipped \d{1,9} duplicate messages?\b|\bidentical \d{1,9} lines?\b
      |\b(?:line|entry|event) repeated \d{1,9} (?:more )?times?\b
    `,
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
    // Told when it begins: how many lines it will leave out, and which, nobody knows.
    id: 'log-sampled',
    kind: 'lines-dropped',
    keywords: ['sampl', 'throttl', 'only 1 in ', 'only 1 of ', 'only one in ', 'dropping info', 'dropping debug'],
    pattern: wording`
      \blog(?:ging|ger)?s? sampling\b(?![ \t:=]+(?:is |was )?(?:off|disabled|false))
      |\bsampling (?:of )?(?:the )?(?:log|${LEVEL} ${LINES})\w{0,4}\b
      |\bsampling[ \t:=]+(?:at )?(?:1 ?(?:/|in|of|:) ?\d{1,9}|\d{1,2}(?:\.\d{1,4})? ?%) (?:of )?(?:the )?
        (?:${LEVEL} )?${LINES}\b
      |\blog(?:ging|ger)?s? (?:is |are |was )?(?:now )?(?:being )?(?:throttled|sampled)\b
      |\bonly (?:1|one) (?:in|of|out of) (?:every )?\d{1,9} (?:log )?${LINES}\b
      |\bdropping (?:all )?${LEVEL}(?:(?: *[,/&] *| and | or )${LEVEL}){0,4} ${LINES}\b
    `,
    samples: [
      { message: 'log sampling enabled initial=1 thereafter=100', facts: {} },
      { message: 'sampling 1/100 of INFO records from now on', facts: {} },
      { message: 'log throttled: only 1 in 50 messages will be written', facts: {} },
      { message: 'logs are sampled', facts: {} },
      { message: 'log partition full, dropping INFO and DEBUG records', facts: {} },
      { message: 'log sampling disabled', facts: null },
      { message: 'sampling sensor 3 at 10 Hz', facts: null },
      { message: 'request throttled for 10.1.2.3', facts: null },
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
      'entries dropped',
      'records dropped',
      'events dropped',
      'lines dropped',
    ],
    // Callbacks that are suppressed are the kernel's own.
    pattern: wording`
      \bsuppress(?:ed|ing)[ \t:]+(?:the )?\d{1,9} (?:\w{1,20} ){0,2}${LINES}\b
      |\b\d{1,9} (?:\w{1,20} ){0,3}${LINES} (?:\w{2,5} ){0,2}(?:suppressed|squelched|rate[- ]?limited)\b
      |\b(?:${LEFT_OUT}|dropping)[ \t:]+(?:\w{1,12} )?\d{1,9} (?:\w{1,20} )?${OF_LOG}\b
      |\b\d{1,9} (?:\w{1,20} )?${OF_LOG} (?:\w{2,5} ){0,2}${LEFT_OUT}\b
      |\b${OF_LOG} (?:were )?${LEFT_OUT}\b(?![ \t:=]{0,4}0\b)
      |\blog(?:ging|ger)? (?:queue|buffer|ring) (?:is |was )?(?:full|overflow(?:ed|s)?|overrun)\b
      |\blogger dropped messages\b
      |\b\d{1,9} message(?:s|\(s\))? (?:dropped|lost) (?:because of queue size|due to rate)
      |\bbegins? to drop messages\b|\blost \d{1,9} messages from pid\b|^-{2,3} *\d{1,9} messages dropped\b
      |\bto drop mode\b
      |\bdropped \d{1,9} messages in the last second\b
      |\bexpire \d{1,9} lines?\b
      |\brate[- ]?limit\w{0,3}\b.{0,40}\blog(?:ging|ger)? (?:messages|lines|output|entries)\b
      |\blog(?:ging|ger)? rate[- ]?limit\w{0,3}\b
      |\brate[- ]?limited\b.{0,12}\b\d{1,9} (?:messages|lines) dropped\b
      |\blog(?:ging|ger)?\b.{0,20}\b\d{1,9} ${LINES} (?:were )?${LEFT_OUT}\b
      |\b(?:event|message|line|record)s?\b.{0,60}\bsuppressed \d{1,9} times\b
      |\b\d{1,9} (?:more )?(?:similar|duplicate|identical) (?:messages?|lines?)\b
    `,
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
      { message: 'logger: 14 entries dropped (buffer full)', facts: {} },
      { message: 'Internal log [event] has been suppressed 10 times.', facts: {} },
      { message: 'net_ratelimit: 12 callbacks suppressed', facts: null },
      { message: 'dropped 3 messages of queue orders', facts: null },
      { message: 'rate limit exceeded for 10.1.2.3', facts: null },
      { message: 'log messages lost: 0', facts: null },
    ],
  },
]
