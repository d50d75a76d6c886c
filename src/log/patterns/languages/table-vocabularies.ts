/** What a language calls a table's parts, and what happens to them: sources of regular expressions, in lower case. */
export interface TableWords {
  readonly language: string
  readonly socket: string
  readonly place: string
  /** Beginnings of verbs that put a socket into its place. */
  readonly stores: string
  /** That there is no entry, however far behind the socket. */
  readonly nowhere: string
  /** That the socket itself is not found or not known, right behind it. */
  readonly unknown: string
  /** That one socket lost its place to another one: `OLD` and `NEW` stand for them. */
  readonly lost: string
  /** Among them is one of every line that is told of; letters with two cases are left out where a sentence begins. */
  readonly storeKeywords: readonly string[]
  readonly missKeywords: readonly string[]
  readonly lostKeywords: readonly string[]
  /** Socket 932 comes to place 0; 932 is looked for in vain; 968 takes its place; and lines of none of these. */
  readonly stored: readonly string[]
  readonly missed: readonly string[]
  readonly displaced: readonly string[]
  readonly others: readonly string[]
}

const FRENCH: TableWords = {
  language: 'french',
  socket: String.raw`\b(?:socket|descripteur|fd|handle)`,
  place: String.raw`\b(?:case|emplacement|entrée|position|index|indice|cellule)`,
  stores: String.raw`\b(?:plac|rang|stock|enregistr|inscri|insér|ajout|attribu|affect|occup|réserv)|écri`,
  nowhere:
    "(?:aucune?|sans|pas d[e’']) ?(?:entrée|case|emplacement|correspondance|propriétaire|gestionnaire|session)|aucune correspondance|(?:absente? de|(?:n['’]est|ne figure) pas dans) (?:la|notre) (?:table|liste)",
  unknown: '(?:est |était )?(?:introuvable|inconnue?|non (?:trouvé|enregistré|reconnu))',
  lost: 'OLD (?:est |a été )?(?:écrasé|remplacé|évincé)e? par (?:le |la )?NEW',
  storeKeywords: ['case ', 'emplacement', 'position', 'index', 'indice', 'cellule', 'entrée'],
  missKeywords: [
    'aucun',
    'sans ',
    'pas d',
    'introuvable',
    'absent',
    'pas dans',
    'inconnu',
    'non trouv',
    'non enregistr',
    'non reconnu',
  ],
  lostKeywords: ['écras', 'remplac', 'évinc'],
  stored: ['socket 932 placé dans la case 0', 'case 0 attribuée au descripteur 932'],
  missed: [
    'socket 932 lisible, aucune entrée correspondante',
    'socket 932 prête mais absente de la table',
    'socket 932 introuvable dans la table',
  ],
  displaced: ['case 0 : socket 932 écrasé par socket 968'],
  others: ['socket 932 : aucune réponse'],
}

const SPANISH: TableWords = {
  language: 'spanish',
  socket: String.raw`\b(?:socket|descriptor|fd|handle)`,
  place: String.raw`\b(?:ranura|entrada|posici[oó]n|casilla|hueco|celda)|[ií]ndice`,
  stores: String.raw`\b(?:guardad|almacenad|colocad|registrad|insertad|asignad|anotad|ocupa|escrit|puest)|añadid`,
  nowhere:
    '(?:sin|ninguna?|no (?:hay|tiene|existe)) (?:entrada|ranura|dueño|propietario|correspondencia|sesión|coincidencia)|no (?:está|figura|existe|aparece|se encuentra) en (?:la|nuestra) (?:tabla|lista)',
  unknown: '(?:es |está )?(?:no (?:encontrad|registrad|está en)|desconocid)',
  lost: 'OLD (?:fue |ha sido )?(?:sobrescrit|reemplazad|desplazad|sustituid)[oa] por (?:el )?NEW',
  storeKeywords: ['ranura', 'entrada', 'posici', 'ndice', 'casilla', 'hueco', 'celda'],
  missKeywords: [
    'sin ',
    'ningun',
    'no hay',
    'no tiene',
    'no existe',
    'no figura',
    'no aparece',
    'no se encuentra',
    'no encontrad',
    'no registrad',
    'no est',
    'desconocid',
  ],
  lostKeywords: ['sobrescrit', 'reemplazad', 'desplazad', 'sustituid'],
  stored: ['socket 932 guardado en la ranura 0', 'índice 0 asignado al socket 932'],
  missed: [
    'socket 932 legible, sin entrada correspondiente',
    'socket 932 listo pero no está en la tabla',
    'socket 932 no encontrado en la tabla',
  ],
  displaced: ['ranura 0: socket 932 sobrescrito por socket 968'],
  others: ['socket 932 sin respuesta'],
}

