import type { EventPattern } from '../pattern.ts'
import { wording, words } from '../wording.ts'

/** Connections that a process makes itself, those that it may have, and those of others. */
const OTHERS = words`
  (?:
    pools?|pooled|db|database|jdbc|hikari\w{0,3}|sql|upstream|outgoing|outbound|backends?|max(?:imum)?|limit
    |allowed|worker|idle|keep-?alive|tunnels?|closed|rejected|refused|failed|dropped|timed|lost|expired|user
    |http2?|streams?
  )
`

/** Stands before what is counted. */
const NOT_OTHERS = `(?<!\\b${OTHERS}[ \\t_:.-]{0,3}(?:\\w{1,20}[ \\t_]{1,2})?)`
/** Words beside which a count is of connections to somewhere else. */
const ELSEWHERE = '(?:\\bpool|pool\\b|pool-\\d|\\bjdbc|\\bupstream|\\bdatabase)'

/** How many connections a process says that it has, or has taken: a number that rises is no line about one of them. */
export const counts: readonly EventPattern[] = [
  {
    id: 'connection-count',
    kind: 'connection-count',
    keywords: ['connections', 'connection count', 'clients', 'client count', 'conns ', 'conns=', 'conns:', 'sessions'],
    pattern: wording`
      ^(?!.{0,200}${ELSEWHERE}).{0,200}?(?:
        \b(?:current(?=connections))?(?:
          (?:active|open|current|curr|connected|concurrent|live|established|number[ \t]of|now)[ \t_]+
        )?${NOT_OTHERS}(?:clients|connections|conns|sessions|client[ \t_]count|connection[ \t_]count)(?:
          [ \t_:]+(?:current|count|open|active|connected|online|total|is|are|now)
        ){0,2} *(?:[=:] *|[ \t])(?:\d{1,7} *(?:->|=>) *)?(?<value>\d{1,7})(?!
          [\d.:]
          | *(?:%|ms\b|s\b|[kM]?B\b|expired|closed|rejected|timed|lost)
        )
      )
    `,
    samples: [
      { message: 'active connections: 3', facts: { value: '3' } },
      { message: 'clients=0 -> 1', facts: { value: '1' } },
      { message: 'conns 12/100', facts: { value: '12' } },
      { message: 'stats: uptime=30 sessions=2 rss=10MB', facts: { value: '2' } },
      { message: 'CurrentConnections=3 MaxConnections=100', facts: { value: '3' } },
      { message: 'connections: current=3, available=816', facts: { value: '3' } },
      { message: 'connected_clients:1', facts: { value: '1' } },
      { message: 'HikariPool-1 - Pool stats (total connections=10, active=0)', facts: null },
      { message: 'max connections: 100', facts: null },
      { message: 'closed connections: 4', facts: null },
      { message: 'open connections', facts: null },
    ],
  },
  {
    id: 'connections-counted',
    kind: 'connection-count',
    keywords: ['connections', 'clients', 'sessions', 'client count', 'connection count'],
    pattern: wording`
      ^(?!.{0,200}${ELSEWHERE}).{0,200}?(?:
        (?<![\w.:-])(?<value>\d{1,7}) (?:active |open |connected |live |current )?${NOT_OTHERS}
          (?:clients?|connections?|sessions?) (?:are |is |now )?
          (?:connected|open|active|online|established|served)\b
      )
    `,
    samples: [
      { message: 'DB 0: 1 clients connected (0 replicas), 1 mem', facts: { value: '1' } },
      { message: '3 connections open', facts: { value: '3' } },
      { message: '12 database connections open', facts: null },
      { message: '5 clients rejected', facts: null },
    ],
  },
  {
    id: 'connections-counted-translated',
    kind: 'connection-count',
    keywords: [
      'verbindungen',
      'connexions',
      'conexiones',
      'connessioni',
      'conex',
      '连接数',
      '連線數',
      '接続数',
      'одключений',
      'оединений',
    ],
    pattern: wording`
      (?:
        \b(?:aktive|offene|bestehende) verbindungen|\bconnexions (?:actives|ouvertes|en cours)
        |\bconexiones (?:activas|abiertas)|\bconnessioni (?:attive|aperte)|\bconex(?:õ|o)es (?:ativas|abertas)
        |(?:当前|活动|活跃|目前)(?:的)?(?:连接数|連線數)|(?:現在の|アクティブな?)接続数
        |(?:текущих|активных|открытых) (?:подключений|соединений)
      )[^\d\w]{0,6}(?<value>\d{1,7})(?![\d.:])
    `,
    samples: [
      { message: 'Aktive Verbindungen: 3', facts: { value: '3' } },
      { message: 'Nombre de connexions actives : 3', facts: { value: '3' } },
      { message: '当前连接数: 3', facts: { value: '3' } },
      { message: 'Активных подключений: 3', facts: { value: '3' } },
      { message: '現在の接続数: 3', facts: { value: '3' } },
      { message: 'Verbindungen: keine', facts: null },
    ],
  },
  {
    id: 'accepts-counted',
    kind: 'connection-count',
    keywords: ['accepted', 'accepts'],
    pattern: wording`
      \b(?:total[ \t_]+)?(?:accepted|accepts)(?:[ \t_]+(?:total|so far|connections?))? *[=:] *
        (?<value>\d{1,9})(?![\d.:])
    `,
    samples: [
      { message: 'statistics: accepted=4 closed=3', facts: { value: '4' } },
      { message: 'total accepted: 17', facts: { value: '17' } },
      { message: 'accepted: 0, handled: 0', facts: { value: '0' } },
    ],
  },
]
