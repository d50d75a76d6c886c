import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Turkish. */
export const turkish: readonly EventPattern[] = [
  {
    id: 'accept-failed-turkish',
    kind: 'accept-failed',
    keywords: ['kabul edilem'],
    pattern: /ba[ğg]lant[ıi](?:lar)?(?![a-zçğıöşü]).{0,60}?kabul[ \t]+edilem/i,
    samples: [
      { message: 'Bağlantı kabul edilemedi', facts: {} },
      { message: 'teklif kabul edilemedi', facts: null },
    ],
  },
  {
    id: 'bind-failed-turkish',
    kind: 'bind-failed',
    keywords: ['zaten kullan'],
    pattern: /(?<port>\d{2,5})[ \t]+(?:numaral[ıi][ \t]+)?portu?[ \t]+zaten[ \t]+kullan/i,
    samples: [{ message: '9000 portu zaten kullanımda', facts: { port: 9000 } }],
  },
  {
    id: 'no-answer-turkish',
    kind: 'no-answer',
    keywords: ['t yok', 'p yok'],
    pattern: /\byan[ıi]t[ \t]+yok\b|\bcevap[ \t]+yok\b/i,
    samples: [{ message: 'Sunucudan yanıt yok', facts: {} }],
  },
  {
    id: 'closed-turkish',
    kind: 'close',
    keywords: ['kapat', 'kesildi'],
    pattern: /ba[ğg]lant[ıi](?:s[ıi])?.{0,60}?(?:kapat[ıi]ld[ıi]|kesildi)/i,
    samples: [{ message: 'Bağlantı kapatıldı: 10.1.2.3:50022', facts: { peerPort: 50022 } }],
  },
  {
    id: 'listening-turkish',
    kind: 'listening',
    keywords: ['dinliyor', 'dinleniyor'],
    pattern: wording`
      (?<port>\d{2,5}) (?:numaral[ıi] )?portu?(?:nu)? dinl(?:iyor|eniyor)
      |(?<=:\d{2,5} {1,3}(?:adresini {1,3})?)dinl(?:iyor|eniyor)
    `,
    samples: [
      { message: 'Sunucu 9000 portunu dinliyor', facts: { port: 9000 } },
      { message: '9000 portu dinleniyor', facts: { port: 9000 } },
    ],
  },
  {
    id: 'accept-turkish',
    kind: 'accept',
    keywords: ['kabul edildi', 'yeni ba', 'stemci'],
    pattern: wording`
      \byeni (?:istemci )?ba[ğg]lant[ıi](?![a-z]* (?:kur|a[çc]))(?=${ADDRESS})
      |ba[ğg]lant[ıi](?![a-zçğıöşü]).{0,60}?kabul edildi
      |stemci(?=${ADDRESS}).{0,60}?ba[ğg]land[ıi]
    `,
    samples: [
      { message: 'Yeni bağlantı: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Bağlantı kabul edildi: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'İstemci bağlandı: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'teklif kabul edildi', facts: null },
    ],
  },
]
