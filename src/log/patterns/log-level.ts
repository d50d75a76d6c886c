import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'
import { LEVEL } from './logger-words.ts'

/** What a log says of its level: from there on, what it does not tell proves nothing. */
export const logLevel: readonly EventPattern[] = [
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
]
