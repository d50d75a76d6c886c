import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'

/** Its apostrophe is written with several signs. */
const CONNECTION = "(?:з['’ʼ`]?єднан(?:ня|ь|ні)|підключен(?:ня|ь|ні))"

/** What servers and clients say of their sockets in Ukrainian. Keywords leave out a first letter that may be a capital. */
export const ukrainian: readonly EventPattern[] = [
  {
    id: 'accept-failed-ukrainian',
    kind: 'accept-failed',
    keywords: ['прийняти', 'рийом', 'риймання'],
    pattern: wording`
      не (?:вдалося|можу|вдається) прийняти (?:нове )?${CONNECTION}
      |помилка (?:при |під час )?(?:прийому|приймання) ${CONNECTION}
      |(?:прийом|приймання) ${CONNECTION}.{0,20}(?:зупинено|припинено|не вдал)
    `,
    samples: [
      { message: "Не вдалося прийняти з'єднання", facts: {} },
      { message: 'Помилка прийому з’єднання', facts: {} },
      { message: 'прийом підключень зупинено', facts: {} },
      { message: 'прийом даних зупинено', facts: null },
    ],
  },
  {
    id: 'bind-failed-ukrainian',
    kind: 'bind-failed',
    keywords: ['орт '],
    pattern: wording`
      порт[а-яєії]{0,2}[ \t:№]{0,3}(?<port>\d{2,5})?(?:
        [ \t]{0,2}(?:вже )?(?:зайнят|використовується)
        |(?<=не (?:вдалося|можу) (?:прив['’ʼ]?язати|відкрити).{0,40}\d)(?!\d)
      )
    `,
    samples: [
      { message: 'Порт 9000 вже зайнятий', facts: { port: 9000 } },
      { message: 'не вдалося відкрити порт 9000', facts: { port: 9000 } },
      { message: 'порт 9000 відкрито', facts: null },
    ],
  },
  {
    id: 'no-answer-ukrainian',
    kind: 'no-answer',
    keywords: ['відповіді', 'не відповідає'],
    pattern: /немає[ \t]+відповіді|не[ \t]+відповідає/i,
    samples: [{ message: 'Немає відповіді від сервера', facts: {} }],
  },
  {
    id: 'closed-ukrainian',
    kind: 'close',
    keywords: ['акрит', 'озірван', 'ідключився', 'єднався'],
    pattern: wording`
      ${CONNECTION}.{0,60}(?:закрит[оа]|розірван[оа])(?![а-яєії])|(?:закрито|розірвано) ${CONNECTION}
      |клієнт.{0,60}(?:відключився|від['’ʼ]?єднався)(?![а-яєії])
    `,
    samples: [
      { message: "З'єднання з 10.1.2.3:50022 закрито", facts: { peerPort: 50_022 } },
      { message: 'клієнт 10.1.2.3:50022 відключився', facts: { peerPort: 50_022 } },
      { message: 'файл закрито', facts: null },
    ],
  },
  {
    id: 'listening-ukrainian',
    kind: 'listening',
    keywords: ['слуха', 'слухо', 'чіку', 'апущено'],
    pattern: wording`
      ^(?!.{0,100}(?:не слуха|перестає слуха|припин))(?:
        .{0,200}?(?:
          слуха(?:є|ю|ємо|ння)|прослухову[а-яєії]{2,5}
          |очіку(?:вання|є|ю|ємо) (?:нових )?${CONNECTION}
          |сервер (?:було )?запущено
        ).{0,40}?(?:порт[а-яєії]{0,2}[ \t:№]{0,3}(?<port>\d{2,5})(?!\w|[.:]\d)|(?=[\d.\]*]{1,40}:\d{2,5}(?!\w)))
      )
    `,
    samples: [
      { message: 'Сервер слухає порт 9000', facts: { port: 9000 } },
      { message: 'слухаю на 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Очікування підключень на порту 9000', facts: { port: 9000 } },
      { message: 'сервер запущено на порту 9000', facts: { port: 9000 } },
      { message: 'слухаю подію 3', facts: null },
    ],
  },
  {
    id: 'connected-ukrainian',
    kind: 'connected',
    keywords: ['ідключено до', 'становлено'],
    pattern: wording`(?<!не )підключено до[ \t]+(?=.{0,60}\d)|встановлено ${CONNECTION} (?:з|із) `,
    samples: [
      { message: 'Підключено до 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'не підключено до сервера', facts: null },
    ],
  },
  {
    id: 'accept-ukrainian',
    kind: 'accept',
    keywords: [
      'рийнято',
      'ове підключення',
      'єднання',
      'хідне підключення',
      'овий клієнт',
      'ідключився',
      'ідключення від',
    ],
    pattern: wording`
      (?<!не )прийнято (?:нове |вхідне )?${CONNECTION}|(?:нове|вхідне) ${CONNECTION}(?! (?:до|з сервером)\b)(?! до )
      |${CONNECTION} від[ :]|новий клієнт|клієнт.{0,60}[ \t]підключився(?! до)
    `,
    samples: [
      { message: "Прийнято з'єднання від 10.1.2.3:50022", facts: { peerAddress: '10.1.2.3', peerPort: 50_022 } },
      { message: 'Нове підключення від 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'клієнт 10.1.2.3:50022 підключився', facts: { peerPort: 50_022 } },
      { message: "з'єднання не прийнято", facts: null },
      { message: 'нове підключення до 10.1.2.3:7001', facts: null },
    ],
  },
  {
    id: 'received-ukrainian',
    kind: 'recv',
    keywords: ['тримано', 'рочитано'],
    pattern: /(?:отримано|прочитано)[ \t:]{1,3}(?<bytes>\d{1,12})[ \t]{0,2}байт/i,
    samples: [
      { message: 'отримано 44 байти від 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50_022 } },
      { message: 'отримано 3 повідомлення', facts: null },
    ],
  },
]
