import type { LogFormat } from '../format.ts'
import { headOfInner } from '../inner-line.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'

const AFTER = /^ std(?:out|err) [FP](?: (.*))?$/

export const cri: LogFormat = {
  id: 'cri',
  title: 'Kubernetes’ container runtime (CRI): date and time, stream, F or P, the program’s own line',
  stamp: isoStamp,
  head: (_before, after) => {
    const inner = AFTER.exec(after)?.[1]
    return inner === undefined ? null : headOfInner(inner)
  },
  isDigitBlind: true,
  holdsObjects: true,
  samples: [
    {
      line: '2025-06-04T14:07:31.250817123Z stdout F accepted connection fd=7',
      time: '2025-06-04T14:07:31.250817123',
      message: 'accepted connection fd=7',
    },
    {
      line: '2025-06-04T14:07:31.250817123Z stderr F 2025-06-04 14:07:31,250 ERROR [main] slow',
      time: '2025-06-04T14:07:31.250817123',
      level: 'ERROR',
      thread: 'main',
      message: 'slow',
    },
    {
      line: '2025-06-04T14:07:31.250817123Z stdout F {"level":"warn","msg":"slow","fd":7}',
      time: '2025-06-04T14:07:31.250817123',
      level: 'warn',
      message: 'slow fd=7',
    },
  ],
}
