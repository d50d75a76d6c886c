import type { EventPattern } from './pattern.ts'
import { accept } from './patterns/accept.ts'
import { acceptEnds } from './patterns/accept-ends.ts'
import { acceptFailed, windowsAcceptFailed } from './patterns/accept-failed.ts'
import { activation } from './patterns/activation.ts'
import { bindFailed } from './patterns/bind-failed.ts'
import { closing } from './patterns/closing.ts'
import { connection } from './patterns/connection.ts'
import { counts } from './patterns/counts.ts'
import { frameworks } from './patterns/frameworks.ts'
import { acceptLoops } from './patterns/languages/accept-loops.ts'
import { chinese } from './patterns/languages/chinese.ts'
import { czech } from './patterns/languages/czech.ts'
import { dutch } from './patterns/languages/dutch.ts'
import { french } from './patterns/languages/french.ts'
import { german } from './patterns/languages/german.ts'
import { indonesian } from './patterns/languages/indonesian.ts'
import { italian } from './patterns/languages/italian.ts'
import { japanese } from './patterns/languages/japanese.ts'
import { korean } from './patterns/languages/korean.ts'
import { pausesInLanguages } from './patterns/languages/pauses.ts'
import { polish } from './patterns/languages/polish.ts'
import { portuguese } from './patterns/languages/portuguese.ts'
import { russian } from './patterns/languages/russian.ts'
import { spanish } from './patterns/languages/spanish.ts'
import { swedish } from './patterns/languages/swedish.ts'
import { displacedInLanguages, tablesOfLanguages } from './patterns/languages/tables.ts'
import { turkish } from './patterns/languages/turkish.ts'
import { ukrainian } from './patterns/languages/ukrainian.ts'
import { vietnamese } from './patterns/languages/vietnamese.ts'
import { linesDropped } from './patterns/lines-dropped.ts'
import { listening } from './patterns/listening.ts'
import { listings } from './patterns/listings.ts'
import { locks } from './patterns/locks.ts'
import { logLevel } from './patterns/log-level.ts'
import { logOutput } from './patterns/log-output.ts'
import { lookups } from './patterns/lookups.ts'
import { netcat } from './patterns/netcat.ts'
import { netty } from './patterns/netty.ts'
import { newClient } from './patterns/new-client.ts'
import { overload } from './patterns/overload.ts'
import { paused } from './patterns/paused.ts'
import { polling } from './patterns/polling.ts'
import { processLife } from './patterns/process.ts'
import { request } from './patterns/request.ts'
import { served } from './patterns/served.ts'
import { socketCalls } from './patterns/socket-calls.ts'
import { stackTraces } from './patterns/stack-traces.ts'
import { stalls } from './patterns/stalls.ts'
import { status } from './patterns/status.ts'
import { strace } from './patterns/strace.ts'
import { anyOrder } from './patterns/tables/any-order.ts'
import { arrayElements } from './patterns/tables/array-elements.ts'
import { displaced } from './patterns/tables/displaced.ts'
import { formerOwners } from './patterns/tables/former-owners.ts'
import { namedPlaces } from './patterns/tables/named-places.ts'
import { placesGiven } from './patterns/tables/places-given.ts'
import { slots } from './patterns/tables/slots.ts'
import { storeCalls } from './patterns/tables/store-calls.ts'
import { storesInWords } from './patterns/tables/stores-in-words.ts'
import { tableListed } from './patterns/tables/table-listed.ts'
import { tableMoves } from './patterns/tables/table-moves.ts'
import { tableNumbers } from './patterns/tables/table-numbers.ts'
import { takenOut } from './patterns/tables/taken-out.ts'
import { watched } from './patterns/tables/watched.ts'
import { tlsFailed } from './patterns/tls-failed.ts'
import { transfer } from './patterns/transfer.ts'
import { translatedErrors } from './patterns/translated-errors.ts'
import { unwatchable } from './patterns/unwatchable.ts'
import { wrappedAccepts } from './patterns/wrapped-accepts.ts'

/** Every shipped event pattern. The first that fits a line wins: failures and closings before what they negate. */
export const PATTERNS: readonly EventPattern[] = [
  ...strace,
  ...logLevel,
  ...logOutput,
  ...linesDropped,
  ...listings,
  ...request,
  ...netcat,
  ...netty,
  ...lookups,
  ...polling,
  ...displacedInLanguages,
  ...tableListed,
  ...tableMoves,
  ...formerOwners,
  ...storeCalls,
  ...storesInWords,
  ...takenOut,
  ...arrayElements,
  ...slots,
  ...namedPlaces,
  ...tableNumbers,
  ...displaced,
  ...placesGiven,
  ...status,
  ...pausesInLanguages,
  ...bindFailed,
  ...acceptFailed,
  ...overload,
  ...locks,
  ...tlsFailed,
  ...windowsAcceptFailed,
  ...translatedErrors,
  ...stackTraces,
  ...acceptEnds,
  ...wrappedAccepts,
  ...acceptLoops,
  ...unwatchable,
  ...watched,
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
  ...vietnamese,
  ...indonesian,
  ...chinese,
  ...japanese,
  ...korean,
  ...anyOrder,
  ...tablesOfLanguages,
  ...connection,
  ...transfer,
  ...served,
  ...activation,
  ...processLife,
  ...counts,
]
