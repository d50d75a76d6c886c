import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'

/** A connection, or that somebody connects. */
const CONNECTION = '(?:연결|접속)'

/** What servers and clients say of their sockets in Korean. */
export const korean: readonly EventPattern[] = [
  {
    id: 'accept-failed-korean',
    kind: 'accept-failed',
    keywords: ['수락'],
    pattern: new RegExp(`${CONNECTION}(?:을|를)? ?수락(?:에|을|이)? ?(?:실패|오류|할 수 없|하지 못|중단|중지)`),
    samples: [
      { message: '연결 수락 실패', facts: {} },
      { message: '접속을 수락하지 못했습니다', facts: {} },
      { message: '약관 수락', facts: null },
    ],
  },
  {
    id: 'bind-failed-korean',
    kind: 'bind-failed',
    keywords: ['바인드', '바인딩', '이미 사용'],
    pattern:
      /바인(?:드|딩)(?:에|이|을)? ?(?:실패|오류|할 수 없)|포트[^\d\w]{0,4}(?<port>\d{2,5})?[^\d\w]{0,6}이미 사용|주소(?:가|를)? ?이미 사용/,
    samples: [
      { message: '포트 9000 이(가) 이미 사용 중입니다', facts: { port: 9000 } },
      { message: '소켓 바인딩 실패', facts: {} },
      { message: '포트 9000 을 열었습니다', facts: null },
    ],
  },
  {
    id: 'closed-korean',
    kind: 'close',
    keywords: ['종료', '해제', ' 끊'],
    pattern: new RegExp(
      `(?:${CONNECTION}|클라이언트|소켓|세션).{0,60}?(?:종료|해제|끊(?:김|어|겼|었|음))(?! ?(?:예정|시간|대기))`,
    ),
    samples: [
      { message: '연결 종료: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '클라이언트 10.1.2.3:50022 접속이 끊어졌습니다', facts: { peerPort: 50_022 } },
      { message: '작업 종료', facts: null },
    ],
  },
  {
    id: 'listening-korean',
    kind: 'listening',
    keywords: ['대기', '리스닝', '리슨'],
    pattern: wording`
      ^(?!.{0,100}(?:중지|종료|실패|할 수 없))(?:
        .{0,100}?(?:(?:포트|port)[^\d\w]{0,4}(?<port>\d{2,5})(?!\w|[.:]\d)|\d:\d{2,5}(?!\w)|(?<!\d)\d{2,5}번? ?포트)
          .{0,20}?(?:리스닝|리슨|수신 ?대기|${CONNECTION}(?:을|를)? ?대기|(?<=포트[^\d\w]{0,4}\d{2,5}(?:에서)? ?)대기)
        |.{0,100}?(?:리스닝|리슨|수신 ?대기|${CONNECTION} ?대기).{0,20}?
          (?=(?:포트|port)[^\d\w]{0,4}\d|[\d.\]*]{1,40}:\d{2,5}(?!\w))
      )
    `,
    samples: [
      { message: '포트 9000 에서 수신 대기 중', facts: { port: 9000 } },
      { message: '127.0.0.1:9000 에서 연결 대기', facts: { address: '127.0.0.1', port: 9000 } },
      { message: '포트 9000 대기 시작 fd=7', facts: { port: 9000, handle: '7' } },
      { message: '리스닝 시작: 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: '포트 9000 수신 대기 중지', facts: null },
    ],
  },
  {
    id: 'connected-korean',
    kind: 'connected',
    keywords: ['에 연결', '에 접속', '으로 연결', '로 접속'],
    pattern: new RegExp(`(?<!포트)(?:에|으로|로) ?${CONNECTION}(?:되었|됐|됨|했|함|하였|성공)`),
    samples: [
      { message: '서버 10.1.2.3:7001 에 연결되었습니다', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: '데이터베이스에 연결할 수 없습니다', facts: null },
    ],
  },
  {
    id: 'accept-korean',
    kind: 'accept',
    keywords: [
      '수락',
      '접속 허용',
      '연결 허용',
      '새 연결',
      '새로운 연결',
      '신규 연결',
      '새 접속',
      '새로운 접속',
      '신규 접속',
      '클라이언트',
    ],
    pattern: new RegExp(
      `${CONNECTION}(?:을|를)? ?(?:수락|허용)(?! ?(?:대기|준비|시작|실패|중지|중단|거부|목록))|(?:새|새로운|신규) ?(?:클라이언트 ?)?${CONNECTION}(?! ?(?:풀|문자열|시도|대기|요청을 거부))|클라이언트.{0,60}?${CONNECTION}(?:되었|됐|됨|했|함|하였| ?:|(?: [(\\d[]))`,
    ),
    samples: [
      { message: '연결 수락 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50_022 } },
      { message: '클라이언트 접속: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '클라이언트 접속 : IP주소 = 10.1.2.3, 포트 번호 = 50022', facts: { peerPort: 50_022 } },
      { message: '새로운 연결 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '클라이언트 10.1.2.3:50022 가 접속했습니다', facts: { peerPort: 50_022 } },
      { message: '접속 허용: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '새 연결 풀을 만들었습니다', facts: null },
      { message: '연결 수락 대기', facts: null },
      { message: '서버 10.1.2.3:7001 에 연결되었습니다', facts: null },
    ],
  },
  {
    id: 'received-korean',
    kind: 'recv',
    keywords: ['수신'],
    pattern:
      /(?<bytes>\d{1,12}) ?(?:바이트|bytes?)(?:를|을)? ?(?:데이터 ?)?수신|수신[^\d\w]{0,4}\d{1,12} ?(?:바이트|bytes?)/i,
    samples: [
      { message: '10.1.2.3:50022 에서 44 바이트 수신', facts: { bytes: 44, peerPort: 50_022 } },
      { message: '3건 수신', facts: null },
    ],
  },
]
