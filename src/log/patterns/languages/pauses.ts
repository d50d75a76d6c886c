import type { EventPattern } from '../../pattern.ts'
import { words } from '../../wording.ts'

/** That a program takes no connections for now, and that it takes them again, in one language: sources of regular expressions. */
interface PauseWords {
  readonly paused: string
  readonly resumed: string
}

const GERMAN: PauseWords = {
  paused: words`
    annahme (?:(?:neuer|weiterer|von|neuen) ){0,2}(?:verbindung|client)\w{0,4}.{0,12} (?:pausiert|angehalten|ausgesetzt|gestoppt|eingestellt|unterbrochen)
    |keine (?:neuen |weiteren )?(?:verbindungen|clients) (?:mehr )?(?:an|angenommen|akzeptiert|zugelassen)\b
    |(?:verbindungen|clients) werden (?:(?:derzeit|vorerst|vorläufig|jetzt) )?nicht (?:mehr )?(?:angenommen|akzeptiert|zugelassen)
  `,
  resumed: words`
    annahme (?:(?:neuer|weiterer|von|neuen) ){0,2}(?:verbindung|client)\w{0,4}.{0,12} (?:fortgesetzt|wieder)
    |wieder (?:neue )?verbindungen an\b|(?:verbindungen|clients) werden wieder (?:angenommen|akzeptiert)
  `,
}
const FRENCH: PauseWords = {
  paused: words`
    acceptation des? (?:nouvelles )?connexions? .{0,12}(?:suspendu|en pause|interromp|arrêt|désactiv)
    |n(?:e |['’])accepte\w{0,4} plus (?:de |aucune )?(?:nouvelles? )?(?:connexion|client)
    |(?:suspension|mise en pause|arrêt) de l['’]acceptation|nouvelles connexions (?:sont )?(?:refusées|suspendues|non acceptées)
  `,
  resumed: words`reprise de l['’]acceptation|acceptation des? (?:nouvelles )?connexions? .{0,12}(?:reprise|rétablie)`,
}
const SPANISH: PauseWords = {
  paused: words`
    no se (?:aceptan|aceptarán|admiten|admitirán) (?:más |nuevas )?(?:conexiones|clientes)
    |(?:deja|dejando|dejamos|dejó) de aceptar (?:más |nuevas )?(?:conexiones|clientes)|no acepta(?:mos|ndo)? (?:más |nuevas )?conexiones
    |aceptación de (?:nuevas )?conexiones .{0,12}(?:en pausa|pausad|suspendid|detenid|deshabilitad)
    |(?:pausa(?:ndo|da)?|suspendiendo|suspendida|detenida) la aceptación
  `,
  resumed: words`
    (?:reanuda(?:ndo|da)?|reanudó) la aceptación|aceptación de (?:nuevas )?conexiones .{0,12}reanudad|(?:vuelve|volvemos) a aceptar (?:nuevas )?(?:conexiones|clientes)
  `,
}
const PORTUGUESE: PauseWords = {
  paused: words`
    conexões .{0,10}não (?:serão|são|estão sendo) (?:mais )?aceitas|não aceita(?:mos|ndo)? (?:mais )?(?:novas )?conexões
    |aceitação de (?:novas )?conexões .{0,12}(?:suspensa|pausada|interrompida|parada|desativada)
    |(?:suspendendo|pausando|suspensa) a aceitação|(?:parou|parando|paramos|deixou|deixando) de aceitar (?:mais )?(?:novas )?(?:conexões|clientes)
  `,
  resumed: words`
    (?:retomando|retomada) a aceitação|aceitação de (?:novas )?conexões .{0,12}retomada|(?:voltou|voltando) a aceitar (?:novas )?(?:conexões|clientes)
  `,
}
const ITALIAN: PauseWords = {
  paused: words`
    non (?:si )?accett\w{1,5} (?:più )?(?:altre |nuove )?(?:connessioni|client)
    |accettazione (?:delle|di) (?:nuove )?connessioni .{0,12}(?:sospes|in pausa|interrott|fermat|disabilitat)
    |(?:sospendo|sospesa|sospensione del)[ \t]?l['’]accettazione|nuove connessioni (?:rifiutate|sospese|non accettate)
  `,
  resumed: words`
    accettazione (?:delle|di) (?:nuove )?connessioni .{0,12}(?:ripres|riattivat)|ripres\w{1,2} (?:del)?l['’]accettazione
  `,
}
const POLISH: PauseWords = {
  paused: words`
    nie przyjmuj\S{1,4} (?:już )?(?:nowych )?(?:połącze|klient)|połączenia nie są (?:już )?przyjmowane
    |przyjmowanie (?:nowych )?połączeń .{0,12}(?:wstrzyman|zawieszon|zatrzyman|wyłączon)
    |(?:wstrzym|zawiesz)\S{1,6} przyjmowani
  `,
  resumed: words`przyjmowanie (?:nowych )?połączeń .{0,12}wznowion|wzn(?:awia|owi)\S{1,4} przyjmowani`,
}
const TURKISH: PauseWords = {
  paused: words`
    bağlantı\S{0,6} (?:artık |şimdilik )?kabul edil(?:miyor|meyecek|mez)|bağlantı kabul\S{0,4} (?:durdur|askıya|duraklat|kapat)
  `,
  resumed: words`bağlantı kabul\S{0,4} (?:devam|sürdür|yeniden|tekrar)|(?:yeniden|tekrar) bağlantı kabul ed`,
}
const DUTCH: PauseWords = {
  paused: words`
    verbindingen worden (?:(?:voorlopig|nu) )?niet (?:meer )?(?:geaccepteerd|aangenomen)
    |geen (?:nieuwe )?verbindingen (?:meer )?(?:geaccepteerd|aangenomen|toegelaten)
    |(?:accepteren|aannemen|acceptatie) van (?:nieuwe )?verbindingen .{0,12}(?:gepauzeerd|gestopt|opgeschort|onderbroken)
  `,
  resumed: words`
    verbindingen worden weer (?:geaccepteerd|aangenomen)|(?:accepteren|aannemen|acceptatie) van (?:nieuwe )?verbindingen .{0,12}hervat
  `,
}
const SWEDISH: PauseWords = {
  paused: words`
    anslutningar (?:tas inte (?:längre )?emot|accepteras inte)|tar inte (?:längre )?emot (?:nya )?anslutningar
    |mottagning(?:en)? av (?:nya )?anslutningar .{0,12}(?:pausa|stoppa|avbrut)
  `,
  resumed: words`tar åter emot anslutningar|mottagning(?:en)? av (?:nya )?anslutningar .{0,12}återuppt`,
}
const CZECH: PauseWords = {
  paused: words`
    spojení (?:již |už )?nejsou přijímána|nepřijímá\S{0,3} (?:další |nová )?spojení
    |přijímání (?:nových )?spojení .{0,12}(?:pozastaven|přerušen)
  `,
  resumed: words`přijímání (?:nových )?spojení .{0,12}obnoven|spojení jsou opět přijímána`,
}
const RUSSIAN: PauseWords = {
  paused: words`
    при[её]м (?:новых )?(?:соединений|подключений|клиентов) .{0,12}(?:приостан|прекращ|отключ)
    |(?:приостан|прекращ|останавл)\S{1,8} при[её]м (?:новых )?(?:соединени|подключени|клиент)
    |(?:соединения|подключения) (?:больше |временно )?не принимаются
    |не принима\S{1,5} (?:больше )?(?:новы\S{1,2} )?(?:соединени|подключени)
    |(?:соединений|подключений|клиентов)\S? при[её]м (?:приостан|останов|прекращ)
  `,
  resumed: words`
    при[её]м (?:новых )?(?:соединений|подключений|клиентов) .{0,12}возобновл|возобнов\S{1,6} при[её]м (?:новых )?(?:соединени|подключени|клиент)
  `,
}
const UKRAINIAN: PauseWords = {
  paused: words`
    прийом (?:нових )?(?:з['’]?єднань|підключень|клієнтів) .{0,12}(?:призупин|припин)
    |(?:призупин|припин)\S{1,6} прийом (?:нових )?(?:з['’]?єднан|підключен|клієнт)
    |(?:з['’]?єднання|підключення) (?:більше |тимчасово )?не приймаються
  `,
  resumed: words`прийом (?:нових )?(?:з['’]?єднань|підключень|клієнтів) .{0,12}(?:відновл|поновл)`,
}
const CHINESE: PauseWords = {
  paused:
    '(?:暂停|暫停|停止|不再|暂不|暫不|拒绝|拒絕|中止|禁止)(?:继续|繼續)?(?:接受|接收|接入|受理)(?:任何|更多|新的?){0,2}(?:客户端|客戶端|用户端)?(?:的)?(?:连接|連接|連線|客户端|客戶端)',
  resumed:
    '(?:恢复|恢復|重新|继续|繼續)(?:开始|開始)?(?:接受|接收|接入|受理)(?:新的?)?(?:客户端|客戶端)?(?:连接|連接|連線|客户端|客戶端)',
}
const JAPANESE: PauseWords = {
  paused: words`
    接続(?:要求)?(?:の|を)?(?:受け?付け?|受理|受け入れ)(?:を|は)?(?:一時)?(?:停止|中断|休止)
    |接続(?:要求)?(?:を|は)?(?:受け?付け?|受理し|受け入れ)(?:て(?:い|お)り?)?(?:ません|ない)
    |新規接続(?:を|は)(?:拒否|制限|停止)
  `,
  resumed: '接続(?:要求)?(?:の|を)?(?:受け?付け?|受理|受け入れ)(?:を|は)?再開',
}
const KOREAN: PauseWords = {
  paused: words`
    (?:연결|접속)(?:을|를)? ?(?:수락|허용|접수|받기)(?:을|를)? ?(?:일시 ?)?(?:중지|정지|보류)
    |(?:연결|접속)(?:을|를)? ?(?:더 ?이상 )?(?:받지|수락하지) 않|(?:새|신규) ?(?:연결|접속)(?:을|를)? ?(?:거부|제한|차단)
  `,
  resumed: '(?:연결|접속)(?:을|를)? ?(?:수락|허용|접수|받기)(?:을|를)? ?(?:재개|다시)',
}

