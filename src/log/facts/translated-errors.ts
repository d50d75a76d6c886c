import { wording } from '../wording.ts'

/**
 * What strerror and FormatMessage print of socket errors in German, French, Spanish, Italian, Portuguese, Polish, Turkish, Dutch,
 * Swedish, Czech, Russian, Ukrainian, Chinese, Japanese and Korean. Parts that versions print differently are left out.
 */
export const TRANSLATED_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    wording`
      die adresse wird bereits verwendet|jede socketadresse .{0,80}nur jeweils einmal|adresse déjà utilisée
      |une seule utilisation de chaque adresse de socket
      |la dirección ya se está usando
      |s[óo]lo se permite un uso de cada dirección de socket
      |адрес уже используется|только одно использование адреса сокета|地址已在使用|地址已被使用|每个套接字地址.{0,40}只允许使用一次
      |アドレスは(?:既に|すでに)使用中|各ソケット アドレスに対して|주소(?:가)? ?이미 사용 ?중|각 소켓 주소|indirizzo già in uso
      |un solo utilizzo di ogni indirizzo di socket|endereço já (?:está )?em uso
      |uma (?:única )?utilização de cada endereço de soquete
      |adres jest już w użyciu|jedno użycie każdego adresu gniazda|adres zaten kullan[ıi]|yuva adresinin
      |adres is al in gebruik|adressen används redan|adresa (?:je|se) (?:již |už )?(?:používá|užívá)|адреса вже використовується
    `,
    'EADDRINUSE',
  ],
  [
    wording`
      zu viele offene dateien|trop de fichiers ouverts|demasiados (?:archivos|ficheros) abiertos
      |слишком много открытых файлов|打开的文件(?:过多|太多)|(?:開いている|オープンしている)ファイルが多すぎ|열린 파일이 너무 많|troppi file aperti
      |muitos arquivos abertos|demasiados ficheiros abertos|(?:za dużo|zbyt wiele) otwartych plików
      |çok fazla açık dosya|te veel open bestanden|för många öppna filer|příliš mnoho otevřených souborů|(?:забагато|(?:за)?надто багато) відкритих файлів
    `,
    'EMFILE',
  ],
  [
    wording`
      keine berechtigung|permission non accordée|permiso denegado|отказано в доступе|权限不够|权限不足|許可がありません|허가 거부
      |액세스 권한에 의해 숨겨진
    `,
    'EACCES',
  ],
  [
    wording`
      vom kommunikationspartner zurückgesetzt
      |vorhandene verbindung wurde vom remotehost geschlossen
      |connexion (?:ré-?initialisée|réinitialisée) par le correspondant
      |connexion existante a dû être fermée par l.h[ôo]te distant
      |conexión reinicializada por la máquina remota
      |interrupción de una conexión existente por el host remoto
      |соединение (?:разорвано|сброшено) другой стороной
      |удал[её]нный хост принудительно разорвал|连接被对方重[设置]|远程主机强迫关闭了一个现有的连接|接続が相手からリセット|リモート ホストに強制的に切断
      |연결이 상대편에 의해|원격 호스트에 의해 강제로|connessione interrotta dal corrispondente
      |conexão (?:fechada|redefinida) pela outra ponta
      |połączenie zerwane przez drugą stronę
      |karşı taraf(?:tan|ından) (?:kesildi|sıfırlandı)
    `,
    'ECONNRESET',
  ],
  [
    wording`
      verbindungsaufbau abgelehnt|zielcomputer die verbindung verweigerte|connexion refusée
      |ordinateur cible l.a expressément refusée|conexión rehusada|equipo de destino denegó expresamente
      |в соединении отказано|компьютер отверг запрос на подключение|拒绝连接|连接被拒绝|目标计算机积极拒绝|接続を拒否され|コンピューターによって拒否された
      |연결이 거부됨|컴퓨터에서 연결을 거부|connessione rifiutata|conexão recusada|połączenie odrzucone|bağlantı reddedildi
      |förbindelsen? vägra|anslutning(?:en)? (?:vägra|nekad|avvis)|spojení odmítnuto|у з['’ʼ]єднанні відмовлено
    `,
    'ECONNREFUSED',
  ],
  [
    wording`
      die wartezeit für die verbindung ist abgelaufen
      |connexion terminée par expiration du délai|expiró el tiempo de conexión|время ожидания соединения истекло
      |连接超时|接続がタイムアウト|연결 시간이? ?초과|connessione scaduta|tempo esgotado para conexão
      |przekroczony czas oczekiwania na połączenie|bağlantı zaman aşımına
    `,
    'ETIMEDOUT',
  ],
  [
    wording`
      (?:ungültiger|ungültiges) dateideskriptor|mauvais descripteur de fichier
      |descriptor de (?:archivo|fichero) erróneo|неправильный дескриптор файла|(?:错误|无效)的文件描述符
      |不正なファイル(?:記述子|ディスクリプタ)|descrittore di file (?:errato|non valido)|descritor de arquivo inválido
      |błędny deskryptor pliku|hatalı dosya tanımlayıcı
    `,
    'EBADF',
  ],
  [
    wording`
      objekt, das kein socket ist|sur autre chose qu.un socket|en un elemento que no es un socket
      |с объектом, не являющимся сокетом|在一个非套接字上尝试了一个操作|ソケット以外のものに対して操作
    `,
    'ENOTSOCK',
  ],
  [/daten(?:über|ue)bergabe unterbrochen|relais brisé|tubería rota|обрыв канала|断开的管道|パイプが切断され/i, 'EPIPE'],
]
