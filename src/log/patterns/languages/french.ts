import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in French. */
export const french: readonly EventPattern[] = [
  {
    id: 'accept-failed-french',
    kind: 'accept-failed',
    keywords: ['accepter', 'acceptation'],
    pattern: wording`
      \b(?:impossible|échec)\b.{0,10}\baccepter (?:la|une|de) (?:nouvelles? )?connexion
      |\berreur\b.{0,20}\bacceptation\b.{0,12}\bconnexion
    `,
    samples: [
      { message: 'Impossible d’accepter la connexion', facts: {} },
      { message: 'Erreur lors de l’acceptation de la connexion', facts: {} },
      { message: 'impossible d’accepter le paiement', facts: null },
    ],
  },
  {
    id: 'bind-failed-french',
    kind: 'bind-failed',
    keywords: ['le port'],
    pattern: wording`\ble port (?<port>\d{2,5}) est (?:déjà )?(?:utilisé|occupé|pris|en cours d.utilisation)`,
    samples: [
      { message: 'Le port 9000 est déjà utilisé', facts: { port: 9000 } },
      { message: 'le port 9000 est ouvert', facts: null },
    ],
  },
  {
    id: 'no-answer-french',
    kind: 'no-answer',
    keywords: ['pas de r', 'aucune r'],
    pattern: /\b(?:pas[ \t]+de|aucune)[ \t]+réponse(?![a-z])/i,
    samples: [
      { message: 'Pas de réponse du serveur', facts: {} },
      { message: 'aucune réponse', facts: {} },
    ],
  },
  {
    id: 'closed-french',
    kind: 'close',
    keywords: ['connexion', 'connecté'],
    pattern: wording`
      \bconnexion\b.{0,60}\b(?:ferm[ée]e|termin[ée]e|close)(?![a-zà-ü])
      |\bclient\b.{0,60}d[ée]connect[ée](?![a-zà-ü])
    `,
    samples: [
      { message: 'connexion 10.1.2.3:50022 fermée', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 déconnecté', facts: { peerPort: 50022 } },
    ],
  },
  {
    id: 'listening-french',
    kind: 'listening',
    keywords: ['coute', 'attente de connexion', 'marré sur'],
    pattern: wording`
      ^(?!.{0,200}\bne [ée]coute).{0,200}?(?:
        (?<![a-z])[ée]coute (?:sur|du)|\ben attente de connexions? sur|\bserveur démarré sur
      )\b${ON_PORT}
    `,
    samples: [
      { message: 'Le serveur écoute sur le port 9000', facts: { port: 9000 } },
      { message: 'En attente de connexions sur le port 9000', facts: { port: 9000 } },
      { message: 'Serveur démarré sur le port 9000', facts: { port: 9000 } },
      { message: 'Le client écoute sur le canal 3', facts: null },
    ],
  },
  {
    id: 'connected-french',
    kind: 'connected',
    keywords: ['connect', 'connexion'],
    pattern: wording`
      (?<!\b(?:pas|non|plus|client)[ \t])(?<![a-zé])connect[ée] (?:à|au|a)[ \t]
      |\bconnexion (?:à|au|avec)[ \t].{0,60}(?<![a-z])[ée]tablie(?![a-z])
    `,
    samples: [
      { message: 'Connecté à 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } },
      { message: 'connexion à 10.1.2.9:9000 établie', facts: { peerPort: 9000 } },
      { message: 'déconnecté à 10:00', facts: null },
      { message: 'non connecté à 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'accept-french',
    kind: 'accept',
    keywords: ['connexion', 'connect'],
    pattern: wording`
      \b(?:nouvelle connexion|connexion (?:accept[ée]e|entrante)) (?:de|depuis)(?![a-z])
      |\b(?:nouvelle connexion|connexion (?:accept[ée]e|entrante))(?=${ADDRESS})(?! (?:vers|à|au)[ \t])
      |\bclient\b(?=${ADDRESS}).{0,60}(?<!\b(?:pas|non|plus)[ \t])(?<![a-zé])connect[ée](?![a-zà-ü])
        (?! (?:à|au|avec)[ \t])
    `,
    samples: [
      { message: 'connexion acceptée de 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nouvelle connexion depuis 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Nouvelle connexion : 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 connecté', facts: { peerPort: 50022 } },
      { message: 'Client connecté : 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nouvelle connexion vers 10.1.2.9:9000', facts: null },
      { message: 'Client 10.1.2.3:50022 non connecté', facts: null },
    ],
  },
  {
    id: 'received-french',
    kind: 'recv',
    keywords: ['octets', 'bytes re'],
    pattern: wording`
      (?<bytes>\d{1,12}) *(?:octets|bytes) re[çc]us(?![a-z])
      |\bre[çc]us?[ \t:]{1,3}\d{1,12} *octets\b
    `,
    samples: [
      { message: '44 octets reçus de 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } },
      { message: 'reçu : 44 octets', facts: { bytes: 44 } },
    ],
  },
  {
    id: 'sent-french',
    kind: 'send',
    keywords: ['octets', 'bytes envoy'],
    pattern: /(?<bytes>\d{1,12})[ \t]*(?:octets|bytes)[ \t]+envoy[ée]s(?![a-z])/i,
    samples: [{ message: '44 octets envoyés', facts: { bytes: 44 } }],
  },
]
