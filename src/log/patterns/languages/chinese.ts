import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'

const CONNECTION = '(?:连接|連接|連線)'
const CLIENT = '(?:客户端|客戶端|用户端)'

/** What servers and clients say of their sockets in Chinese, simplified or traditional. */
export const chinese: readonly EventPattern[] = [
  {
    id: 'accept-failed-chinese',
    kind: 'accept-failed',
    keywords: ['接受', '接收'],
    pattern: new RegExp(
      `(?:接受|接收).{0,20}${CONNECTION}(?:请求)?.{0,6}(?:失败|失敗|出错|错误|异常|超时|超時)|(?:无法|無法|不能|未能)(?:接受|接收).{0,6}${CONNECTION}`,
      'i',
    ),
    samples: [
      { message: '接受连接失败', facts: {} },
      { message: '无法接受新连接', facts: {} },
      { message: '接受连接超时', facts: {} },
      { message: '接收数据失败', facts: null },
    ],
  },
  {
    id: 'bind-failed-chinese',
    kind: 'bind-failed',
    keywords: ['绑定', '綁定', '被占用', '被佔用'],
    pattern: wording`
      (?:绑定|綁定)(?:.{0,20}?端口|.{0,20}?埠)?[^\d\w]{0,4}(?:\d{2,5})?.{0,4}(?:失败|失敗)
      |(?:端口|通訊埠|連接埠)[^\d\w]{0,4}(?<port>\d{2,5})? {0,2}(?:已经?|已經)?被[占佔]用
    `,
    samples: [
      { message: '端口 9000 已被占用', facts: { port: 9000 } },
      { message: '绑定端口失败', facts: { port: null } },
      { message: '绑定用户成功', facts: null },
    ],
  },
  {
    id: 'closed-chinese',
    kind: 'close',
    keywords: ['断开', '斷開', '关闭', '關閉'],
    pattern: new RegExp(
      `${CONNECTION}.{0,60}?(?:已|被)?(?:断开|斷開|关闭|關閉)|(?:断开|斷開|关闭|關閉).{0,20}${CONNECTION}|${CLIENT}.{0,60}?(?:断开|斷開)`,
      'i',
    ),
    samples: [
      { message: '客户端 10.1.2.3:50022 断开连接', facts: { peerPort: 50_022 } },
      { message: '连接已关闭: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '关闭文件', facts: null },
    ],
  },
  {
    id: 'listening-chinese',
    kind: 'listening',
    keywords: ['监听', '監聽', '侦听', '偵聽', '端口', '等待客户端', '等待连接'],
    pattern: wording`
      ^(?!.{0,100}(?:停止|取消|未|没有|失败|無法|无法))(?:
        .{0,200}?(?:(?:监听|監聽|侦听|偵聽)(?!器)|(?:服务|伺服)器?.{0,10}(?:已)?启动|等待(?:客户端)?连接).{0,24}?(?:
          (?:端口|埠|port)[^\d\w]{0,4}(?<port>\d{2,5})(?!\w|[.:]\d)
          |(?=[\d.\]*]{1,40}:\d{2,5}(?!\w))
        )
      )
    `,
    samples: [
      { message: '正在监听端口 9000', facts: { port: 9000 } },
      { message: '服务器已启动，监听端口：9000', facts: { port: 9000 } },
      { message: '开始监听 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: '停止监听端口 9000', facts: null },
      { message: '监听配置变化', facts: null },
    ],
  },
  {
    id: 'accept-chinese',
    kind: 'accept',
    keywords: [
      '接受',
      '新连接',
      '新的连接',
      '新連',
      '新客户端',
      '新的客户端',
      '客户端',
      '客戶端',
      '来自',
      '來自',
      '收到连接',
    ],
    pattern: wording`
      (?<!未|不|停止|无法|等待|没有|沒有)接受(?:了|到)?(?:(?:新的?|客户端|客戶端|一个|来自|來自).{0,60}?)?${CONNECTION}(?!失败|失敗)
      |(?<!没有|无|等待)新的?(?:客户端|客戶端)?${CONNECTION}(?![池数字到])
      |新的?${CLIENT}|${CLIENT}${CONNECTION}[了上]|(?:来自|來自).{1,60}?的?(?:新)?${CONNECTION}|收到.{0,10}${CONNECTION}(?:请求)?
      |${CLIENT}.{0,60}?(?:已|成功|上线)${CONNECTION}(?![到至])
      |${CLIENT}.{0,60}?(?:${CONNECTION}成功|已上线|接入)
    `,
    samples: [
      { message: '接受来自 10.1.2.3:50022 的连接', facts: { peerAddress: '10.1.2.3', peerPort: 50_022 } },
      { message: '新连接: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: '客户端 10.1.2.3:50022 已连接', facts: { peerPort: 50_022 } },
      { message: '一个客户端连接了！', facts: {} },
      { message: '客户端连接：IP 10.1.2.3，端口：50022，客户端已连接', facts: { peerPort: 50_022 } },
      { message: '当前没有接受连接', facts: null },
      { message: '等待新连接', facts: null },
      { message: '新连接池已创建', facts: null },
      { message: '客户端已连接到 10.1.2.3:7001', facts: null },
    ],
  },
  {
    id: 'connected-chinese',
    kind: 'connected',
    keywords: ['连接到', '连接至', '连接上', '連接到', '連線到', '连接成功'],
    pattern:
      /(?<!未|没有|无法|不能)(?:(?:已|成功)(?:经)?(?:连接|連接|連線)(?:到|至|上)|(?:连接|連接|連線)(?:到|至)?.{0,60}?成功)/i,
    samples: [
      { message: '已连接到 10.1.2.3:7001', facts: { peerAddress: '10.1.2.3', peerPort: 7001 } },
      { message: '无法连接到服务器', facts: null },
    ],
  },
  {
    id: 'received-chinese',
    kind: 'recv',
    keywords: ['收到', '接收', '读取'],
    pattern:
      /(?:收到|接收到?|读取了?)(?:.{0,60}?数据)?[^\d\w]{0,6}(?<bytes>\d{1,12})[ \t]{0,2}(?:个)?(?:字节|位元組|bytes?)/i,
    samples: [
      { message: '收到 44 字节, 来自 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50_022 } },
      { message: '收到 3 个请求', facts: null },
    ],
  },
]