const ITALIAN: TableWords = {
  language: 'italian',
  socket: String.raw`\b(?:socket|descrittore|fd|handle)`,
  place: String.raw`\b(?:slot|posizione|indice|casella|voce|cella)`,
  stores: String.raw`\b(?:salvat|memorizzat|inserit|registrat|assegnat|mess[oa]|scritt|aggiunt|collocat|occupa)`,
  nowhere:
    '(?:nessuna?|senza|non ha) (?:voce|posizione|corrispondenza|proprietario|sessione|casella)|non (?:è )?(?:trovat[oa]|presente) (?:in|nella) (?:tabella|lista)',
  unknown: '(?:è )?(?:non (?:è )?(?:trovat|registrat)|sconosciut)',
  lost: 'OLD (?:è stato )?(?:sovrascritt|sostituit|rimpiazzat)[oa] d(?:a|al|alla) NEW',
  storeKeywords: ['slot', 'posizione', 'indice', 'casella', 'voce ', 'cella '],
  missKeywords: ['nessun', 'senza', 'non ha ', 'non trovat', 'non registrat', 'non è ', 'non presente', 'sconosciut'],
  lostKeywords: ['sovrascritt', 'sostituit', 'rimpiazzat'],
  stored: ['socket 932 inserito nella casella 0', 'indice 0 assegnato al socket 932'],
  missed: [
    'socket 932 leggibile, nessuna voce corrispondente',
    'socket 932 leggibile ma non trovato in tabella',
    'socket 932 non trovato nella tabella',
  ],
  displaced: ['slot 0: socket 932 sovrascritto da socket 968'],
  others: ['socket 932 senza risposta'],
}

const PORTUGUESE: TableWords = {
  language: 'portuguese',
  socket: String.raw`\b(?:socket|descritor|fd|handle)`,
  place: String.raw`\b(?:posiç[aã]o|entrada|vaga|slot)|[íi]ndice|célula`,
  stores: String.raw`\b(?:guardad|armazenad|colocad|registrad|inserid|atribuíd|gravad|adicionad|ocup|salv[oa])`,
  nowhere:
    '(?:sem|nenhuma?|não (?:há|tem|existe)) (?:entrada|posição|dono|proprietário|correspondência|sessão|registro)|não (?:foi )?(?:encontrad[oa]|está|consta) na (?:tabela|lista)',
  unknown: '(?:é |está )?(?:não (?:foi )?(?:encontrad|registrad)|desconhecid)',
  lost: 'OLD (?:foi )?(?:sobrescrit|substituíd)[oa] (?:por|pelo) NEW',
  storeKeywords: ['posiç', 'entrada', 'vaga ', 'slot', 'ndice', 'célula'],
  missKeywords: ['sem ', 'nenhum', 'não ', 'desconhecid'],
  lostKeywords: ['sobrescrit', 'substitu'],
  stored: ['socket 932 armazenado na posição 0', 'entrada 0 atribuída ao socket 932'],
  missed: [
    'socket 932 legível, nenhuma entrada correspondente',
    'socket 932 pronto mas não encontrado na tabela',
    'socket 932 não encontrado na tabela',
  ],
  displaced: ['posição 0: socket 932 sobrescrito pelo socket 968'],
  others: ['socket 932 sem resposta'],
}

