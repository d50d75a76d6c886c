import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Swedish. */
export const swedish: readonly EventPattern[] = [
  {
    id: 'accept-failed-swedish',
    kind: 'accept-failed',
    keywords: ['anslutning'],
    pattern: wording`
      \b(?:kunde inte|kan inte|misslyckades med att|fel (?:vid|n[äa]r)|slutade(?: att)?|slutar(?: att)?)\b.{0,20}?\b
        (?:accepter(?:a|ande)|ta emot|mottagande?)\b.{0,20}?\banslutning
    `,
    samples: [
      { message: 'Kunde inte acceptera anslutning', facts: {} },
      { message: 'misslyckades med att ta emot ny anslutning', facts: {} },
      { message: 'servern slutade acceptera anslutningar', facts: {} },
      { message: 'kunde inte acceptera betalningen', facts: null },
    ],
  },
  {
    id: 'bind-failed-swedish',
    kind: 'bind-failed',
    keywords: ['port ', 'porten '],
    pattern: wording`
      \bport(?:en)? (?<port>\d{2,5}) (?:anv[äa]nds redan|[äa]r (?:redan )?(?:upptagen|i bruk))
      |\b(?:kunde|kan) inte (?:binda|[öo]ppna)\b.{0,20}?\bport(?:en)? (?=\d)
    `,
    samples: [
      { message: 'Port 9000 används redan', facts: { port: 9000 } },
      { message: 'kunde inte binda till port 9000', facts: { port: 9000 } },
      { message: 'port 9000 är öppen', facts: null },
    ],
  },
  {
    id: 'no-answer-swedish',
    kind: 'no-answer',
    keywords: ['inget svar', 'svarar inte'],
    pattern: /\binget[ \t]+svar\b|\bsvarar[ \t]+inte\b/i,
    samples: [{ message: 'Inget svar från servern', facts: {} }],
  },
  {
    id: 'closed-swedish',
    kind: 'close',
    keywords: ['anslutningen', 'klient'],
    pattern: wording`
      \banslutningen\b.{0,60}\b(?:st[äa]ng(?:d|des)|br[öo]ts|avslutad(?:es)?)(?![a-z])
      |\bklient(?:en)?\b.{0,60}\b(?:kopplade (?:fr[åa]n|ner)|fr[åa]nkopplad)(?![a-z])
    `,
    samples: [
      { message: 'Anslutningen från 10.1.2.3:50022 stängdes', facts: { peerPort: 50022 } },
      { message: 'klienten 10.1.2.3:50022 kopplade ner', facts: { peerPort: 50022 } },
      { message: 'filen stängdes', facts: null },
    ],
  },
  {
    id: 'listening-swedish',
    kind: 'listening',
    keywords: ['lyssnar', 'på anslutning', 'pa anslutning'],
    pattern: new RegExp(
      String.raw`\b(?:lyssnar|v[äa]ntar[ \t]+p[åa][ \t]+anslutningar)[ \t]+p[åa](?![a-z])${ON_PORT}`,
      'i',
    ),
    samples: [
      { message: 'Servern lyssnar på port 9000', facts: { port: 9000 } },
      { message: 'Lyssnar på 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Väntar på anslutningar på port 9000', facts: { port: 9000 } },
      { message: 'lyssnar på händelser', facts: null },
    ],
  },
  {
    id: 'connected-swedish',
    kind: 'connected',
    keywords: ['ansluten till'],
    pattern: /(?<!\binte[ \t])\bansluten[ \t]+till[ \t]+(?=\S{0,60}\d)/i,
    samples: [
      { message: 'Ansluten till 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } },
      { message: 'inte ansluten till 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'accept-swedish',
    kind: 'accept',
    keywords: ['anslutning', 'klient'],
    pattern: wording`
      \b(?:ny|inkommande|accepterade?|tog emot) (?:ny |en )?anslutning(?:en)?\b(?! till\b)(?=${ADDRESS})
      |\banslutning(?:en)? (?:accepterad(?:es)?|mottagen|mottogs)\b(?=${ADDRESS})
      |\bklient(?:en)?\b(?=${ADDRESS}).{0,60}(?<!\binte[ \t])\b(?:ansluten|ansl[öo]t)(?![a-z])(?! till\b)
    `,
    samples: [
      { message: 'Ny anslutning från 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Anslutning accepterad från 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Klient ansluten: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'klienten 10.1.2.3:50022 anslöt', facts: { peerPort: 50022 } },
      { message: 'ny anslutning till 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'received-swedish',
    kind: 'recv',
    keywords: ['tog emot', 'mottog', 'mottagn'],
    pattern: /\b(?:tog[ \t]+emot|mottog|mottagna?)[ \t:]{1,3}(?<bytes>\d{1,12})[ \t]*byte/i,
    samples: [
      { message: 'Tog emot 44 byte från 10.1.2.3:50022', facts: { bytes: 44 } },
      { message: 'tog emot 3 meddelanden', facts: null },
    ],
  },
]
