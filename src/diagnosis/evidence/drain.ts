import type { FlowView } from '../../flow/flow-view.ts'
import { counted } from '../../text/plural.ts'
import { familyOf, type SystemFamily } from './system.ts'

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
  /** fell: each window that could tell, by all that had arrived. hidden: Linux's do not tell. open: some or all stayed open. */
  readonly windows: 'fell' | 'open' | 'hidden'
  readonly reason: string
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
  const family = familyOf(flow, flow.server)
  // Linux with a small buffer, or any system that shows it.
  const exact = family === 'windows' || family === 'bsd' || hasFallen(flow)
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

/** Linux's receive buffer where nobody sets another (tcp_rmem). */
const LINUX_BUFFER = 131_072

/**
 * Linux took in more than its buffer holds at first, which it enlarges for an application that reads (tcp_rcv_space_adjust) and
 * for no other: measured, what is never read fills up after 120,000 to 128,000 bytes.
 */
export const hasOutgrownBuffer = (flow: FlowView): boolean =>
  flow.acknowledged(flow.client) > LINUX_BUFFER && familyOf(flow, flow.server) === 'linux'

/** What tells whether the server's application reads: its window, or the acknowledgments' delays. */
type Sign = 'unread window' | 'read window' | 'prompt' | 'delayed' | 'none'

const VERDICTS = {
  'unread window': 'unread',
  'read window': 'read',
  prompt: 'read',
  delayed: 'unread',
  none: 'unknown',
} as const satisfies Record<Sign, Reading['verdict']>

/** Weighs the window's right edge and, on Linux, the acknowledgments' delays. */
export function readingOf(flow: FlowView): Reading {
  const { acks, discriminating, unread, read } = flow.drain
  const sign = signOf(flow)
  return {
    acks,
    discriminating,
    unread,
    read,
    windows: hasFallen(flow) ? 'fell' : familyOf(flow, flow.server) === 'linux' ? 'hidden' : 'open',
    verdict: VERDICTS[sign],
    reason: REASONS[sign](flow),
  }
}

/** The verdict of the reading alone: many flows are asked for no more. */
export const readingVerdict = (flow: FlowView): Reading['verdict'] => VERDICTS[signOf(flow)]

/** The verdict of the reading and what it rests on in a few words, for a list of causes. */
export function briefReading(flow: FlowView): { readonly verdict: Reading['verdict']; readonly brief: string } {
  const sign = signOf(flow)
  return { verdict: VERDICTS[sign], brief: BRIEFS[sign](flow) }
}

/** Acknowledgments that are told apart by a number; a flow with more is like no other. */
const MOST_COMPARED = 4096
const SIGNS: readonly Sign[] = ['unread window', 'read window', 'prompt', 'delayed', 'none']

/** Numbers that {@link briefVariant} gives: below this. */
export const BRIEF_VARIANTS = (SIGNS.length + 1) * MOST_COMPARED ** 2

/** Equal where what {@link briefReading} gives is equal; -1 where it is not worth comparing. */
export function briefVariant(flow: FlowView): number {
  const sign = signOf(flow)
  if (sign === 'none' && isHiddenByLinux(flow)) return SIGNS.length * MOST_COMPARED ** 2
  const isTimed = sign === 'prompt' || sign === 'delayed'
  // Where the windows are a sign, all of those that can tell say the same.
  const { acks, discriminating } = flow.drain
  const one = isTimed ? flow.promptAcks : acks
  const other = isTimed ? flow.delayedAcks : discriminating
  if (one >= MOST_COMPARED || other >= MOST_COMPARED) return -1
  return (SIGNS.indexOf(sign) * MOST_COMPARED + one) * MOST_COMPARED + other
}

/** Each window that could tell fell by all that had arrived. */
function hasFallen(flow: FlowView): boolean {
  const { discriminating, unread } = flow.drain
  return discriminating > 0 && unread === discriminating
}

/** Each of them was open again. */
function isOpenAgain(flow: FlowView): boolean {
  const { discriminating, read } = flow.drain
  return discriminating > 0 && read === discriminating
}