const POLISH: TableWords = {
  language: 'polish',
  socket: String.raw`\b(?:gniazd[oaue]|socket|deskryptor|fd|uchwyt)`,
  place: String.raw`\b(?:slocie|slot|pozycj|indeks|wpis|miejsc|komórk)[a-zęąóćłńśźż]{0,4}`,
  stores: String.raw`\b(?:zapisan|umieszczon|wstawion|dodan|przypisan|przydzielon|zarejestrowan|zajmuje|zajęło)`,
  nowhere:
    '(?:brak|bez|nie ma) (?:wpisu|slotu|właściciela|dopasowania|sesji|pozycji)|nie (?:ma|znaleziono|znaleziony|figuruje)(?: go)? (?:w|na) (?:tablicy|liście|tabeli)',
  unknown: '(?:nie (?:zostało )?znalezion|nieznan|niezarejestrowan)',
  lost: 'OLD (?:zostało )?(?:nadpisan|zastąpion)[eya]? przez NEW',
  storeKeywords: ['slot', 'slocie', 'pozycj', 'indeks', 'wpis', 'miejsc', 'komórk'],
  missKeywords: ['brak ', 'bez ', 'nie ma', 'nie figur', 'znalezion', 'nieznan', 'niezarejestrowan'],
  lostKeywords: ['nadpisan', 'zastąpion'],
  stored: ['gniazdo 932 zapisane w slocie 0', 'miejsce 0 przydzielone dla gniazda 932'],
  missed: [
    'gniazdo 932 gotowe, brak wpisu w tablicy',
    'gniazdo 932 gotowe, nie ma go w tablicy',
    'gniazdo 932 nieznane',
  ],
  displaced: ['slot 0: gniazdo 932 nadpisane przez gniazdo 968'],
  others: ['gniazdo 932: brak odpowiedzi'],
}

const DUTCH: TableWords = {
  language: 'dutch',
  socket: String.raw`\b(?:socket|descriptor|fd|handle)`,
  place: String.raw`\b(?:slot|plaats|positie|index|vak|vermelding)`,
  stores: String.raw`\b(?:opgeslagen|geplaatst|toegewezen|geregistreerd|ingevoegd|toegevoegd|bezet)`,
  nowhere:
    '(?:geen|zonder) (?:bijbehorende )?(?:vermelding|slot|plaats|eigenaar|overeenkomst|sessie)|niet (?:gevonden )?in (?:de )?(?:tabel|lijst)',
  unknown: '(?:is )?(?:niet (?:gevonden|geregistreerd)|onbekend)',
  lost: 'OLD (?:is )?(?:overschreven|vervangen) door NEW',
  storeKeywords: ['opgeslagen', 'geplaatst', 'toegewezen', 'geregistreerd', 'ingevoegd', 'toegevoegd', 'bezet'],
  missKeywords: ['geen ', 'zonder', 'niet in ', 'niet gevonden', 'niet geregistreerd', 'onbekend'],
  lostKeywords: ['overschreven', 'vervangen'],
  stored: ['socket 932 opgeslagen in slot 0', 'plaats 0 toegewezen aan socket 932'],
  missed: [
    'socket 932 leesbaar, geen vermelding',
    'socket 932 leesbaar maar niet in de tabel',
    'socket 932 niet gevonden in tabel',
  ],
  displaced: ['slot 0: socket 932 overschreven door socket 968'],
  others: ['socket 932: geen antwoord'],
}

