import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'

/** What servers and clients say of their sockets in Japanese. */
export const japanese: readonly EventPattern[] = [
  {
    id: 'accept-failed-japanese',
    kind: 'accept-failed',
    keywords: ['受け付け', '受付', '受け入れ'],
    pattern: /接続(?:要求)?(?:の|を)?(?:受け?付け?|受け入れ).{0,4}(?:に失敗|できません|エラー|停止)/i,
    samples: [
      { message: '接続の受け付けに失敗しました', facts: {} },
      { message: '受付に失敗しました', facts: null },
    ],
  },
  {
    id: 'bind-failed-japanese',
    kind: 'bind-failed',
    keywords: ['バインド', 'ポート'],
    pattern:
      /バインドに失敗|バインドできません|ポート[^\d\w]{0,4}(?<port>\d{2,5})?[ \t]{0,2}(?:番)?(?:は|が)(?:既に|すでに)?(?:使用(?:中|されて)|使われて)/i,
    samples: [
      { message: 'ポート 9000 は既に使用されています', facts: { port: 9000 } },
      { message: 'ポート 9000 を開きました', facts: null },
    ],
  },
  {
    id: 'closed-japanese',
    kind: 'close',
    keywords: ['切断', 'クローズ', '閉じ'],
    pattern: /(?:接続|クライアント|ソケット|コネクション).{0,60}?(?:切断|クローズ|閉じ)|切断(?:しました|されました|:)/i,
    samples: [
      { message: 'クライアント 10.1.2.3:50022 が切断しました', facts: { peerPort: 50_022 } },
      { message: '接続を閉じました (10.1.2.3:50022)', facts: { peerPort: 50_022 } },
      { message: 'ファイルを閉じました', facts: null },
    ],
  },
  {
    id: 'listening-japanese',
    kind: 'listening',
    keywords: ['リッスン', '待ち受け', '待受', '接続待ち', 'リスン', '接続を待'],
    pattern: wording`
      ^(?!.{0,100}(?:停止|終了|失敗|できません))(?:
        .{0,100}?(?:(?:ポート|port)[^\d\w]{0,4}(?<port>\d{2,5})(?!\w|[.:]\d)|\d:\d{2,5}(?!\w)).{0,20}?
          (?:リッス?ン|待ち?受け?|接続待ち|接続を待)
        |.{0,100}?(?:リッス?ン|待ち?受け?|接続待ち).{0,20}?(?=(?:ポート|port)[^\d\w]{0,4}\d|[\d.\]*]{1,40}:\d{2,5}(?!\w))
      )
    `,
    samples: [
      { message: 'ポート 9000 でリッスンしています', facts: { port: 9000 } },
      { message: 'ポート9000で待ち受けを開始しました', facts: { port: 9000 } },
      { message: '127.0.0.1:9000 で接続待ち', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'リッスンを開始しました: 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'ポート 9000 の待ち受けを停止しました', facts: null },
    ],
  },
  {
    id: 'accept-japanese',
    kind: 'accept',
    keywords: [
      '受け付け',
      '受付',
      '受理',
      '受け入れ',
      '新しい接続',
      '新規接続',
      '接続しました',
      '接続されました',
      'からの接続',
      'が接続',
    ],
    pattern: wording`
      接続(?:要求)?を?(?:受け?付け?|受理|受け入れ)(?!を?停止|に失敗|でき)|(?:新しい|新規)(?:の)?(?:クライアント)?接続(?!プール|文字|先)
      |(?<!への?)からの接続(?!を?拒否|が?失敗)|(?:クライアント|端末).{0,60}?(?:が|から)接続(?:しました|されました)
    `,
    samples: [
      { message: '接続を受け付けました: 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50_022 } },
      { message: '10.1.2.3:50022 からの接続', facts: { peerPort: 50_022 } },
      { message: 'クライアント 10.1.2.3:50022 が接続しました', facts: { peerPort: 50_022 } },
      { message: '新規接続 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '新しい接続プールを作成しました', facts: null },
      { message: 'サーバー 10.1.2.3:7001 に接続しました', facts: null },
    ],
  },
  {
    id: 'connected-japanese',
    kind: 'connected',
    keywords: ['に接続し', 'へ接続し', 'に接続され', 'へ接続され'],
    pattern: /(?:に|へ)接続(?:しました|されました)/i,
    samples: [
      { message: 'サーバー 10.1.2.3:7001 に接続しました', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: 'データベースに接続できません', facts: null },
    ],
  },
  {
    id: 'received-japanese',
    kind: 'recv',
    keywords: ['受信'],
    pattern: wording`
      (?<bytes>\d{1,12}) {0,2}(?:バイト|bytes?)(?:を|の)?(?:データを?)?受信
      |受信[^\d\w]{0,4}\d{1,12} {0,2}(?:バイト|bytes?)
    `,
    samples: [
      { message: '10.1.2.3:50022 から 44 バイト受信', facts: { bytes: 44, peerPort: 50_022 } },
      { message: '3 件受信', facts: null },
    ],
  },
]
