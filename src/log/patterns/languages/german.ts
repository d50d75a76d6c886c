import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'
import { NUMBER } from '../tables/slot-words.ts'

/** Words for a socket before its number. */
const SOCKET = '(?:socket|handle|deskriptor|fd)'

/** What servers and clients say of their sockets in German. */
export const german: readonly EventPattern[] = [
  {
    id: 'accept-failed-german',
    kind: 'accept-failed',
    keywords: [
      'angenommen',
      'annahme',
      'annehmen',
      'akzeptieren',
      'listener-',
      'listenerthread',
      'accept-',
      'acceptor-',
    ],
    pattern: wording`
      \bverbindung(?:en)?\b.{0,60}\b(?:kann|konnte|können|konnten|wird|werden) (?:nicht|keine) (?:mehr )?angen
        ommen
      |\bannahme\b.{0,30}\bverbindung(?:en)?\b.{0,30}\b(?:fehlgeschlagen|gescheitert|beendet|gestoppt)
      |\b(?:fehler|ausnahme) (?:
        (?:beim|bei der) (?:annehmen|annahme|akzeptieren)\b.{0,20}\bverbindung
        |im (?:listener|accept)-thread
      )
      |\b(?:listener|accept(?:or)?)-?(?:thread|schleife|task) (?:wurde |ist )?(?:beendet|abgebrochen|abgestürzt|gestoppt)\b
    `,
    samples: [
      { message: 'Verbindung konnte nicht angenommen werden', facts: {} },
      { message: 'Annahme von Verbindungen beendet', facts: {} },
      { message: 'Fehler beim Annehmen der Verbindung: Zu viele offene Dateien', facts: { errorName: 'EMFILE' } },
      { message: 'Fehler im Listener-Thread: 10024', facts: {} },
      { message: 'Listener-Thread beendet', facts: {} },
      { message: 'Fehler beim Annehmen des Auftrags', facts: null },
    ],
  },
  {
    id: 'bind-failed-german',
    kind: 'bind-failed',
    keywords: ['belegt', 'bereits verwendet', 'schon verwendet', 'bereits vergeben', 'in benutzung', 'port '],
    pattern: wording`
      \bport (?<port>\d{2,5}) (?:ist |wird )?(?:bereits |schon )?(?:
        belegt|vergeben|verwendet|in (?:benutzung|verwendung|gebrauch)
      )\b
      |\b\d:(?:\d{2,5}) (?:ist )?(?:bereits |schon )?belegt\b
      |\bport \d{2,5} (?:konnte|kann) nicht (?:geöffnet|gebunden)
    `,
    samples: [
      { message: 'Port 9000 ist belegt', facts: { port: 9000 } },
      { message: 'Adresse 0.0.0.0:9000 belegt', facts: { port: 9000 } },
      { message: 'Port 9000 kann nicht geöffnet werden', facts: { port: 9000 } },
      { message: 'Platz 12 ist belegt', facts: null },
    ],
  },
  {
    id: 'no-answer-german',
    kind: 'no-answer',
    keywords: ['keine antwort', 'antwortet nicht', 'keine r'],
    pattern:
      /\bkeine[ \t]+(?:antwort|rückmeldung)\b(?![ \t]+(?:nötig|erforderlich|erwartet))|\bantwortet[ \t]+nicht\b/i,
    samples: [
      { message: 'Keine Antwort vom Server', facts: {} },
      { message: 'Server antwortet nicht', facts: {} },
      { message: 'Antwort gesendet', facts: null },
    ],
  },
  {
    id: 'closed-german',
    kind: 'close',
    keywords: ['verbindung', 'getrennt', 'abgemeldet'],
    pattern: wording`
      \bverbindung\b.{0,60}\b(?:geschlossen|beendet|getrennt|abgebaut)\b
      |\b(?:schlie[ßs]{1,2}e|beende|trenne) (?:die )?verbindung\b
      |\bclient\b.{0,60}\b(?:getrennt|abgemeldet)\b
    `,
    samples: [
      { message: 'Verbindung 10.1.2.3:50022 geschlossen', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 getrennt', facts: { peerPort: 50022 } },
      { message: 'Verbindung hergestellt', facts: null },
    ],
  },
  {
    id: 'listening-german',
    kind: 'listening',
    keywords: ['lausch', 'horch', 'warte auf', 'wartet auf', 'gestartet auf', 'gestartet an'],
    pattern: wording`
      ^(?!.{0,200}\bnicht (?:lauscht|horcht)).{0,200}?\b(?:
        (?:lausche?t?|horche?t?) (?:nun |jetzt )?(?:auf|an)
        |wartet? auf (?:\w{1,20} )?(?:client-?)?verbindungen (?:auf|an)
        |\bserver\b.{0,20}\bgestartet (?:auf|an)
      )\b${ON_PORT}
    `,
    samples: [
      { message: 'Server lauscht auf Port 9000', facts: { port: 9000 } },
      { message: 'Server lauscht jetzt auf 127.0.0.1:9000', facts: { address: '127.0.0.1', port: 9000 } },
      { message: 'Warte auf eingehende Verbindungen auf Port 9000', facts: { port: 9000 } },
      { message: 'TCP-Server gestartet auf Port 9000', facts: { port: 9000 } },
      { message: 'Lausche auf Port 9000 (Handle 412)', facts: { port: 9000, handle: '412' } },
      { message: 'Warte auf Auftrag 12', facts: null },
    ],
  },
  {
    id: 'connect-failed-german',
    kind: 'connect-failed',
    keywords: ['verbindung'],
    pattern: wording`
      \bverbindung\b.{0,60}\b(?:fehlgeschlagen|nicht möglich|(?:konnte|kann) nicht (?:hergestellt|aufgebaut))
    `,
    samples: [
      { message: 'Verbindung zu 10.1.2.9:9000 fehlgeschlagen', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } },
    ],
  },
  {
    id: 'connected-german',
    kind: 'connected',
    keywords: ['verbunden mit', 'verbunden zu', 'hergestellt', 'aufgebaut'],
    pattern: wording`
      (?<!\bnicht[ \t](?:mehr[ \t])?)\bverbunden (?:mit|zu)\b
      |\bverbindung (?:zu|zum|zur|mit)\b.{0,60}\b(?:hergestellt|aufgebaut)\b
    `,
    samples: [
      { message: 'Verbunden mit 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } },
      { message: 'Verbindung zu 10.1.2.9:9000 hergestellt', facts: { peerPort: 9000 } },
      { message: 'nicht verbunden mit 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'accept-german',
    kind: 'accept',
    keywords: ['verbindung', 'neuer client', 'verbunden'],
    pattern: wording`
      \b(?:neue|eingehende) verbindung von|\bverbindung von\b.{0,60}\bangenommen|\bverbindung angenommen
      |\bneuer client
      |\b(?:neue|eingehende) (?:client-? ?)?verbindung\b(?! (?:zu|zum|zur|mit)\b)(?=${ADDRESS})
      |\bclient\b(?=${ADDRESS}).{0,60}(?<!\bnicht[ \t](?:mehr[ \t])?)\bverbunden\b(?! (?:mit|zu)\b)
      |\bclient verbunden\b(?! (?:mit|zu)\b)
    `,
    samples: [
      { message: 'Neue Verbindung von 10.1.2.3:50022', facts: { peerAddress: '10.1.2.3', peerPort: 50022 } },
      { message: 'Verbindung von 10.1.2.3:50022 angenommen', facts: { peerPort: 50022 } },
      { message: 'Verbindung angenommen: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Neue Client-Verbindung: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Client verbunden: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Client 10.1.2.3:50022 hat sich verbunden', facts: { peerPort: 50022 } },
      { message: 'neue Verbindung zu 10.1.2.9:9000', facts: null },
      { message: 'Client 10.1.2.3:50022 nicht verbunden', facts: null },
    ],
  },
  {
    id: 'received-german',
    kind: 'recv',
    keywords: ['empfangen'],
    pattern: wording`
      (?<bytes>\d{1,12}) *(?:bytes?|byte) (?:\w{1,12} ){0,3}empfangen\b
      |\bempfangen\b.{0,12}\b\d{1,12} *bytes?\b
    `,
    samples: [
      { message: '44 Bytes empfangen von 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } },
      { message: 'Empfangen: 44 Bytes', facts: { bytes: 44 } },
      { message: 'Auftrag 12 empfangen', facts: null },
    ],
  },
  {
    id: 'sent-german',
    kind: 'send',
    keywords: ['gesendet'],
    pattern: wording`
      (?<bytes>\d{1,12}) *bytes? (?:\w{1,12} ){0,3}gesendet\b
      |\bgesendet\b.{0,12}\b\d{1,12} *bytes?\b
    `,
    samples: [
      { message: '44 Bytes gesendet', facts: { bytes: 44 } },
      { message: 'Anfrage gesendet (44 Bytes)', facts: { bytes: 44 } },
      { message: 'Mail 12 gesendet', facts: null },
    ],
  },
  {
    id: 'stored-german',
    kind: 'attach',
    keywords: ['platz ', 'eintrag ', 'eingetragen', 'belegt', 'zugewiesen'],
    pattern: wording`
      \b(?:platz|slot|index|eintrag|position|kanal) *[#:=[]? *(?<slot>\d{1,9})\]?[ \t]*(?:
        :?=|:|[-=]>|<-
        |(?:ist |wird |wurde )?(?:jetzt |nun )?(?:belegt|besetzt|vergeben|zugewiesen|überschrieben)[ \t]+(?:durch|mit|von|an|für)
      ) *${SOCKET} *[#:=]? *(?<handle>${NUMBER})[ \t.;]*$
    `,
    samples: [
      { message: 'Verbindungstabelle: Platz 0 belegt durch Handle 412', facts: { slot: 0, handle: '412' } },
      { message: 'Platz 0 := Socket 412', facts: { slot: 0, handle: '412' } },
      { message: 'Eintrag 3 überschrieben mit fd 7', facts: { slot: 3, handle: '7' } },
      { message: 'Platz 12 ist belegt', facts: null },
    ],
  },
  {
    id: 'stored-in-german',
    kind: 'attach',
    keywords: ['platz ', 'eintrag ', 'eingetragen', 'abgelegt', 'gespeichert'],
    pattern: wording`
      \b${SOCKET} *[#:=]? *(?<handle>${NUMBER}) (?:wurde |wird )?(?:in|auf|an|unter) (?:platz|slot|index|eintrag|position|kanal)[ \t]+
        (?<slot>\d{1,9}) (?:eingetragen|abgelegt|gespeichert)\b
    `,
    samples: [
      { message: 'Socket 412 in Platz 0 eingetragen', facts: { slot: 0, handle: '412' } },
      { message: 'Dokument 412 in Platz 0 abgelegt', facts: null },
    ],
  },
  {
    id: 'freed-german',
    kind: 'detach',
    keywords: ['freigegeben', 'geleert', 'ausgetragen', 'wieder frei'],
    pattern: wording`
      \b(?:platz|slot|index|eintrag|position|kanal) *[#:=[]? *(?<slot>\d{1,9})\]? (?:ist |wird |wurde )?
        (?:freigegeben|geleert|wieder frei)\b
      |\b${SOCKET} *[#:=]? *(?<handle>${NUMBER}) (?:wurde |wird )?(?:aus der \w{0,20}tabelle )?ausgetragen\b
    `,
    samples: [
      { message: 'Platz 3 freigegeben', facts: { slot: 3 } },
      { message: 'Handle 412 ausgetragen', facts: { handle: '412' } },
      { message: 'Auftrag 3 freigegeben', facts: null },
    ],
  },
  {
    id: 'not-matched-german',
    kind: 'not-matched',
    keywords: ['kein', 'nicht gefunden', 'nicht zugeordnet', 'nicht in der', 'unbekannte'],
    pattern: wording`
      \b${SOCKET} *[#:=]? *(?<handle>${NUMBER})(?!\w).{0,40}\b(?:
        keine?(?:n|m)? (?:passende[rn]? )?(?:eintrag|platz|slot|besitzer|verbindung)\b
        |(?:keine[rm] \w{1,20}|nicht) zugeordnet\b|nicht gefunden\b|nicht in der \w{0,20}(?:tabelle|liste)\b
      )
    `,
    samples: [
      { message: 'Ereignis auf Handle 412: kein Eintrag in der Verbindungstabelle', facts: { handle: '412' } },
      { message: 'Socket 412 nicht in der Tabelle', facts: { handle: '412' } },
      { message: 'Socket 412 nicht gefunden', facts: { handle: '412' } },
      { message: 'Socket 412: keine Antwort', facts: null },
    ],
  },
]
