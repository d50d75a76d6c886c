import type { EventPattern } from '../pattern.ts'
import { ADDRESS, ON_PORT } from './place-beside.ts'

/** What servers and clients say of their sockets in French. */
export const french: readonly EventPattern[] = [
  {
    id: 'accept-failed-french',
    kind: 'accept-failed',
    keywords: ['accepter', 'acceptation'],
    pattern:
      /\b(?:impossible|échec)\b.{0,10}\baccepter[ \t]+(?:la|une|de)[ \t]+(?:nouvelles?[ \t]+)?connexion|\berreur\b.{0,20}\bacceptation\b.{0,12}\bconnexion/i,
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
    pattern:
      /\ble[ \t]+port[ \t]+(?<port>\d{2,5})[ \t]+est[ \t]+(?:déjà[ \t]+)?(?:utilisé|occupé|pris|en[ \t]+cours[ \t]+d.utilisation)/i,
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
    pattern:
      /\bconnexion\b.{0,60}\b(?:ferm[ée]e|termin[ée]e|close)(?![a-zà-ü])|\bclient\b.{0,60}d[ée]connect[ée](?![a-zà-ü])/i,
    samples: [
      { message: 'connexion 10.1.2.3:50022 fermée', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 déconnecté', facts: { peerPort: 50022 } },
    ],
  },
  {
    id: 'listening-french',
    kind: 'listening',
    keywords: ['coute', 'attente de connexion', 'marré sur'],
    pattern: new RegExp(
      String.raw`^(?!.{0,200}\bne[ \t]+[ée]coute).{0,200}?(?:(?<![a-z])[ée]coute[ \t]+(?:sur|du)|\ben[ \t]+attente[ \t]+de[ \t]+connexions?[ \t]+sur|\bserveur[ \t]+démarré[ \t]+sur)\b${ON_PORT}`,
      'i',
    ),
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
    pattern:
      /(?<!\b(?:pas|non|plus|client)[ \t])(?<![a-zé])connect[ée][ \t]+(?:à|au|a)[ \t]|\bconnexion[ \t]+(?:à|au|avec)[ \t].{0,60}(?<![a-z])[ée]tablie(?![a-z])/i,
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
    pattern: new RegExp(
      String.raw`\b(?:nouvelle[ \t]+connexion|connexion[ \t]+(?:accept[ée]e|entrante))[ \t]+(?:de|depuis)(?![a-z])|\b(?:nouvelle[ \t]+connexion|connexion[ \t]+(?:accept[ée]e|entrante))(?=${ADDRESS})(?![ \t]+(?:vers|à|au)[ \t])|\bclient\b(?=${ADDRESS}).{0,60}(?<!\b(?:pas|non|plus)[ \t])(?<![a-zé])connect[ée](?![a-zà-ü])(?![ \t]+(?:à|au|avec)[ \t])`,
      'i',
    ),
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
    pattern:
      /(?<bytes>\d{1,12})[ \t]*(?:octets|bytes)[ \t]+re[çc]us(?![a-z])|\bre[çc]us?[ \t:]{1,3}\d{1,12}[ \t]*octets\b/i,
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
