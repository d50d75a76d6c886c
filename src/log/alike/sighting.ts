import type { LogEvent } from '../event.ts'
import { factsIn, MATCHED_LENGTH } from '../event-matcher.ts'
import type { Head } from '../format.ts'
import type { EventPattern } from '../pattern.ts'

/** Characters of a message that an event tells. */
export const TEXT_LENGTH = 500

/** A line that an event pattern fits. Its facts are read when they are asked for: most of a long log's are never. */
export interface Sighting {
  readonly pattern: EventPattern
  /** From 1. */
  readonly line: number
  readonly time: number | null
  /** Its message holds what patterns see, no more. */
  readonly head: Head
}

/** What is kept of a line's head: a part of a string would keep all of a long line in memory. */
export function keptHead(head: Head): Head {
  if (head.message.length <= MATCHED_LENGTH) return head
  return { ...head, message: ownCopy(head.message.slice(0, MATCHED_LENGTH)) }
}

function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}

/** The event that a line tells, in the log at `log` among those given. */
export function eventOf({ pattern, line, time, head }: Sighting, log: number): LogEvent {
  const facts = factsIn(pattern, head.message)
  // Every property is named: spreading took most of the time and three times the memory.
  return {
    kind: pattern.kind,
    pattern: pattern.id,
    log,
    line,
    order: line,
    time,
    thread: head.thread,
    level: head.level,
    process: head.process,
    handle: facts.handle,
    listener: facts.listener,
    handles: facts.handles,
    slot: facts.slot,
    name: facts.name,
    address: facts.address,
    port: facts.port,
    peerAddress: facts.peerAddress,
    peerPort: facts.peerPort,
    bytes: facts.bytes,
    errno: facts.errno,
    errorName: facts.errorName,
    value: facts.value,
    text: head.message.slice(0, TEXT_LENGTH),
  }
}
