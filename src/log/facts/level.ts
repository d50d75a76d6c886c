/** Levels as programs and the settings of their loggers name them, in several languages, from the wordiest to the most silent. */
const NAMES = [
  ['all', 'trace', 'trc', 'finest', 'finer'],
  ['debug', 'dbg', 'debg', 'verbose', 'vrb', 'fine', 'd', 'v'],
  ['info', 'inf', 'information', 'informational', 'config', 'i'],
  ['notice'],
  [
    'warn',
    'warning',
    'warnings',
    'wrn',
    'w',
    'warnung',
    'avertissement',
    'advertencia',
    'aviso',
    'avviso',
    'предупреждение',
    '警告',
    '경고',
  ],
  ['error', 'errors', 'err', 'severe', 'e', 'fehler', 'erreur', 'erro', 'errore', 'ошибка', '错误', 'エラー', '오류'],
  ['critical', 'crit', 'fatal', 'ftl', 'alert', 'emerg', 'emergency', 'panic', 'f'],
  ['off', 'none', 'quiet', 'silent'],
] as const

const RANKS = new Map<string, number>(NAMES.flatMap((names, rank) => names.map((name) => [name, rank] as const)))

/** Where a level stands among the others: a logger leaves out what ranks below its own. Null for one that is not known. */
export const levelRank = (level: string | null): number | null =>
  level === null ? null : (RANKS.get(level.toLowerCase()) ?? null)

/** A logger set to this or below tells whatever its program says of its sockets. */
export const WORDY = RANKS.get('debug')!