const ALL: readonly PauseWords[] = [
  GERMAN,
  FRENCH,
  SPANISH,
  PORTUGUESE,
  ITALIAN,
  POLISH,
  TURKISH,
  DUTCH,
  SWEDISH,
  CZECH,
  RUSSIAN,
  UKRAINIAN,
  CHINESE,
  JAPANESE,
  KOREAN,
]

/** What such a line names, in all of these languages; letters with two cases are left out where a sentence begins. */
const KEYWORDS = [
  'nnahme',
  'verbindungen',
  'cceptation',
  'accepte',
  'conexiones',
  'ceptaci',
  'aceptar',
  'conexões',
  'aceita',
  'connessioni',
  'ccettazione',
  'ołączeń',
  'ołączenia',
  'przyjmowani',
  'ağlantı',
  'verbindingen',
  'nslutningar',
  'spojení',
  'оединени',
  'одключени',
  'риём',
  'рием',
  'рийом',
  'ідключен',
  'єднан',
  '接受',
  '接收',
  '接入',
  '受理',
  '接続',
  '연결',
  '접속',
]
/**
 * Code that accepts and ended is told by `accept-loops.ts`; connections to a database, without a certificate, or from one address
 * are no others.
 */
const OF_OTHERS = words`
  (?!.{0,200}(?:
    thread|線程|线程|スレッド|스레드|поток|потік|wątek|vlákno|数据库|資料庫|データベース|데이터베이스|datenbank|database|base de d|баз[аоуеы]
    |zertifikat|certifi[ck]a|сертификат|证书|証明書|인증서|\b(?:von|vom|de|da|van|från|od|от|із) \d
  ))
`

