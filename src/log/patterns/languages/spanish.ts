import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Spanish. */
export const spanish: readonly EventPattern[] = [
  {
    id: 'accept-failed-spanish',
    kind: 'accept-failed',
    keywords: ['aceptar'],
    pattern: wording`
      \bno se pudo aceptar (?:la|una) (?:nueva )?conexi
      |\b(?:error|fallo) al aceptar (?:la|una) (?:nueva )?conexi
    `,
    samples: [
      { message: 'no se pudo aceptar la conexión', facts: {} },
      { message: 'Error al aceptar la conexión', facts: {} },
      { message: 'Error al aceptar la oferta', facts: null },
    ],
  },
  {
    id: 'bind-failed-spanish',
    kind: 'bind-failed',
    keywords: ['el puerto'],
    pattern: wording`\bel puerto (?<port>\d{2,5}) (?:ya )?est[áa] (?:siendo )?(?:en uso|ocupado|utilizado|usado)`,
    samples: [
      { message: 'El puerto 9000 ya está en uso', facts: { port: 9000 } },
      { message: 'el puerto 9000 está abierto', facts: null },
    ],
  },
  {
    id: 'no-answer-spanish',
    kind: 'no-answer',
    keywords: ['sin respuesta', 'no responde'],
    pattern: /\bsin[ \t]+respuesta\b|\bno[ \t]+responde\b/i,
    samples: [
      { message: 'Sin respuesta del servidor', facts: {} },
      { message: 'el servidor no responde', facts: {} },
    ],
  },
  {
    id: 'closed-spanish',
    kind: 'close',
    keywords: ['conexi', 'desconect'],
    pattern: /\bconexi[óo]n\b.{0,60}\b(?:cerrada|terminada|finalizada)\b|\bcliente\b.{0,60}\bdesconectado\b/i,
    samples: [
      { message: 'conexión cerrada: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Cliente 10.1.2.3:50022 desconectado', facts: { peerPort: 50022 } },
    ],
  },
  {
    id: 'listening-spanish',
    kind: 'listening',
    keywords: ['escuch', 'esperando conexi', 'iniciado en'],
    pattern: wording`
      ^(?!.{0,200}\bno escuch).{0,200}?\b(?:
        escuch(?:a|ando) (?:en|por)|esperando conexi(?:ones|[óo]n) (?:en|por)|servidor iniciado en
      )\b${ON_PORT}
    `,
    samples: [
      { message: 'Servidor escuchando en el puerto 9000', facts: { port: 9000 } },
      { message: 'Esperando conexiones en el puerto 9000', facts: { port: 9000 } },
      { message: 'Servidor iniciado en el puerto 9000', facts: { port: 9000 } },
    ],
  },
  {
    id: 'connected-spanish',
    kind: 'connected',
    keywords: ['conectado a', 'conectado con'],
    pattern: new RegExp(String.raw`(?<!\b(?:no|cliente)[ \t])\bconectado[ \t]+(?:a|al|con)\b(?=${ADDRESS})`, 'i'),
    samples: [
      { message: 'Conectado a 10.1.2.9:9000', facts: { peerAddress: '10.1.2.9', peerPort: 9000 } },
      { message: 'no conectado a 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'accept-spanish',
    kind: 'accept',
    keywords: ['conexi', 'cliente'],
    pattern: wording`
      \b(?:nueva conexi[óo]n|conexi[óo]n (?:aceptada|entrante)) (?:de|desde)\b
      |\b(?:nueva conexi[óo]n|conexi[óo]n (?:aceptada|entrante))(?=${ADDRESS})(?! (?:a|al|con|hacia)[ \t])
      |\bcliente\b(?=${ADDRESS}).{0,60}(?<!\bno[ \t])(?<![a-z])conectado\b(?! (?:a|al|con)[ \t])
    `,
    samples: [
      { message: 'conexión aceptada desde 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Nueva conexión: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Cliente conectado: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nueva conexión a 10.1.2.9:9000', facts: null },
      { message: 'cliente 10.1.2.3:50022 no conectado', facts: null },
    ],
  },
  {
    id: 'received-spanish',
    kind: 'recv',
    keywords: ['recibid'],
    pattern: /(?<bytes>\d{1,12})[ \t]*bytes[ \t]+recibidos\b|\brecibidos[ \t:]{1,3}\d{1,12}[ \t]*bytes\b/i,
    samples: [{ message: 'Recibidos 44 bytes de 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } }],
  },
  {
    id: 'sent-spanish',
    kind: 'send',
    keywords: ['enviado'],
    pattern: /(?<bytes>\d{1,12})[ \t]*bytes[ \t]+enviados\b|\benviados[ \t:]{1,3}\d{1,12}[ \t]*bytes\b/i,
    samples: [{ message: 'Enviados 44 bytes', facts: { bytes: 44 } }],
  },
]