const SWEDISH: TableWords = {
  language: 'swedish',
  socket: String.raw`\b(?:socket|sockel|uttag|fd|handtag)`,
  place: String.raw`\b(?:plats|position|index|fack|post|slot)`,
  stores: String.raw`\b(?:lagrad|sparad|placerad|tilldelad|registrerad|insatt|tillagd|upptar|lagrats)`,
  nowhere:
    '(?:ingen|saknar|utan) (?:motsvarande |matchande )?(?:post|plats|ägare|matchning|session)|(?:finns inte|hittades inte|saknas) i (?:tabellen|listan)',
  unknown: '(?:är )?(?:hittades inte|okänd|inte registrerad)',
  lost: 'OLD (?:har )?(?:överskriv(?:en|its)|ersat(?:t|ts)) av NEW',
  storeKeywords: ['lagra', 'sparad', 'placerad', 'tilldelad', 'registrerad', 'insatt', 'tillagd', 'upptar'],
  missKeywords: ['ingen ', 'saknar', 'saknas', 'finns inte', 'utan ', 'hittades inte', 'okänd', 'inte registrerad'],
  lostKeywords: ['överskriv', 'ersatt'],
  stored: ['socket 932 lagrad på plats 0', 'plats 0 tilldelad socket 932'],
  missed: [
    'socket 932 läsbar, ingen matchande post',
    'socket 932 läsbar men finns inte i tabellen',
    'socket 932 hittades inte i tabellen',
  ],
  displaced: ['plats 0: socket 932 överskriven av socket 968'],
  others: ['socket 932: ingen respons'],
}

const CZECH: TableWords = {
  language: 'czech',
  socket: String.raw`\b(?:socket|soket|deskriptor|fd)(?:u|em)?`,
  place: String.raw`\b(?:slot|pozic|index|položk|záznam|míst)[a-zěščřžýáíéůú]{0,3}`,
  stores: String.raw`\b(?:uložen|umístěn|přiřazen|registrován|zapsán|vložen|přidán|obsadil|přidělen)`,
  nowhere:
    '(?:žádn[áýéou]{1,2}|bez|chybí) (?:odpovídající )?(?:položk|slot|záznam|vlastník|shod)|(?:není|nenalezen) v (?:tabulce|seznamu)',
  unknown: '(?:je )?(?:nenalezen|neznám|neregistrován|nebyl nalezen)',
  lost: 'OLD (?:byl )?(?:přepsán|nahrazen) NEW',
  storeKeywords: ['uložen', 'umístěn', 'přiřazen', 'registrován', 'zapsán', 'vložen', 'přidán', 'obsadil', 'přidělen'],
  missKeywords: ['ádn', 'bez ', 'chyb', 'nenalezen', 'není v ', 'nezn', 'neregistrov', 'nebyl nalezen'],
  lostKeywords: ['přepsán', 'nahrazen'],
  stored: ['socket 932 uložen na pozici 0', 'slot 0 přidělen socketu 932'],
  missed: [
    'socket 932 připraven, žádný záznam',
    'socket 932 připraven, ale není v tabulce',
    'socket 932 nenalezen v tabulce',
  ],
  displaced: ['slot 0: socket 932 přepsán socketem 968'],
  others: ['socket 932: žádná odpověď'],
}

