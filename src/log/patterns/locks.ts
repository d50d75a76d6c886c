import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'

/** Threads that wait for what another one holds. */
export const locks: readonly EventPattern[] = [
  {
    id: 'waits-for-lock',
    kind: 'error',
    keywords: [
      'for lock',
      'on lock',
      'to lock',
      'for the lock',
      'for mutex',
      'on mutex',
      'for semaphore',
      'deadlock',
      'monitor entry',
      'critical section',
      'criticalsection',
      'g_cs',
      'm_cs',
      'accept',
      'listen',
    ],
    pattern: wording`
      \b(?:wait(?:ing|s|ed)?|blocked)\b.{0,20}\b(?:for|on|to)[ \t]+
        (?:(?:the|a|acquire) )?(?:\w{1,30}[ \t_.:>-]{1,2})?\w{0,30}(?:(?<![bc])lock|mutex|semaphore)\b
      |\b(?:wait(?:ing|s)? for|blocked (?:on|in|at)) (?:the )?(?:critical[ \t]?section|[gms]_cs\w{1,30})\b
      |^"[^"]{0,60}(?:accept|listen)[^"]{0,60}"(?::$|.{0,120}\bwaiting for monitor entry\b)
      |\bdeadlock\b(?! (?:detector|detection|check|timeout))
    `,
    samples: [
      { message: 'fd 6: waiting for lock session_table held by thread 0003', facts: { handle: '6' } },
      { message: 'acceptor: waiting for table lock held by thread 3', facts: {} },
      { message: 'accept thread: blocked on g_tableLock (owner: thread 7)', facts: {} },
      { message: 'OnAccept: waiting for critical section', facts: {} },
      { message: 'CDatabase::Flush waiting for m_csDb', facts: {} },
      { message: 'OnAccept: entering g_csSessions', facts: null },
      { message: 'listener waits for the next block', facts: null },
      { message: 'worker-1 blocked on mutex 0x7f', facts: {} },
      { message: 'Found one Java-level deadlock: "worker-1" waiting to lock monitor', facts: {} },
      { message: '"acceptor" #12 prio=5 tid=0x1 nid=0x2 waiting for monitor entry [0x00007f]', facts: {} },
      { message: '"acceptor-0":', facts: {} },
      { message: 'deadlock detection enabled', facts: null },
    ],
  },
]
