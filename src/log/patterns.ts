import type { EventPattern } from './pattern.ts'
import { accept } from './patterns/accept.ts'
import { acceptEnds } from './patterns/accept-ends.ts'
import { acceptFailed, windowsAcceptFailed } from './patterns/accept-failed.ts'
import { arrayElements } from './patterns/array-elements.ts'
import { bindFailed } from './patterns/bind-failed.ts'
import { chinese } from './patterns/chinese.ts'
import { closing } from './patterns/closing.ts'
import { connection } from './patterns/connection.ts'
import { counts } from './patterns/counts.ts'
import { czech } from './patterns/czech.ts'
import { dutch } from './patterns/dutch.ts'
import { frameworks } from './patterns/frameworks.ts'
import { french } from './patterns/french.ts'
import { german } from './patterns/german.ts'
import { italian } from './patterns/italian.ts'
import { japanese } from './patterns/japanese.ts'
import { korean } from './patterns/korean.ts'
import { linesDropped } from './patterns/lines-dropped.ts'
import { listening } from './patterns/listening.ts'
import { listings } from './patterns/listings.ts'
import { locks } from './patterns/locks.ts'
import { logLevel } from './patterns/log-level.ts'
import { logOutput } from './patterns/log-output.ts'
import { namedPlaces } from './patterns/named-places.ts'
import { netty } from './patterns/netty.ts'
import { newClient } from './patterns/new-client.ts'
import { overload } from './patterns/overload.ts'
import { paused } from './patterns/paused.ts'
import { polish } from './patterns/polish.ts'
import { polling } from './patterns/polling.ts'
import { portuguese } from './patterns/portuguese.ts'
import { processLife } from './patterns/process.ts'
import { request } from './patterns/request.ts'
import { russian } from './patterns/russian.ts'
import { served } from './patterns/served.ts'
import { slots } from './patterns/slots.ts'
import { socketCalls } from './patterns/socket-calls.ts'
import { spanish } from './patterns/spanish.ts'
import { stalls } from './patterns/stalls.ts'
import { status } from './patterns/status.ts'
import { strace } from './patterns/strace.ts'
import { swedish } from './patterns/swedish.ts'
import { tableChanges } from './patterns/table-changes.ts'
import { tableMoves } from './patterns/table-moves.ts'
import { tableNumbers } from './patterns/table-numbers.ts'
import { takenOut } from './patterns/taken-out.ts'
import { tlsFailed } from './patterns/tls-failed.ts'
import { transfer } from './patterns/transfer.ts'
import { translatedErrors } from './patterns/translated-errors.ts'
import { turkish } from './patterns/turkish.ts'
import { ukrainian } from './patterns/ukrainian.ts'
import { unwatchable } from './patterns/unwatchable.ts'

/** Every shipped event pattern. The first that fits a line wins: failures and closings before what they negate. */
export const PATTERNS: readonly EventPattern[] = [
  ...strace,
  ...logLevel,
  ...logOutput,
  ...linesDropped,
  ...listings,
  ...request,
  ...netty,
  ...polling,
  ...tableMoves,
  ...tableChanges,
  ...takenOut,
  ...arrayElements,
  ...slots,
  ...namedPlaces,
  ...tableNumbers,
  ...status,
  ...bindFailed,
  ...acceptFailed,
  ...overload,
  ...locks,
  ...tlsFailed,
  ...windowsAcceptFailed,
  ...translatedErrors,
  ...acceptEnds,
  ...unwatchable,
  ...stalls,
  ...paused,
  ...closing,
  ...frameworks,
  ...listening,
  ...accept,
  ...newClient,
  ...socketCalls,
  ...german,
  ...french,
  ...spanish,
  ...portuguese,
  ...italian,
  ...polish,
  ...turkish,
  ...dutch,
  ...swedish,
  ...czech,
  ...russian,
  ...ukrainian,
  ...chinese,
  ...japanese,
  ...korean,
  ...connection,
  ...transfer,
  ...served,
  ...processLife,
  ...counts,
]
