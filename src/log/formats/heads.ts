/** What programs print between a stamp and their message, whichever stamp it is. */

const LEVELS = [
  'TRACE',
  'DEBUG',
  'INFO',
  'NOTICE',
  'WARNING',
  'WARN',
  'ERROR',
  'CRITICAL',
  'FATAL',
  'SEVERE',
  'ALERT',
  'EMERG',
  'PANIC',
  'FINE',
  'VERBOSE',
  'LOG',
]
const LEVEL = `(?<level>${LEVELS.join('|')})`

const titled = (word: string): string => word[0] + word.slice(1).toLowerCase()
const SHORT_LEVELS = ['TRC', 'VRB', 'DBG', 'INF', 'WRN', 'ERR', 'FTL']
const ANY_CASE = [...LEVELS.flatMap((word) => [word, word.toLowerCase(), titled(word)]), ...SHORT_LEVELS].join('|')

/** ` W 00161788> message`: a level's letter and a thread id. */
export const LETTER_THREAD = /^[ \t]+(?<level>[A-Z])[ \t]+(?<thread>[^\s>]{1,40})>[ \t]?(?<message>.*)$/

/** ` INFO  [main] c.e.net.Listener - message`, the level before or after the thread: log4j, logback, java.util.logging. */
export const LEVEL_THREAD_LOGGER = new RegExp(
  `^[ \\t]+\\[?${LEVEL}\\]?[ \\t]+(?:\\d+[ \\t]+---[ \\t]+)?\\[[ \\t]*(?<thread>[^\\]]{1,80})\\][ \\t]*(?<message>.*)$`,
)
export const THREAD_LEVEL_LOGGER = new RegExp(
  `^[ \\t]+\\[(?<thread>[^\\]]{1,80})\\][ \\t]+\\[?${LEVEL}\\]?(?::(?! {2}))?[ \\t]+(?<message>.*)$`,
)

/** ` [0x00007f1a] message`, ` [thread 12] INFO message`: a thread alone, where a number says that it is one. */
export const THREAD_ONLY = new RegExp(
  `^[ \\t]+\\[(?<thread>(?:thread|tid|T)[ \\t:=#-]?\\d{1,10}|0x[\\da-fA-F]{4,16})\\][ \\t]*:?[ \\t]+(?:\\[?${LEVEL}\\]?[ \\t:]+)?(?<message>.*)$`,
)

/** ` INFO network[6808:6824] message`: level, program, process and thread. What an arrow follows is an array's element. */
export const LEVEL_PROCESS = new RegExp(
  `^[ \\t]+\\[?${LEVEL}\\]?[ \\t]+(?<process>[\\w./-]{1,60})\\[(?:\\d+:)?(?<thread>\\d+)\\]:?[ \\t]+(?!(?:<-|->|:?=>?)[ \\t])(?<message>.*)$`,
)

/** ` edge3 gated[512]: message`, as syslog has it: journalctl's short-iso and short-monotonic. A level is no host. */
export const HOST_PROCESS = new RegExp(
  `^[ \\t]*(?!(?:${LEVELS.join('|')})[ \\t])[\\w.-]{1,255}[ \\t]+(?<process>[\\w./@-]{1,100})\\[(?<thread>\\d+)\\]:[ \\t]+(?<message>.*)$`,
)

/** ` gated[512]: {"msg":…}`: without a host's name only before an object, as an array's element is written alike. */
export const PROCESS_OBJECT = /^[ \t]+(?<process>[\w./@-]{1,100})\[(?<thread>\d+)\]:[ \t]+(?<message>\{".*\})[ \t]*$/

/** ` [error] 4321#4325: message`: nginx's error log. */
export const NGINX = /^[ \t]+\[(?<level>\w{2,8})\][ \t]+(?<process>\d+)#(?<thread>\d+):[ \t]+(?<message>.*)$/

/** ` [4321] LOG:  message`: PostgreSQL, which writes two blanks; with one, others write a thread there. */
export const POSTGRES =
  /^(?:[ \t]+[A-Z]{3,5})?[ \t]+\[(?<process>\d+)(?:-\d+)?\][ \t]+(?:[^\s:]{1,80}[ \t]+)?(?<level>[A-Z]{3,9}): {2}(?<message>.*)$/

/** ` - name - INFO - message` and ` INFO:name:message`: Python's logging. */
export const PYTHON_DASHES = new RegExp(
  `^[ \\t]+-[ \\t]+(?<thread>[^\\s]{1,80})[ \\t]+-[ \\t]+${LEVEL}[ \\t]+-[ \\t]+(?<message>.*)$`,
)

/** ` INFO message`, ` [info] message`, ` |INFO| message`, `;INFO;message`: a level alone. “Error accepting …” is a sentence. */
export const LEVEL_ONLY = new RegExp(
  `^\\]?[ \\t]*[[|<(;]?(?<level>${ANY_CASE})(?:[\\]|>)]|(?=[:;|-])|(?<=[A-Z]))[ \\t:;|-]+(?<message>.*)$`,
)

/** Windows' DebugView: `12<TAB>0.12345678<TAB>[512] message`. */
export const DEBUG_VIEW = /^\t\[(?<process>\d+)\][ \t]?(?<message>.*)$/

/** Whatever follows the stamp is the message. */
export const MESSAGE_ONLY = /^[\]>|,:;-]?[ \t]*(?<message>.*)$/