const RUSSIAN: TableWords = {
  language: 'russian',
  socket: '(?:сокет|дескриптор|fd)(?:а|у|ом)?',
  place: '(?:слот|ячейк|индекс|позици|запис|мест)[а-яё]{0,3}',
  stores: '(?:записан|сохран|помещ|занес|добавлен|зарегистрирован|назначен|присвоен|выделен|занял|занимает|размещ)',
  nowhere:
    '(?:нет|без) (?:записи|слота|ячейки|владельца|соответствия|сессии|обработчика)|(?:запись|слот|ячейка|владелец|соответствие) не найден|(?:не найден|отсутствует|нет(?: его)?) в (?:таблице|списке)',
  unknown: '(?:не (?:найден|зарегистрирован|опознан)|неизвест)',
  lost: 'OLD (?:был )?(?:перезаписан|замен[её]н|вытеснен)[аоы]? (?:на )?NEW',
  storeKeywords: ['лот', 'чейк', 'ндекс', 'озици', 'апис', 'ест'],
  missKeywords: [
    'ет записи',
    'ет слота',
    'ет владельца',
    'ет соответ',
    'ет сессии',
    'ет обработ',
    'тсутству',
    'ет в ',
    'ет его',
    'ез записи',
    'ез владельца',
    'не найден',
    'не зарегистр',
    'не опознан',
    'неизвест',
  ],
  lostKeywords: ['ерезаписан', 'аменен', 'аменён', 'ытеснен'],
  stored: ['сокет 932 записан в слот 0', 'Ячейка 0 выделена сокету 932'],
  missed: [
    'сокет 932 готов к чтению, запись не найдена',
    'сокет 932 готов к чтению, но не найден в таблице',
    'сокет 932 не найден в таблице',
  ],
  displaced: ['слот 0: сокет 932 перезаписан сокетом 968'],
  others: ['сокет 932: нет ответа'],
}

const UKRAINIAN: TableWords = {
  language: 'ukrainian',
  socket: '(?:сокет|дескриптор|fd)(?:а|у|ом)?',
  place: '(?:слот|комірк|індекс|позиці|запис|місц)[а-яіїєґ]{0,3}',
  stores: '(?:записан|збережен|поміщен|додан|зареєстрован|призначен|виділен|зайняв|займає|розміщен)',
  nowhere:
    '(?:немає|без) (?:запису|слота|слоту|власника|відповідності|сесії)|(?:запис|слот|власника?) не знайден|(?:не знайден|відсутні|немає)\\S{0,3} (?:його )?[ву] (?:таблиці|списку)',
  unknown: '(?:не (?:знайден|зареєстрован)|невідом)',
  lost: 'OLD (?:був )?(?:перезаписан|замінен|витіснен)[оаий]{0,2} (?:на )?NEW',
  storeKeywords: ['лот', 'омірк', 'ндекс', 'озиці', 'апис', 'ісц'],
  missKeywords: ['емає ', 'ідсутні', 'ез запису', 'ез власника', 'не знайден', 'не зареєстр', 'невідом'],
  lostKeywords: ['ерезаписан', 'амінен', 'итіснен'],
  stored: ['сокет 932 збережено у слот 0', 'Комірку 0 виділено сокету 932'],
  missed: [
    'сокет 932 готовий, запис не знайдено',
    'сокет 932 готовий, але відсутній у таблиці',
    'сокет 932 не зареєстровано',
  ],
  displaced: ['слот 0: сокет 932 замінено на сокет 968'],
  others: ['сокет 932: немає відповіді'],
}

const CHINESE: TableWords = {
  language: 'chinese',
  socket: '(?:套接字|套接口|句柄|描述符|socket|fd)',
  place: '(?:槽位|插槽|槽|索引|下标|下標|位置|条目|表项|单元|單元)',
  stores: '(?:存入|放入|写入|寫入|登记|登記|注册|註冊|分配|占用|佔用|保存|插入|加入|添加|赋给|存放)',
  nowhere:
    '(?:未|没有|沒有|无|無|找不到)(?:能)?(?:找到)?(?:任何)?(?:匹配|对应|對應|相应|条目|表项|槽位|记录|記錄|拥有者|所有者|会话|登记)|(?:表|列表|数组|清单)(?:中|里|內|内)(?:未|没|沒|找不到|不存在|无|無)|不在.{0,6}表(?:中|里|內|内)',
  unknown: '(?:未注册|未註冊|未登记|未找到|找不到|不在(?:.{0,4}表)中|未知)',
  lost: 'OLD (?:已)?被 ?NEW ?(?:覆盖|覆蓋|替换|替換|取代|顶替)',
  storeKeywords: ['槽位', '插槽', '索引', '下标', '下標', '位置', '条目', '表项', '单元', '單元'],
  missKeywords: [
    '匹配',
    '对应',
    '對應',
    '相应',
    '条目',
    '表项',
    '槽位',
    '记录',
    '記錄',
    '拥有者',
    '所有者',
    '会话',
    '登记',
    '未注册',
    '未註冊',
    '未找到',
    '找不到',
    '不在',
    '表中',
    '表里',
    '未知',
  ],
  lostKeywords: ['覆盖', '覆蓋', '替换', '替換', '取代', '顶替'],
  stored: ['套接字 932 存入槽位 0', '槽位 0 分配给套接字 932'],
  missed: ['套接字 932 可读，但未找到匹配项', '套接字 932 可读, 但在表中未找到', '套接字 932 未注册'],
  displaced: ['槽位 0: 套接字 932 被套接字 968 覆盖'],
  others: ['套接字 932 无响应', '套接字 932 写入 44 字节，位置 0'],
}

