import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

const CONNECTION = '(?:p[řr]ipojen[íi]|spojen[íi])'

/** What servers and clients say of their sockets in Czech. */
export const czech: readonly EventPattern[] = [
  {
    id: 'accept-failed-czech',
    kind: 'accept-failed',
    keywords: ['pojen'],
    pattern: wording`
      (?:nelze|nepoda[řr]ilo se) p[řr]ijmout (?:nov[ée] )?${CONNECTION}
      |chyba p[řr]i p[řr]ij[íi]m[áa]n[íi] (?:nov[ée]ho )?${CONNECTION}
      |p[řr]ij[íi]m[áa]n[íi] ${CONNECTION}.{0,20}(?:zastaveno|ukon[čc]eno|selhalo)
    `,
    samples: [
      { message: 'Nelze přijmout připojení', facts: {} },
      { message: 'Chyba při přijímání spojení', facts: {} },
      { message: 'přijímání spojení zastaveno', facts: {} },
      { message: 'nelze přijmout platbu', facts: null },
    ],
  },
  {
    id: 'bind-failed-czech',
    kind: 'bind-failed',
    keywords: ['port '],
    pattern: wording`
      \bport (?<port>\d{2,5}) (?:je |se )?(?:ji[žz] |u[žz] )?(?:je |se )?(?:pou[žz][íi]v[áa]|obsazen)
      |\b(?:nelze|nepoda[řr]ilo se) (?:otev[řr][íi]t|obsadit|nav[áa]zat)\b.{0,20}?\bport (?=\d)
    `,
    samples: [
      { message: 'Port 9000 je již používán', facts: { port: 9000 } },
      { message: 'port 9000 se již používá', facts: { port: 9000 } },
      { message: 'port 9000 je otevřen', facts: null },
    ],
  },
  {
    id: 'no-answer-czech',
    kind: 'no-answer',
    keywords: ['odpov'],
    pattern: /[žz][áa]dn[áa][ \t]+odpov[ěe][ďd]|bez[ \t]+odpov[ěe]di|neodpov[íi]d[áa]/i,
    samples: [
      { message: 'Žádná odpověď od serveru', facts: {} },
      { message: 'server neodpovídá', facts: {} },
      { message: 'odpověď serveru', facts: null },
    ],
  },
  {
    id: 'closed-czech',
    kind: 'close',
    keywords: ['pojen', 'odpoj'],
    pattern: wording`
      ${CONNECTION}.{0,60}(?:ukon[čc]eno|uzav[řr]eno|p[řr]eru[šs]eno|zav[řr]eno)
      |\bklient\b.{0,60}\bodpoj(?:il|en)(?![a-z])
    `,
    samples: [
      { message: 'Spojení s 10.1.2.3:50022 ukončeno', facts: { peerPort: 50022 } },
      { message: 'klient 10.1.2.3:50022 se odpojil', facts: { peerPort: 50022 } },
      { message: 'soubor uzavřen', facts: null },
    ],
  },
  {
    id: 'listening-czech',
    kind: 'listening',
    keywords: ['louch', 'pojení na', 'pojeni na'],
    pattern: new RegExp(
      String.raw`(?<!\bne)(?:naslouch[áa]m?|poslouch[áa]m?|naslouch[áa]n[íi]|[čc]ek[áa]m?[ \t]+na[ \t]+${CONNECTION})[ \t]+na\b${ON_PORT}`,
      'i',
    ),
    samples: [
      { message: 'Server naslouchá na portu 9000', facts: { port: 9000 } },
      { message: 'naslouchám na 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Čekám na připojení na portu 9000', facts: { port: 9000 } },
      { message: 'naslouchá na událost', facts: null },
    ],
  },
  {
    id: 'connected-czech',
    kind: 'connected',
    keywords: ['ipojeno k'],
    pattern: /(?<!ne)p[řr]ipojeno[ \t]+k[ \t]+(?=\S{0,60}\d)/i,
    samples: [{ message: 'Připojeno k 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } }],
  },
  {
    id: 'accept-czech',
    kind: 'accept',
    keywords: ['pojen', 'ipojil', 'klient'],
    pattern: wording`
      (?:nov[ée]|p[řr][íi]choz[íi]|p[řr]ijato) (?:nov[ée] )?${CONNECTION}(?! (?:k|ke|do|na)\b)(?=${ADDRESS})
      |\bklient\b(?=${ADDRESS}).{0,60}(?<!ne)p[řr]ipoj(?:il|en)(?![a-zíi])(?! k\b)
    `,
    samples: [
      { message: 'Nové připojení od 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Přijato spojení z 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Klient 10.1.2.3:50022 se připojil', facts: { peerPort: 50022 } },
      { message: 'nové připojení k 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'received-czech',
    kind: 'recv',
    keywords: ['ijato', 'eteno', 'bajt'],
    pattern: /(?:p[řr]ijato|p[řr]e[čc]teno)[ \t:]{1,3}(?<bytes>\d{1,12})[ \t]*(?:bajt|byt)/i,
    samples: [
      { message: 'Přijato 44 bajtů od 10.1.2.3:50022', facts: { bytes: 44 } },
      { message: 'přijato 3 zprávy', facts: null },
    ],
  },
]
