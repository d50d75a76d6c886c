import { headOf, type LogFormat } from '../format.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'
import { LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER } from './heads.ts'

export const log4j: LogFormat = {
  id: 'log4j',
  title: 'Date and time, level, [thread], logger: log4j, logback, Spring Boot',
  stamp: isoStamp,
  head: headOf(LEVEL_THREAD_LOGGER, THREAD_LEVEL_LOGGER),
  isDigitBlind: true,
  samples: [
    {
      line: '2025-06-04 14:07:31,250 INFO  [acceptor-2] o.e.net.Gate - Listening on /10.1.2.3:7001',
      time: '2025-06-04T14:07:31.250000000',
      level: 'INFO',
      thread: 'acceptor-2',
      message: 'o.e.net.Gate - Listening on /10.1.2.3:7001',
    },
    {
      line: '2025-06-04 14:07:31.250 [pool-1-thread-3] WARN  o.e.Gate - slow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARN',
      thread: 'pool-1-thread-3',
      message: 'o.e.Gate - slow',
    },
    {
      line: '2025-06-04 14:07:31.250 [11] WARN: slow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARN',
      thread: '11',
      message: 'slow',
    },
    {
      line: '2025-06-04T14:07:31.250+02:00  INFO 4711 --- [           main] o.s.b.Tomcat : Tomcat started on port 8080',
      time: '2025-06-04T12:07:31.250000000',
      level: 'INFO',
      thread: 'main',
      message: 'o.s.b.Tomcat : Tomcat started on port 8080',
    },
  ],
}
