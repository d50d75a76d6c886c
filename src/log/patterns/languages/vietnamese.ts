import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Vietnamese. */
export const vietnamese: readonly EventPattern[] = [
  {
    id: 'accept-failed-vietnamese',
    kind: 'accept-failed',
    keywords: ['kết nối', 'accept'],
    pattern: wording`
      (?:không thể|không|lỗi khi|thất bại khi|ngừng|dừng) (?:chấp nhận|nhận|accept) (?:các |thêm )?kết nối
      |(?:chấp nhận|accept) (?:kết nối )?(?:thất bại|bị lỗi)
    `,
    samples: [
      { message: 'Không thể chấp nhận kết nối mới', facts: {} },
      { message: 'Ngừng nhận kết nối', facts: {} },
      { message: 'Không thể kết nối tới 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'closed-vietnamese',
    kind: 'close',
    keywords: ['kết nối'],
    pattern: /(?:ngắt|đóng|mất)[ \t]+kết nối|kết nối.{0,60}(?:đã|bị)[ \t]+(?:ngắt|đóng)/i,
    samples: [
      { message: 'Client 10.1.2.3:50022 đã ngắt kết nối', facts: { peerPort: 50_022 } },
      { message: 'Kết nối 10.1.2.3:50022 đã đóng', facts: { peerPort: 50_022 } },
      { message: 'Kết nối mới từ 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'listening-vietnamese',
    kind: 'listening',
    keywords: ['lắng nghe', 'cổng'],
    pattern: wording`
      ^(?!.{0,100}\b(?:ngừng|dừng|không))(?:
        .{0,200}?(?:lắng nghe|đang chạy|khởi động|chờ kết nối).{0,24}?(?:(?:cổng|port) *:? *(?<port>\d{2,5})(?!\w)|(?=.{0,40}:\d{2,5}(?!\w)))
      )
    `,
    samples: [
      { message: 'Server đang lắng nghe trên cổng 9000', facts: { port: 9000 } },
      { message: 'Server đang chạy tại cổng 9000', facts: { port: 9000 } },
      { message: 'Đang lắng nghe sự kiện', facts: null },
    ],
  },
  {
    id: 'accept-vietnamese',
    kind: 'accept',
    keywords: ['kết nối'],
    pattern: wording`
      ^(?!.{0,100}(?:chờ|không có|chưa có))(?:
        .{0,200}?kết nối mới(?! (?:tới|đến|với)[ \t])(?:(?= (?:từ|của)[ \t])|(?=${ADDRESS})|[ \t.!]*$)
        |.{0,200}?(?:đã )?chấp nhận (?:một )?kết nối
        |.{0,200}?\bclient(?: mới)?.{0,60}?(?:đã |vừa )?kết nối(?! (?:tới|đến|với)[ \t])(?:(?=${ADDRESS})|[ \t.!]*$)
      )
    `,
    samples: [
      { message: 'Kết nối mới từ 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Client mới kết nối: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Đã chấp nhận kết nối từ 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Client 10.1.2.3:50022 đã kết nối', facts: { peerPort: 50_022 } },
      { message: 'Đang chờ kết nối mới', facts: null },
      { message: 'Không có kết nối mới, tiếp tục', facts: null },
      { message: 'Client đã kết nối tới 10.1.2.9:9000', facts: null },
    ],
  },
]
