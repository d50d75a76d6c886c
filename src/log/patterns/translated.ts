import type { EventPattern } from '../pattern.ts'

/** What servers say of a listening socket, and of a connection that they took, in German and in the Romance languages. */
export const translated: readonly EventPattern[] = [
  {
    id: 'accept-failed-of-words',
    kind: 'accept-failed',
    keywords: ['angenommen', 'annahme', 'accepter la connexion', 'aceptar la conexi', 'accettare la connessione'],
    pattern:
      /\bverbindung(?:en)?\b.{0,60}\b(?:kann|konnte|können|konnten|wird|werden)[ \t]+(?:nicht|keine)[ \t]+(?:mehr[ \t]+)?angenommen|\bannahme\b.{0,30}\bverbindung(?:en)?\b.{0,30}\b(?:fehlgeschlagen|gescheitert|beendet|gestoppt)|\b(?:impossible|échec)\b.{0,10}\baccepter la connexion|\bno se pudo aceptar la conexi|\bimpossibile accettare la connessione/i,
    samples: [
      { message: 'Verbindung konnte nicht angenommen werden', facts: {} },
      { message: 'Annahme der Verbindung fehlgeschlagen', facts: {} },
      { message: "impossible d'accepter la connexion ", facts: {} },
      { message: 'Auftrag angenommen', facts: null },
    ],
  },
  {
    id: 'closed-translated',
    kind: 'close',
    keywords: [
      'verbindung',
      'getrennt',
      'abgemeldet',
      'connexion',
      'connecté',
      'conexi',
      'desconect',
      'connessione',
      'disconness',
      'conex',
    ],
    pattern:
      /\bverbindung\b.{0,60}\b(?:geschlossen|beendet|getrennt|abgebaut)\b|\b(?:schlie[ßs]{1,2}e|beende|trenne)[ \t]+(?:die[ \t]+)?verbindung\b|\bclient\b.{0,60}\b(?:getrennt|abgemeldet)\b|\bconnexion\b.{0,60}\b(?:ferm[ée]e|termin[ée]e|close)(?![a-zà-ü])|\bclient\b.{0,60}d[ée]connect[ée](?![a-zà-ü])|\bconexi[óo]n\b.{0,60}\b(?:cerrada|terminada|finalizada)\b|\bcliente\b.{0,60}\bdesconectado\b|\bconex[ãa]o\b.{0,60}\b(?:fechada|encerrada)\b|\bconnessione\b.{0,60}\b(?:chiusa|terminata)\b|\bclient\b.{0,60}\bdisconnesso\b/i,
    samples: [
      { message: 'Verbindung zu 10.1.2.3:50022 geschlossen', facts: { peerPort: 50_022 } },
      { message: 'Client 10.1.2.3:50022 getrennt', facts: { peerPort: 50_022 } },
      { message: 'connexion fermée : 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'conexión cerrada: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'connessione chiusa da 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Verbindung angenommen: 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'listening-translated',
    kind: 'listening',
    keywords: ['lauscht', 'horcht', 'coute', 'escuch', 'escutando', 'ouvindo', 'ascolt'],
    pattern:
      /^(?!.{0,200}\b(?:nicht|ne|no|non|não)[ \t]+(?:lauscht|horcht|[ée]coute|escuch|ascolt)).{0,200}?(?:\b(?:lauscht|horcht)[ \t]+(?:nun[ \t]+|jetzt[ \t]+)?(?:auf|an)|(?<![a-z])[ée]coute[ \t]+(?:sur|du)|\bescuch(?:a|ando)[ \t]+(?:en|por)|\b(?:escutando|ouvindo)[ \t]+(?:na|em|no)|\bascolto?[ \t]+(?:su|sulla|alla))\b(?:.{0,20}\b(?:port|puerto|porta)[ \t]*:?[ \t]*(?<port>\d{2,5})(?!\w)|(?=.{0,40}:\d{2,5}\b))/i,
    samples: [
      { message: 'Server lauscht auf Port 9000', facts: { port: 9000 } },
      { message: 'Server lauscht jetzt auf 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Le serveur écoute sur le port 9000', facts: { port: 9000 } },
      { message: 'Servidor escuchando en el puerto 9000', facts: { port: 9000 } },
      { message: 'Servidor ouvindo na porta 9000', facts: { port: 9000 } },
      { message: 'Server in ascolto sulla porta 9000', facts: { port: 9000 } },
      { message: 'Le client écoute sur le canal 3', facts: null },
    ],
  },
  {
    id: 'accept-translated',
    kind: 'accept',
    keywords: ['verbindung', 'neuer client', 'connexion', 'conexi', 'conex', 'connessione'],
    // What was taken comes from somebody; a connection that is made leads to somebody.
    pattern:
      /\b(?:(?:neue|eingehende)[ \t]+verbindung[ \t]+von|verbindung[ \t]+von\b.{0,60}\bangenommen|verbindung[ \t]+angenommen|neuer[ \t]+client|(?:nouvelle[ \t]+connexion|connexion[ \t]+(?:accept[ée]e|entrante))[ \t]+(?:de|depuis)|(?:nueva[ \t]+conexi[óo]n|conexi[óo]n[ \t]+(?:aceptada|entrante))[ \t]+(?:de|desde)|(?:nova[ \t]+conex[ãa]o|conex[ãa]o[ \t]+(?:aceita|recebida))[ \t]+de|(?:nuova[ \t]+connessione|connessione[ \t]+accettata)[ \t]+da)(?![a-z])/i,
    samples: [
      { message: 'Neue Verbindung von 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'Verbindung von 10.1.2.3:50022 angenommen', facts: { peerPort: 50022 } },
      { message: 'Verbindung angenommen: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'connexion acceptée de 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nouvelle connexion depuis 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'conexión aceptada desde 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nova conexão de 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nuova connessione da 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Verbindung zu 10.1.2.3:7001 hergestellt', facts: null },
      { message: 'nouvelle connexion vers 10.1.2.3:7001', facts: null },
    ],
  },
]
