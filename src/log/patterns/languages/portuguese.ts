import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Portuguese. */
export const portuguese: readonly EventPattern[] = [
  {
    id: 'accept-failed-portuguese',
    kind: 'accept-failed',
    keywords: ['aceitar'],
    pattern: wording`
      \b(?:erro|falha) ao aceitar (?:a |uma )?(?:nova )?conex
      |\bn[ãa]o foi poss[íi]vel aceitar (?:a )?conex
    `,
    samples: [
      { message: 'Erro ao aceitar conexão', facts: {} },
      { message: 'Erro ao aceitar o pedido', facts: null },
    ],
  },
  {
    id: 'bind-failed-portuguese',
    kind: 'bind-failed',
    keywords: ['porta '],
    pattern: wording`\bporta (?<port>\d{2,5}) (?:já )?est[áa] (?:sendo )?(?:em uso|ocupada|usada|utilizada)`,
    samples: [
      { message: 'A porta 9000 já está em uso', facts: { port: 9000 } },
      { message: 'a porta 9000 está aberta', facts: null },
    ],
  },
  {
    id: 'no-answer-portuguese',
    kind: 'no-answer',
    keywords: ['sem resposta'],
    pattern: /\bsem[ \t]+resposta\b/i,
    samples: [{ message: 'Sem resposta do servidor', facts: {} }],
  },
  {
    id: 'closed-portuguese',
    kind: 'close',
    keywords: ['conex', 'desconect'],
    pattern: /\bconex[ãa]o\b.{0,60}\b(?:fechada|encerrada)\b|\bcliente\b.{0,60}\bdesconectado\b/i,
    samples: [{ message: 'conexão encerrada: 10.1.2.3:50022', facts: { peerPort: 50022 } }],
  },
  {
    id: 'listening-portuguese',
    kind: 'listening',
    keywords: ['escutando', 'ouvindo', 'aguardando conex', 'esperando conex', 'iniciado na'],
    pattern: wording`
      ^(?!.{0,200}\bn[ãa]o (?:escutando|ouvindo)).{0,200}?\b(?:
        (?:escutando|ouvindo) (?:na|em|no)
        |(?:aguardando|esperando) conex(?:ões|oes|[ãa]o) (?:na|em|no)
        |servidor iniciado (?:na|em)
      )\b${ON_PORT}
    `,
    samples: [
      { message: 'Servidor ouvindo na porta 9000', facts: { port: 9000 } },
      { message: 'Aguardando conexões na porta 9000', facts: { port: 9000 } },
      { message: 'Servidor iniciado na porta 9000', facts: { port: 9000 } },
    ],
  },
  {
    id: 'accept-portuguese',
    kind: 'accept',
    keywords: ['conex', 'novo cliente'],
    pattern: wording`
      \b(?:nova conex[ãa]o|conex[ãa]o (?:aceita|recebida)) de\b
      |\b(?:nova conex[ãa]o|conex[ãa]o (?:aceita|recebida))(?=${ADDRESS})(?! (?:a|ao|com|para)[ \t])
      |\bnovo cliente\b(?=${ADDRESS})
    `,
    samples: [
      { message: 'nova conexão de 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Conexão aceita: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'Novo cliente: 10.1.2.3:50022', facts: { peerPort: 50022 } },
      { message: 'nova conexão com 10.1.2.9:9000', facts: null },
    ],
  },
  {
    id: 'received-portuguese',
    kind: 'recv',
    keywords: ['recebid'],
    pattern: /(?<bytes>\d{1,12})[ \t]*bytes[ \t]+recebidos\b|\brecebidos[ \t:]{1,3}\d{1,12}[ \t]*bytes\b/i,
    samples: [{ message: 'Recebidos 44 bytes de 10.1.2.3:50022', facts: { bytes: 44, peerPort: 50022 } }],
  },
]