const JAPANESE: TableWords = {
  language: 'japanese',
  socket: '(?:ソケット|ハンドル|ディスクリプタ|記述子|fd)',
  place: '(?:スロット|インデックス|添字|位置|エントリ|枠)',
  stores: '(?:登録|格納|保存|割り当て|割当|設定|書き込|追加|占有|代入)',
  nowhere:
    '(?:エントリー?|スロット|項目|要素|セッション|所有者|持ち主|登録)[がはも]?(?:ありません|ない|なし|無し|見つかりません|見つからない|存在しません|見当たりません)|(?:テーブル|表|一覧|リスト)(?:に|で|内に|から)(?:は)?(?:ありません|ない|なし|無し|見つかりません|見つからない|存在しません|存在しない|未登録)',
  unknown: '[はが]?(?:未登録|見つかりません|見つからない|不明|登録されていません)',
  lost: 'OLD ?[はが] ?NEW ?[にで] ?(?:上書き|置き換え|置換)',
  storeKeywords: ['スロット', 'インデックス', '添字', '位置', 'エントリ'],
  missKeywords: [
    'ありません',
    'なし',
    'ない',
    '無し',
    '見つか',
    '存在しません',
    '見当たりません',
    '未登録',
    '不明',
    '登録されていません',
  ],
  lostKeywords: ['上書き', '置き換え', '置換'],
  stored: ['ソケット 932 をスロット 0 に登録', 'スロット 0 をソケット 932 に割り当てました'],
  missed: [
    'ソケット 932 が読み込み可能ですが、一致するエントリがありません',
    'ソケット 932 は読み取り可能だがテーブルに見つからない',
    'ソケット 932 は未登録',
  ],
  displaced: ['スロット 0: ソケット 932 がソケット 968 に上書きされました'],
  others: ['ソケット 932 応答なし'],
}

const KOREAN: TableWords = {
  language: 'korean',
  socket: '(?:소켓|핸들|디스크립터|fd)',
  place: '(?:슬롯|인덱스|위치|엔트리|항목)',
  stores: '(?:저장|등록|할당|배치|기록|추가|점유|넣)',
  nowhere:
    '(?:항목|슬롯|엔트리|세션|소유자)[이가을를은는]? ?(?:없음|없습니다|없다|찾지 못|찾을 수 없)|(?:테이블|목록|표|리스트)에(?:서|는)? ?(?:없|찾지 못|찾을 수 없|존재하지 않)',
  unknown: '[이가을를은는]? ?(?:등록되지 않|찾을 수 없|찾지 못|알 수 없)',
  lost: 'OLD ?[이가은는]? NEW ?(?:으로|로|에|에 의해) ?(?:덮어|교체|대체|덮였)',
  storeKeywords: ['슬롯', '인덱스', '위치', '엔트리', '항목'],
  missKeywords: ['없음', '존재하지 않', '없습니다', '없다', '찾지 못', '찾을 수 없', '등록되지 않', '알 수 없'],
  lostKeywords: ['덮어', '교체', '대체', '덮였'],
  stored: ['소켓 932를 슬롯 0에 저장', '슬롯 0을 소켓 932에 할당'],
  missed: [
    '소켓 932 읽기 가능, 일치하는 항목 없음',
    '소켓 932 읽기 가능하지만 테이블에 없음',
    '소켓 932 등록되지 않음',
  ],
  displaced: ['슬롯 0: 소켓 932가 소켓 968로 교체됨'],
  others: ['소켓 932 응답 없음'],
}

