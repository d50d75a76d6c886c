import type { EventPattern } from './pattern.ts'
import { acceptEnds } from './patterns/accept-ends.ts'
import { chinese } from './patterns/chinese.ts'
import { closing } from './patterns/closing.ts'
import { connection } from './patterns/connection.ts'
import { counts } from './patterns/counts.ts'
import { dutch } from './patterns/dutch.ts'
import { failure } from './patterns/failure.ts'
import { frameworks } from './patterns/frameworks.ts'
import { french } from './patterns/french.ts'
import { german } from './patterns/german.ts'
import { italian } from './patterns/italian.ts'
import { japanese } from './patterns/japanese.ts'
import { korean } from './patterns/korean.ts'
import { listings } from './patterns/listings.ts'
import { logItself } from './patterns/log-itself.ts'
import { netty } from './patterns/netty.ts'
import { paused } from './patterns/paused.ts'
import { polish } from './patterns/polish.ts'
import { polling } from './patterns/polling.ts'
import { portuguese } from './patterns/portuguese.ts'
import { processLife } from './patterns/process.ts'
import { request } from './patterns/request.ts'
import { russian } from './patterns/russian.ts'
import { served } from './patterns/served.ts'
import { server } from './patterns/server.ts'
import { slots } from './patterns/slots.ts'
import { spanish } from './patterns/spanish.ts'
import { stalls } from './patterns/stalls.ts'
import { status } from './patterns/status.ts'
import { strace } from './patterns/strace.ts'
import { tableChanges } from './patterns/table-changes.ts'
import { tableNumbers } from './patterns/table-numbers.ts'
import { transfer } from './patterns/transfer.ts'
import { translatedErrors } from './patterns/translated-errors.ts'
import { turkish } from './patterns/turkish.ts'
import { unwatchable } from './patterns/unwatchable.ts'

/** Every shipped event pattern. The first that fits a line wins: failures and closings before what they negate. */
export const PATTERNS: readonly EventPattern[] = [
  ...strace,
  ...logItself,
  ...listings,
  ...request,
  ...netty,
  ...polling,
  ...tableChanges,
  ...slots,
  ...tableNumbers,
  ...status,
  ...failure,
  ...translatedErrors,
  ...acceptEnds,
  ...unwatchable,
  ...stalls,
  ...paused,
  ...closing,
  ...frameworks,
  ...server,
  ...german,
  ...french,
  ...spanish,
  ...portuguese,
  ...italian,
  ...polish,
  ...turkish,
  ...dutch,
  ...russian,
  ...chinese,
  ...japanese,
  ...korean,
  ...connection,
  ...transfer,
  ...served,
  ...processLife,
  ...counts,
]
