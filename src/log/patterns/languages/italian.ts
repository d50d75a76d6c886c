import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Italian. */
export const italian: readonly EventPattern[] = [
  {
    id: 'accept-failed-italian',
    kind: 'accept-failed',
    keywords: ['accettare', 'accettazione'],
    pattern: wording`
      \b(?:impossibile|errore (?:nell?.?|durante l.?)) ?(?:accettare|accettazione)\b.{0,12}\bconnession
    `,
    samples: [
      { message: 'impossibile accettare la connessione', facts: {} },
      { message: "Errore durante l'accettazione della connessione", facts: {} },
      { message: 'impossibile accettare il pagamento', facts: null },
    ],
  },
  {
    id: 'bind-failed-italian',
    kind: 'bind-failed',
    keywords: ['porta '],
    pattern: /\bporta[ \t]+(?<port>\d{2,5})[ \t]+(?:è[ \t]+)?(?:già[ \t]+)?(?:in[ \t]+uso|occupata|utilizzata)\b/i,
    samples: [
      { message: 'Porta 9000 già in uso', facts: { port: 9000 } },
      { message: 'porta 9000 aperta', facts: null },
    ],
  },
  {
    id: 'no-answer-italian',
    kind: 'no-answer',
    keywords: ['nessuna risposta', 'non risponde'],
    pattern: /\bnessuna[ \t]+risposta\b|\bnon[ \t]+risponde\b/i,
    samples: [{ message: 'Nessuna risposta dal server', facts: {} }],
  },
  {
    id: 'closed-italian',
    kind: 'close',
    keywords: ['connessione', 'disconness'],
    pattern: /\bconnessione\b.{0,60}\b(?:chiusa|terminata)\b|\bclient\b.{0,60}\bdisconnesso\b/i,
    samples: [
      { message: 'connessione chiusa: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 disconnesso', facts: { peerPort: 50022 } },
    ],
  },
  {
    id: 'listening-italian',
    kind: 'listening',
    keywords: ['ascolt', 'attesa di connession'],
    pattern: wording`
      ^(?!.{0,200}\bnon (?:in )?ascolt).{0,200}?\b(?:
        ascolto? (?:su|sulla|alla)|in attesa di connessioni (?:su|sulla|alla)
      )\b${ON_PORT}
    `,
    samples: [
      { message: 'Server in ascolto sulla porta 9000', facts: { port: 9000 } },
      { message: 'In attesa di connessioni sulla porta 9000', facts: { port: 9000 } },
    ],
  },
  {
    id: 'connected-italian',
    kind: 'connected',
    keywords: ['connesso a'],
    pattern: new RegExp(String.raw`(?<!\b(?:non|client)[ \t])(?<![a-z])connesso[ \t]+(?:a|al)\b(?=${ADDRESS})`, 'i'),
    samples: [{ message: 'Connesso a 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } }],
  },
  {
    id: 'accept-italian',
    kind: 'accept',
    keywords: ['connession', 'connesso'],
    pattern: wording`
      \b(?:nuova connessione|connessione accettata) da\b
      |\b(?:nuova connessione|connessione (?:accettata|in ingresso))(?=${ADDRESS})(?! (?:a|al|con|verso)[ \t])
      |\bnuova connessione accettata\b
      |\bclient\b(?=${ADDRESS}).{0,60}(?<!\bnon[ \t])(?<![a-z])connesso\b(?! (?:a|al|con)[ \t])
    `,
    samples: [
      { message: 'nuova connessione da 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Nuova connessione: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Client connesso: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Nuova connessione accettata', facts: {} },
      { message: 'nuova connessione verso 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'received-italian',
    kind: 'recv',
    keywords: ['ricevut'],
    pattern: /(?<bytes>\d{1,12})[ \t]*byte[ \t]+ricevuti\b|\bricevuti[ \t:]{1,3}\d{1,12}[ \t]*byte\b/i,
    samples: [{ message: 'Ricevuti 44 byte da 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } }],
  },
]