const GERMAN: TableWords = {
  language: 'german-table',
  socket: String.raw`\b(?:socket|handle|deskriptor|fd)`,
  place: String.raw`\b\w{0,14}(?:platz|eintrag|index|slot|position|fach|stelle|zelle)`,
  stores: String.raw`\b(?:vergeben|eingetragen|gespeichert|abgelegt|zugewiesen|zugeteilt|registriert|geschrieben|belegt)`,
  nowhere: '(?:kein(?:en|e)?|ohne) (?:passenden |zugehörigen )?(?:eintrag|platz|besitzer|treffer|zuordnung|fach)',
  unknown: '(?:ist )?(?:nicht (?:gefunden|bekannt|registriert|zugeordnet)|unbekannt)',
  lost: 'OLD (?:wurde |ist )?(?:durch|von) NEW (?:überschrieben|ersetzt|verdrängt)',
  storeKeywords: ['platz ', 'eintrag', 'index ', 'slot ', 'position ', 'fach ', 'stelle ', 'zelle '],
  missKeywords: ['kein', 'ohne ', 'nicht gefunden', 'nicht bekannt', 'nicht registr', 'nicht zugeordnet', 'unbekannt'],
  lostKeywords: ['überschrieben', 'ersetzt', 'verdrängt'],
  stored: ['Platz 0 an Socket 932 vergeben', 'Socket 932 in Tabellenplatz 0 abgelegt'],
  missed: ['Socket 932 bereit, ohne zugehörigen Eintrag'],
  displaced: ['Platz 0: Socket 932 durch Socket 968 überschrieben'],
  others: ['Socket 932: keine Antwort'],
}

const TURKISH: TableWords = {
  language: 'turkish-table',
  socket: String.raw`\b(?:soket|tanımlayıcı|fd|handle)(?:i|e|in|ı|nın)?`,
  place: String.raw`\b(?:yuva|indeks|dizin|giriş|kayıt|hücre|konum|slot)(?:u|i|ı|a|e|ya)?`,
  stores: '(?:yazıldı|yerleştirildi|kaydedildi|eklendi|atandı|ayrıldı|verildi|saklandı)',
  nowhere: '(?:(?:tabloda|listede) (?:bulunamadı|yok|değil)|(?:kayıt|giriş|yuva|sahibi|eşleşme) (?:bulunamadı|yok))',
  unknown: '(?:bulunamadı|bilinmiyor|kayıtlı değil)',
  lost: 'OLD NEW (?:tarafından |ile )(?:ezildi|değiştirildi|üzerine yazıldı)',
  storeKeywords: ['yuva', 'indeks', 'dizin', 'giriş', 'kayıt', 'hücre', 'konum'],
  missKeywords: ['bulunamad', ' yok', 'değil', 'bilinmiyor'],
  lostKeywords: ['ezildi', 'değiştirildi', 'üzerine yaz'],
  stored: ["soket 932 yuva 0'a yazıldı", 'yuva 0 soket 932 için ayrıldı'],
  missed: ['soket 932 okunabilir ama tabloda bulunamadı', 'soket 932 bulunamadı'],
  displaced: ['yuva 0: soket 932 soket 968 tarafından ezildi'],
  others: ['soket 932: cevap yok'],
}

/** German has patterns of its own for more of it: see `german.ts`. */
export const TABLE_VOCABULARIES: readonly TableWords[] = [
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
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
