import type { EventKind, LogEvent, LogFile } from '../../log/event.ts'

/** What announces a connection without saying that it was accepted. */
const ANNOUNCES = 'new-client'

const keyOf = ({ process, handle }: LogEvent): string => `${process ?? ''}/${handle}`

/**
 * Reads lines anew that tell of a new connection with the number of a socket that listens. While it is open no accept() gives that
 * number out: what comes in on it was only reported by the poll, and what was accepted on it has another number, which the line
 * leaves out.
 */
export function withListenersNumbers(file: LogFile): LogFile {
  if (!file.kinds.has('listening') || !file.kinds.has('accept')) return file
  const listening = new Set<string>()
  let reported = 0
  let isSame = true
  const events = file.events.map((event): LogEvent => {
    if (event.handle === null) return event
    if (event.kind === 'listening') listening.add(keyOf(event))
    else if (event.kind === 'close' || event.kind === 'socket-created') listening.delete(keyOf(event))
    if (event.kind !== 'accept' || !listening.has(keyOf(event))) return event
    isSame = false
    if (event.pattern !== ANNOUNCES || event.peerPort !== null)
      return { ...event, listener: event.listener ?? event.handle, handle: null }
    reported++
    return { ...event, kind: 'readable', handles: [event.handle] }
  })
  return isSame ? file : { ...file, events, kinds: recounted(file.kinds, reported) }
}

function recounted(kinds: LogFile['kinds'], reported: number): Map<EventKind, number> {
  const accepts = kinds.get('accept')! - reported
  const all = new Map(kinds)
  if (reported > 0) all.set('readable', (kinds.get('readable') ?? 0) + reported)
  if (accepts > 0) all.set('accept', accepts)
  else all.delete('accept')
  return all
}
