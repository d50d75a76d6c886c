import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'

const CONNECTION = '(?:соединени[еяй]|подключени[еяй])'

/** What servers and clients say of their sockets in Russian. Keywords leave out a first letter that may be a capital. */
export const russian: readonly EventPattern[] = [
  {
    id: 'accept-failed-russian',
    kind: 'accept-failed',
    keywords: ['принять', 'рием', 'риём', 'приема', 'приёма', 'приеме', 'приёме'],
    pattern: wording`
      не (?:удалось|могу|удаётся|удается) принять ${CONNECTION}
      |ошибка (?:при )?при[её]м[еа] ${CONNECTION}
      |при[её]м ${CONNECTION}.{0,20}(?:остановлен|прекращ[её]н|не удался)
    `,
    samples: [
      { message: 'Не удалось принять соединение', facts: {} },
      { message: 'ошибка приёма соединения', facts: {} },
      { message: 'приём соединений остановлен', facts: {} },
      { message: 'приём данных завершён', facts: null },
    ],
  },
  {
    id: 'bind-failed-russian',
    kind: 'bind-failed',
    keywords: ['порт', 'орт ', 'ривязать', 'ривязк'],
    pattern: wording`
      порт[а-яё]{0,2}[ \t:№]{0,3}(?<port>\d{2,5})?(?:
        [ \t]{0,2}(?:уже )?(?:занят|используется)
        |(?<=(?:не (?:удалось|могу) (?:привязать|открыть)|ошибка привязки).{0,40}\d)(?!\d)
      )
    `,
    samples: [
      { message: 'Порт 9000 уже занят', facts: { port: 9000 } },
      { message: 'порт занят', facts: { port: null } },
      { message: 'не удалось открыть порт 9000', facts: { port: 9000 } },
      { message: 'порт 9000 открыт', facts: null },
    ],
  },
  {
    id: 'closed-russian',
    kind: 'close',
    keywords: ['закрыт', 'азорван', 'тключил', 'отключен', 'отключён', 'акрываю', 'акрытие'],
    pattern: wording`
      ${CONNECTION}.{0,60}(?:закрыт[оа]?|разорван[оа]?)(?![а-яё])
      |(?:закрыт[оа]?|разорван[оа]?|закрываю|закрытие) ${CONNECTION}
      |клиент.{0,60}отключ(?:ился|[её]н)(?![а-яё])|отключил(?:ся|ась|ось) клиент
    `,
    samples: [
      { message: 'Соединение с 10.1.2.3:50022 закрыто', facts: { peerPort: 50_022 } },
      { message: 'клиент 10.1.2.3:50022 отключился', facts: { peerPort: 50_022 } },
      { message: 'файл закрыт', facts: null },
    ],
  },
  {
    id: 'listening-russian',
    kind: 'listening',
    keywords: ['слуша', 'луша', 'жида', 'апущен'],
    pattern: wording`
      ^(?!.{0,100}(?:не слуша|переста[её]т слуша|прекращ).{0,100})(?:
        .{0,200}?(?:
          слуша(?:ет|ю|ем|ние)|прослушив[а-яё]{2,5}
          |ожида(?:ние|ет|ю|ем) (?:подключени|соединени)[а-яё]{1,2}
          |сервер (?:был )?запущен(?!о)
        ).{0,40}?(?:порт[а-яё]{0,2}[ \t:№]{0,3}(?<port>\d{2,5})(?!\w|[.:]\d)|(?=[\d.\]*]{1,40}:\d{2,5}(?!\w)))
      )
    `,
    samples: [
      { message: 'Сервер слушает порт 9000', facts: { port: 9000 } },
      { message: 'слушаю на 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Ожидание подключений на порту 9000', facts: { port: 9000 } },
      { message: 'сервер запущен на порту 9000', facts: { port: 9000 } },
      { message: 'слушатель события 3', facts: null },
    ],
  },
  {
    id: 'accept-russian',
    kind: 'accept',
    keywords: [
      'ринято',
      'ринят',
      'овое подключение',
      'овое соединение',
      'ходящее',
      'овый клиент',
      'одключился',
      'лиент',
      'одключение от',
      'оединение от',
    ],
    pattern: wording`
      (?<!не )принят[оа]? (?:новое |входящее )?${CONNECTION}
      |${CONNECTION}.{0,60}(?<!не )принято(?![а-яё])|(?:новое|входящее) ${CONNECTION}(?! к)|${CONNECTION} от[ :]
      |новый клиент|подключился (?:новый )?клиент|клиент.{0,60}(?<! не) подключ(?:ился|[её]н)(?! к)(?![а-яё])
    `,
    samples: [
      { message: 'Принято соединение от 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50_022 } },
      { message: 'Новое подключение от 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'клиент 10.1.2.3:50022 подключился', facts: { peerPort: 50_022 } },
      { message: 'Клиент подключен.', facts: {} },
      { message: 'клиент не подключен', facts: null },
      { message: 'клиент подключен к серверу', facts: null },
      { message: 'соединение не принято', facts: null },
      { message: 'новое подключение к 10.1.2.3:7001', facts: null },
    ],
  },
  {
    id: 'connected-russian',
    kind: 'connected',
    keywords: ['одключен', 'одключён', 'становлено', 'одключил'],
    pattern: wording`
      (?<!не )подключ(?:ен[оаы]?|[её]н|ились|ился|илась) к[ \t]+
      |установлено ${CONNECTION} с |${CONNECTION} с .{1,60} установлено
    `,
    samples: [
      { message: 'Подключено к 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'не подключено к серверу', facts: null },
    ],
  },
  {
    id: 'transfer-russian',
    kind: 'recv',
    keywords: ['олучено', 'ринято', 'рочитано'],
    pattern: /(?:получено|принято|прочитано)[ \t:]{1,3}(?<bytes>\d{1,12})[ \t]{0,2}байт/i,
    samples: [
      { message: 'получено 44 байта от 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50_022 } },
      { message: 'получено 3 сообщения', facts: null },
    ],
  },
]
