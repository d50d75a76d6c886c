import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Polish. */
export const polish: readonly EventPattern[] = [
  {
    id: 'accept-failed-polish',
    kind: 'accept-failed',
    keywords: ['akceptowani', 'zaakceptowa', 'odebra', 'czenia'],
    pattern: wording`
      \b(?:b[łl][ąa]d|nie (?:mo[żz]na|uda[łl]o si[ęe]))\b.{0,20}?\b
        (?:akceptowania|za?akceptowa[ćc]|przyj[ąa][ćc]|przyjmowania) (?:nowego )?po[łl][ąa]czeni
    `,
    samples: [
      { message: 'Błąd podczas akceptowania połączenia', facts: {} },
      { message: 'nie można zaakceptować połączenia', facts: {} },
      { message: 'nie można zaakceptować płatności', facts: null },
    ],
  },
  {
    id: 'bind-failed-polish',
    kind: 'bind-failed',
    keywords: ['port '],
    pattern:
      /\bport[ \t]+(?<port>\d{2,5})[ \t]+(?:jest[ \t]+)?(?:ju[żz][ \t]+)?(?:zaj[ęe]ty|u[żz]ywany|w[ \t]+u[żz]yciu)/i,
    samples: [
      { message: 'Port 9000 jest już używany', facts: { port: 9000 } },
      { message: 'port 9000 jest otwarty', facts: null },
    ],
  },
  {
    id: 'no-answer-polish',
    kind: 'no-answer',
    keywords: ['brak odpowiedzi', 'nie odpowiada'],
    pattern: /\bbrak[ \t]+odpowiedzi\b|\bnie[ \t]+odpowiada\b/i,
    samples: [{ message: 'Brak odpowiedzi z serwera', facts: {} }],
  },
  {
    id: 'closed-polish',
    kind: 'close',
    keywords: ['czenie'],
    pattern: /po[łl][ąa]czenie\b.{0,60}\b(?:zamkni[ęe]te|zako[ńn]czone|zerwane|roz[łl][ąa]czone)/i,
    samples: [{ message: 'Połączenie 10.1.2.3:50022 zamknięte', facts: { peerPort: 50022 } }],
  },
  {
    id: 'listening-polish',
    kind: 'listening',
    keywords: ['uchuj', 'uchiwanie', 'oczekiwanie na po', 'uch na '],
    pattern: new RegExp(
      String.raw`(?:nas[łl]uch(?:uje|iwanie|uj[ęe])?|oczekiwanie[ \t]+na[ \t]+po[łl][ąa]czenia)[ \t]+na\b${ON_PORT}`,
      'i',
    ),
    samples: [
      { message: 'Serwer nasłuchuje na porcie 9000', facts: { port: 9000 } },
      { message: 'nasłuch na porcie 9000, gniazdo 7', facts: { port: 9000, handle: '7' } },
      { message: 'Oczekiwanie na połączenia na porcie 9000', facts: { port: 9000 } },
    ],
  },
  {
    id: 'connected-polish',
    kind: 'connected',
    keywords: ['czono z'],
    pattern: /(?<![a-z])po[łl][ąa]czono[ \t]+z[ \t]+(?=\S{0,60}\d)/i,
    samples: [{ message: 'Połączono z 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } }],
  },
  {
    id: 'accept-polish',
    kind: 'accept',
    keywords: ['czenie', 'klient'],
    pattern: wording`
      \b(?:nowe|zaakceptowano|przyj[ęe]to) po[łl][ąa]czenie(?![a-z])(?! (?:z (?:serwerem|baz)|do)\b)
        (?=${ADDRESS})
      |\bklient\b(?=${ADDRESS}).{0,60}(?<!\bnie[ \t])(?<![a-z])po[łl][ąa]czony(?![a-z])
    `,
    samples: [
      { message: 'Nowe połączenie od 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Zaakceptowano połączenie z 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Klient połączony: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nowe połączenie do 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'received-polish',
    kind: 'recv',
    keywords: ['odebrano'],
    pattern: /\bodebrano[ \t]+(?<bytes>\d{1,12})[ \t]*bajt/i,
    samples: [{ message: 'Odebrano 44 bajty od 10.1.2.3:50022', facts: { bytes: 44 } }],
  },
]