function signOf(flow: FlowView): Sign {
  if (hasFallen(flow)) return 'unread window'
  const family = familyOf(flow, flow.server)
  if (family === 'linux') return timing(flow)
  if (family !== null) return isOpenAgain(flow) ? 'read window' : 'none'
  const sign = timing(flow)
  return sign === 'delayed' && isOpenAgain(flow) ? 'none' : sign
}

function timing({ promptAcks, delayedAcks }: FlowView): Sign {
  if (promptAcks >= ENOUGH_PROMPT_ACKS && delayedAcks === 0) return 'prompt'
  return delayedAcks >= ENOUGH_PROMPT_ACKS && promptAcks === 0 ? 'delayed' : 'none'
}

const REASONS: Readonly<Record<Sign, (flow: FlowView) => string>> = {
  'unread window': ({ drain: { acks, discriminating, unread } }) =>
    `in ${unread} of ${discriminating} acknowledgments that can tell, out of ${acks}, the window fell by all that had arrived: its right edge did not move, so no byte was read`,
  'read window': ({ drain: { acks, discriminating, read } }) =>
    `in ${read} of ${discriminating} acknowledgments that can tell, out of ${acks}, the window was open again: the application reads`,
  prompt: ({ promptAcks }) =>
    `${promptAcks} acknowledgments after Linux’s quick ones came at once, as they do when the application reads; unread data is acknowledged 40 ms late`,
  delayed: ({ delayedAcks }) =>
    `${delayedAcks} acknowledgments after Linux’s quick ones waited for the delayed-ACK timer (40 ms), as they do when the application does not read`,
  none: whyUnknown,
}

const BRIEFS: Readonly<Record<Sign, (flow: FlowView) => string>> = {
  'unread window': ({ drain: { acks, discriminating, unread } }) =>
    `no byte was read (${unread} of ${discriminating} acknowledgments that can tell, out of ${acks})`,
  'read window': ({ drain: { acks, discriminating, read } }) =>
    `it is read (${read} of ${discriminating} acknowledgments that can tell, out of ${acks})`,
  prompt: ({ promptAcks }) => `it is read: ${promptAcks} acknowledgments came at the moment of the read`,
  delayed: ({ delayedAcks }) => `no byte was read: ${delayedAcks} acknowledgments waited for the delayed-ACK timer`,
  none: briefDoubt,
}

/** True where only Linux's way of telling its window hides what is read. */
const isHiddenByLinux = (flow: FlowView): boolean =>
  flow.drain.acks > 0 && flow.drain.unit > 0 && familyOf(flow, flow.server) === 'linux'

function briefDoubt(flow: FlowView): string {
  if (isHiddenByLinux(flow)) return `Linux’s window hides whether it is read`
  const { acks, discriminating } = flow.drain
  if (acks === 0) return 'no acknowledgment of new data shows whether it is read'
  const few = `${discriminating} of ${acks} acknowledgments can tell whether it is read`
  return discriminating === 0 ? few : `${few}, and do not decide it`
}

function whyUnknown(flow: FlowView): string {
  const { acks, discriminating, unread, read, unit } = flow.drain
  if (acks === 0) return 'no acknowledgment of new data shows a window'
  if (unit === 0)
    return `${discriminating} of ${acks} acknowledgments can tell: without both SYNs it is not known in which unit the window counts`
  if (isHiddenByLinux(flow))
    return `Linux’s window hides what is unread until much more has arrived: none of ${counted(acks, 'acknowledgment')} tells`
  if (isOpenAgain(flow))
    return `in ${discriminating} of ${acks} acknowledgments the window was open again, as where the application reads; but ${timing(flow) === 'delayed' ? 'they waited as long as Linux lets unread data wait' : 'nothing names the server’s system, and Linux’s window hides what is unread'}`
  if (discriminating > 0)
    return `of the ${discriminating} acknowledgments that can tell, out of ${acks}, ${unread} say unread and ${read} say read`
  const little = flow.payload(flow.client) < unit ? 'all that was sent is less than one unit of the window, so ' : ''
  return `0 of ${acks} acknowledgments can tell: ${little}an application that reads and one that does not show the same`
}
