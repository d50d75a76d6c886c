import { TRANSLATED_WORDS } from '../facts/translated-errors.ts'
import type { EventPattern } from '../pattern.ts'

/** What the system prints of these errors, in any of its languages. */
const said = (...names: readonly string[]): string =>
  TRANSLATED_WORDS.filter(([, name]) => names.length === 0 || names.includes(name))
    .map(([words]) => words.source)
    .join('|')

/** Errors of the socket calls where the system speaks another language than its programs; keywords without accents, which differ with the encoding. */
export const translatedErrors: readonly EventPattern[] = [
  {
    id: 'accept-failed-translated',
    kind: 'accept-failed',
    keywords: ['accept'],
    pattern: new RegExp(String.raw`\b(?:WSA)?accept(?:4|Ex)?\b(?:\(\))?.{0,80}?(?:${said()})`, 'i'),
    samples: [
      { message: 'accept: Zu viele offene Dateien', facts: { errorName: 'EMFILE' } },
      { message: 'accept: Слишком много открытых файлов', facts: { errorName: 'EMFILE' } },
      { message: 'accept() 失败: 打开的文件过多', facts: { errorName: 'EMFILE' } },
      { message: 'accept: 開いているファイルが多すぎます', facts: { errorName: 'EMFILE' } },
      {
        message: 'accept fehlgeschlagen: Ein Vorgang bezog sich auf ein Objekt, das kein Socket ist.',
        facts: { errorName: 'ENOTSOCK' },
      },
      { message: 'accept: 열린 파일이 너무 많음', facts: { errorName: 'EMFILE' } },
      { message: 'accept: Die Ressource ist zur Zeit nicht verfügbar', facts: null },
    ],
  },
  {
    id: 'bind-failed-translated',
    kind: 'bind-failed',
    keywords: [
      'bereits verwendet',
      'socketadresse',
      'adresse d',
      'de chaque adresse',
      ' usando',
      'un uso de cada',
      'уже используется',
      'одно использование',
      '地址已',
      '只允许使用一次',
      '使用中です',
      'アドレスに対して',
      '주소가 이미',
      '각 소켓 주소',
    ],
    pattern: new RegExp(said('EADDRINUSE'), 'i'),
    samples: [
      { message: 'bind: Die Adresse wird bereits verwendet', facts: { errorName: 'EADDRINUSE' } },
      { message: 'bind: Adresse déjà utilisée', facts: { errorName: 'EADDRINUSE' } },
      { message: 'bind: Адрес уже используется', facts: { errorName: 'EADDRINUSE' } },
      { message: 'bind: 주소가 이미 사용 중입니다', facts: { errorName: 'EADDRINUSE' } },
      { message: 'bind: 地址已在使用', facts: { errorName: 'EADDRINUSE' } },
      { message: 'bind: アドレスは既に使用中です', facts: { errorName: 'EADDRINUSE' } },
    ],
  },
  {
    id: 'reset-translated',
    kind: 'peer-close',
    keywords: [
      'kommunikationspartner',
      'vom remotehost',
      'par le correspondant',
      'te distant',
      'quina remota',
      'host remoto',
      'другой стороной',
      'принудительно',
      '连接被对方',
      '远程主机强迫',
      'が相手から',
      'ホストに強制的',
      '상대편에 의해',
      '호스트에 의해 강제',
    ],
    pattern: new RegExp(said('ECONNRESET'), 'i'),
    samples: [
      {
        message: 'recv: Die Verbindung wurde vom Kommunikationspartner zurückgesetzt',
        facts: { errorName: 'ECONNRESET' },
      },
      { message: 'Eine vorhandene Verbindung wurde vom Remotehost geschlossen.', facts: { errorName: 'ECONNRESET' } },
      { message: '远程主机强迫关闭了一个现有的连接。', facts: { errorName: 'ECONNRESET' } },
    ],
  },
  {
    id: 'connect-refused-translated',
    kind: 'connect-failed',
    keywords: [
      'verbindungsaufbau abgelehnt',
      'verbindung verweigerte',
      'connexion refus',
      'ment refus',
      'rehusada',
      'expresamente',
      'соединении отказано',
      'отверг запрос',
      '拒绝连接',
      '连接被拒绝',
      '积极拒绝',
      '接続を拒否され',
      'よって拒否され',
      '연결이 거부됨',
      '연결을 거부',
    ],
    pattern: new RegExp(`^(?!.{0,200}\\b(?:von|de|from)[ \\t]+[\\d[])(?:.{0,800}?(?:${said('ECONNREFUSED')}))`, 'i'),
    samples: [
      { message: 'connect: Verbindungsaufbau abgelehnt', facts: { errorName: 'ECONNREFUSED' } },
      { message: 'connect: В соединении отказано', facts: { errorName: 'ECONNREFUSED' } },
      { message: '由于目标计算机积极拒绝，无法连接。', facts: { errorName: 'ECONNREFUSED' } },
    ],
  },
]