const anyOf = (sources: readonly string[]): RegExp => new RegExp(`^${OF_OTHERS}.{0,200}?(?:${sources.join('|')})`, 'i')

/** Programs that take no connections on purpose, and that take them again, in languages other than English. */
export const pausesInLanguages: readonly EventPattern[] = [
  {
    id: 'accepting-paused-translated',
    kind: 'error',
    keywords: KEYWORDS,
    pattern: anyOf(ALL.map(({ paused }) => paused)),
    samples: [
      { message: 'Annahme neuer Verbindungen pausiert', facts: {} },
      { message: 'Limit erreicht, neue Verbindungen werden nicht angenommen', facts: {} },
      { message: 'Acceptation des connexions suspendue', facts: {} },
      { message: "n'accepte plus de nouvelles connexions", facts: {} },
      { message: 'límite alcanzado, se deja de aceptar conexiones', facts: {} },
      { message: 'novas conexões não serão aceitas', facts: {} },
      { message: 'accettazione delle connessioni sospesa', facts: {} },
      { message: 'przyjmowanie połączeń wstrzymane', facts: {} },
      { message: 'bağlantı kabulü durduruldu', facts: {} },
      { message: 'nieuwe verbindingen worden niet geaccepteerd', facts: {} },
      { message: 'nya anslutningar tas inte emot', facts: {} },
      { message: 'nová spojení nejsou přijímána', facts: {} },
      { message: 'приём новых соединений приостановлен', facts: {} },
      { message: "прийом нових з'єднань призупинено", facts: {} },
      { message: '连接数达到上限(1000), 暂停接受新连接', facts: {} },
      { message: '新しい接続を受け付けません', facts: {} },
      { message: '新規接続の受け入れを停止', facts: {} },
      { message: '새 연결 수락을 일시 중지합니다', facts: {} },
      { message: '연결 수 한도 초과, 새 연결을 받지 않음', facts: {} },
      { message: 'Annahme der Bestellung pausiert', facts: null },
      { message: 'Verbindungen werden nicht akzeptiert, weil das Zertifikat fehlt', facts: null },
      { message: 'データベース接続を受け付けません', facts: null },
      { message: 'no se aceptan conexiones de 10.1.2.3', facts: null },
      { message: 'deja de aceptar pedidos', facts: null },
      { message: 'Verbindung von 10.1.2.3:50022 angenommen', facts: null },
      { message: '接受来自 10.1.2.3:50022 的连接', facts: null },
      { message: '接続を受け付けました: 10.1.2.3:50022', facts: null },
      { message: '연결 수락 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'accepting-resumed-translated',
    kind: 'error',
    keywords: KEYWORDS,
    pattern: anyOf(ALL.map(({ resumed }) => resumed)),
    samples: [
      { message: 'Annahme neuer Verbindungen wieder aufgenommen', facts: {} },
      { message: "reprise de l'acceptation des connexions", facts: {} },
      { message: 'reanudando la aceptación de conexiones', facts: {} },
      { message: 'приём соединений возобновлён', facts: {} },
      { message: '恢复接受新连接', facts: {} },
      { message: '接続の受け付けを再開しました', facts: {} },
      { message: '연결 수락을 재개합니다', facts: {} },
      { message: 'Annahme neuer Verbindungen pausiert', facts: null },
      { message: '接受新连接 10.1.2.3:50022', facts: null },
    ],
  },
]
