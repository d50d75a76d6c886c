import type { FlowView } from '../flow/flow-view.ts'
import { type SystemFamily, systemOf } from './system.ts'

/** Prompt acknowledgments that it takes to say that something reads: one or two may be the sender's second segment. */
const ENOUGH_PROMPT_ACKS = 3

/** Whether the server's application read what its kernel acknowledged. */
export interface Reading {
  /** unread: no byte was. read: bytes were. unknown: nothing tells. */
  readonly verdict: 'unread' | 'read' | 'unknown'
  /** Acknowledgments, those that could have told, and those of them that spoke for unread and for read. */
  readonly acks: number
  readonly discriminating: number
  readonly unread: number
  readonly read: number
  readonly reason: string
  /** The same in a few words, for a list of causes. */
  readonly brief: string
}

/** What the receive window could show at all, and what it showed: the numbers behind a {@link Reading}. */
export interface Drain {
  /** The family of the server's system; null where its SYN-ACK names none. */
  readonly system: SystemFamily | null
  /** free-buffer: the window is what is free. masked: Linux's may be less. unknown: no model applies. */
  readonly model: 'free-buffer' | 'masked' | 'unknown'
  /** The window in the SYN-ACK, and the unit in which it counts; 0 where it is not known. */
  readonly bufferBytes: number
  readonly unitBytes: number
  /** Acknowledgments of new payload, those whose window could tell, and those of them that spoke for unread and read. */
  readonly acknowledgments: number
  readonly discriminating: number
  readonly unread: number
  readonly read: number
}

/** The statistical power of a flow's receive window. */
export function drainOf(flow: FlowView): Drain {
  const { acks, discriminating, unread, read, unit } = flow.drain
  const { family } = systemOf(flow, flow.server)
  // Linux with a small buffer, or any system that shows it: each window that could tell fell by all that had arrived.
  const exact = family === 'windows' || family === 'bsd' || (discriminating > 0 && unread === discriminating)
  return {
    system: family,
    model: unit > 0 && exact ? 'free-buffer' : family === 'linux' ? 'masked' : 'unknown',
    bufferBytes: flow.syn(flow.server)?.window ?? 0,
    unitBytes: unit,
    acknowledgments: acks,
    discriminating,
    unread,
    read,
  }
}

/** Weighs the window's right edge and, on Linux, the acknowledgments' delays. */
export function readingOf(flow: FlowView): Reading {
  const { acks, discriminating, unread, read } = flow.drain
  const numbers = { acks, discriminating, unread, read }
  const family = systemOf(flow, flow.server).family
  if (discriminating > 0 && unread === discriminating)
    return {
      ...numbers,
      verdict: 'unread',
      reason: `in ${unread} of ${discriminating} acknowledgments that can tell, out of ${acks}, the window fell by all that had arrived: its right edge did not move, so no byte was read`,
      brief: `no byte was read (${unread} of ${discriminating} acknowledgments that can tell, out of ${acks})`,
    }
  if (discriminating > 0 && read === discriminating && family !== null && family !== 'linux')
    return {
      ...numbers,
      verdict: 'read',
      reason: `in ${read} of ${discriminating} acknowledgments that can tell, out of ${acks}, the window was open again: the application reads`,
      brief: `it is read (${read} of ${discriminating} acknowledgments that can tell, out of ${acks})`,
    }
  if (family !== 'windows' && family !== 'bsd') {
    const byTiming = timing(flow, numbers)
    if (byTiming !== null) return byTiming
  }
  return { ...numbers, verdict: 'unknown', ...whyUnknown(flow, family === 'linux') }
}

function timing(flow: FlowView, numbers: Omit<Reading, 'verdict' | 'reason' | 'brief'>): Reading | null {
  const { promptAcks, delayedAcks } = flow
  if (promptAcks >= ENOUGH_PROMPT_ACKS && delayedAcks === 0)
    return {
      ...numbers,
      verdict: 'read',
      reason: `${promptAcks} acknowledgments after Linux's quick ones came at once, as they do when the application reads; unread data is acknowledged 40 ms late`,
      brief: `it is read: ${promptAcks} acknowledgments came at the moment of the read`,
    }
  if (delayedAcks >= ENOUGH_PROMPT_ACKS && promptAcks === 0)
    return {
      ...numbers,
      verdict: 'unread',
      reason: `${delayedAcks} acknowledgments after Linux's quick ones waited for the delayed-ACK timer (40 ms), as they do when the application does not read`,
      brief: `no byte was read: ${delayedAcks} acknowledgments waited for the delayed-ACK timer`,
    }
  return null
}

function whyUnknown(flow: FlowView, linux: boolean): Pick<Reading, 'reason' | 'brief'> {
  const { acks, discriminating, unit } = flow.drain
  const brief = `${discriminating} of ${acks} acknowledgments can tell whether it is read`
  if (acks === 0) return { brief, reason: 'no acknowledgment of new data shows a window' }
  if (unit === 0)
    return {
      brief,
      reason: `${discriminating} of ${acks} acknowledgments can tell: without both SYNs it is not known in which unit the window counts`,
    }
  if (linux)
    return {
      brief: `Linux's window hides whether it is read`,
      reason: `Linux's window hides what is unread until much more has arrived: none of ${acks} acknowledgments tells`,
    }
  if (discriminating > 0)
    return { brief, reason: `the ${discriminating} acknowledgments that could tell, out of ${acks}, disagree` }
  return {
    brief,
    reason: `0 of ${acks} acknowledgments can tell: all that was sent is less than one unit of the window, so an application that reads and one that does not show the same`,
  }
}
