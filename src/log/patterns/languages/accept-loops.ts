import type { EventPattern } from '../../pattern.ts'
import { wording, words } from '../../wording.ts'

/** What accepts, runs and ends in one language each. */
interface LoopWords {
  readonly accepts: string
  readonly runs: string
  readonly ends: string
}

const ROMANCE: LoopWords = {
  accepts: "(?:acceptation|aceptaci[oó]n|accettazione|aceitação|d['’]accept|de accept|do accept|di accept|d['’]écoute)",
  runs: '(?:thread|fil|boucle|tâche|hilo|bucle|tarea|ciclo|laço|tarefa)',
  ends: '(?:terminé|termin[oó]|terminat|termin(?:ado|ou)|arrêté|interromp|interrott|plant[ée]|finaliz|detenid|detuvo|murió|abort|fermat|mort[oa]|encerr|parou|morreu|caíd)',
}
const SLAVIC: LoopWords = {
  accepts:
    "(?:при[её]ма (?:соединений|подключений|клиентов)|приймання (?:з[’']?єднань|підключень)|(?:akceptując|przyjmując)\\S{1,3}(?: połączenia)?|akceptacji|přijímání spojení|accept\\S{0,2})",
  runs: '(?:поток|потік|цикл|нить|wątek|pętl[aę]|vlákno|smyčka)',
  ends: '(?:заверш|останов|зупин|упал|впав|прерван|перерван|zakończ|przerwan|zatrzyman|padł|ukončen|skončil|spadl)',
}
const CHINESE: LoopWords = {
  accepts: '(?:接受|接收|accept|监听|監聽)(?:新)?(?:连接|連接|連線)?(?:的)?',
  runs: '(?:线程|線程|執行緒|循环|迴圈|任务)',
  ends: '(?:退出|终止|終止|异常|異常|结束|結束|停止|崩溃|崩潰)',
}
const JAPANESE: LoopWords = {
  accepts: '(?:受付|受け付け|受け入れ|accept|アクセプト|待ち受け)(?:用)?',
  runs: '(?:スレッド|ループ|タスク)',
  ends: '(?:終了|停止|落ち|クラッシュ|中断)',
}
const KOREAN: LoopWords = {
  accepts: '(?:수락|accept|접속)',
  runs: '(?:스레드|쓰레드|루프|태스크)',
  ends: '(?:종료|중단|정지|죽|비정상)',
}

/** What accepts and what runs in either order, and then its end; in Chinese, Japanese and Korean the one stands right behind the other. */
const spaced = ({ accepts, runs, ends }: LoopWords): string => words`
  ${runs} ?(?:\S{1,10} ){0,2}${accepts}.{0,40}?(?<!\S)\S{0,3}${ends}
  |${accepts}[ \t-]${runs}.{0,30}?${ends}
`
const joined = ({ accepts, runs, ends }: LoopWords): string => `${accepts} ?${runs}.{0,10}?${ends}`

/** The code that accepts ended, in languages that say so in other words than English. */
export const acceptLoops: readonly EventPattern[] = [
  {
    id: 'accept-loop-ended-translated',
    kind: 'accept-failed',
    keywords: [
      'acceptation',
      'aceptaci',
      'accettazione',
      'aceita',
      'accept ',
      'coute',
      'при',
      'akcept',
      'przyjmuj',
      'přijímání',
      '线程',
      '線程',
      '執行緒',
      '循环',
      '迴圈',
      'スレッド',
      'ループ',
      '스레드',
      '쓰레드',
      '루프',
    ],
    pattern: wording`(?:${[spaced(ROMANCE), spaced(SLAVIC), joined(CHINESE), joined(JAPANESE), joined(KOREAN)].join('|')})`,
    samples: [
      { message: "Le thread d'acceptation s'est arrêté", facts: {} },
      { message: 'El hilo de aceptación terminó', facts: {} },
      { message: 'Il thread di accettazione è terminato', facts: {} },
      { message: 'Thread de aceitação terminou inesperadamente', facts: {} },
      { message: 'Wątek akceptujący połączenia zakończył działanie', facts: {} },
      { message: 'Поток приёма соединений завершён', facts: {} },
      { message: '监听线程已退出', facts: {} },
      { message: '接続受付スレッドが異常終了しました', facts: {} },
      { message: '연결 수락 스레드가 비정상 종료되었습니다', facts: {} },
      { message: 'Поток приёма данных завершён', facts: null },
      { message: "Le thread d'acceptation a démarré", facts: null },
      { message: '接続受付スレッドを開始しました', facts: null },
      { message: '工作线程已退出', facts: null },
    ],
  },
]
