import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Dutch. */
export const dutch: readonly EventPattern[] = [
  {
    id: 'no-answer-dutch',
    kind: 'no-answer',
    keywords: ['geen antwoord'],
    pattern: /\bgeen[ \t]+antwoord\b/i,
    samples: [{ message: 'Geen antwoord van de server', facts: {} }],
  },
  {
    id: 'closed-dutch',
    kind: 'close',
    keywords: ['verbinding'],
    pattern: /\bverbinding\b.{0,60}\b(?:gesloten|verbroken)\b/i,
    samples: [{ message: 'Verbinding gesloten: 10.1.2.3:50022', facts: { peerPort: 50022 } }],
  },
  {
    id: 'listening-dutch',
    kind: 'listening',
    keywords: ['luistert', 'wacht op verbinding'],
    pattern: new RegExp(String.raw`\b(?:luistert|wacht[ \t]+op[ \t]+verbindingen)[ \t]+op\b${ON_PORT}`, 'i'),
    samples: [
      { message: 'Server luistert op poort 9000', facts: { port: 9000 } },
      { message: 'luistert op kanaal 3', facts: null },
    ],
  },
  {
    id: 'accept-dutch',
    kind: 'accept',
    keywords: ['verbinding', 'client verbonden'],
    pattern: wording`
      \b(?:nieuwe|inkomende) verbinding\b(?! (?:met|naar)\b)(?=${ADDRESS})
      |\bverbinding geaccepteerd\b|\bclient verbonden\b(?! met\b)(?=${ADDRESS})
    `,
    samples: [
      { message: 'Nieuwe verbinding van 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Verbinding geaccepteerd van 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nieuwe verbinding met 10.1.2.9:9000', facts: null },
    ],
  },
]
