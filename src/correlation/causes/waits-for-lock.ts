import type { LogEvent } from '../../log/event.ts'
import type { ConnectionFacts } from '../connection-facts.ts'
import { quotedLine } from '../processes/logged-process.ts'
import { saidOf } from '../processes/said-of.ts'
import type { CauseRule } from './cause.ts'
import { goesOnAccepting } from './goes-on-accepting.ts'

/** A line or a thread that is about accepting: not a listener of something else, nor a table of them. */
const ACCEPTS =
  /(?<!\b(?:db|database|event|message|queue|topic|kafka|consumer)[ _-]?)(?:accept|listen)(?!(?:ers?|ors?)[_-]?(?:table|list|map|pool|registry))/i

/** The thread that should accept or serve the connection waits for another. */
export const waitsForLock: CauseRule = (focus) => heldBeforeAccept(focus) ?? heldAfterAccept(focus)

/** Not accepted, and what accepts said last that it waits. */
const heldBeforeAccept: CauseRule = (focus) => {
  const { facts } = focus
  const { process, accepted } = facts
  const acceptor = acceptorOf(facts)
  const said = process?.file.events.findLast(
    (event) =>
      event.pattern === 'waits-for-lock' &&
      (ACCEPTS.test(`${event.thread ?? ''} ${event.text}`) || (acceptor !== null && isAbout(event, acceptor))),
  )
  if (!process || !said || accepted !== null || goesOnAccepting(focus, said)) return null
  return {
    verdict: 'waits-for-lock',
    claim: `What accepts waits for a lock (${quotedLine(process, said)}), and no accept follows: the connection stayed in the accept queue.`,
    confidence: 'likely',
  }
}

/** The thread that was told that the listening socket is readable, or that accepted last. */
function acceptorOf({ process, link }: ConnectionFacts): string | null {
  const polled = link?.listener?.readable.at(-1) ?? process?.file.events.findLast(({ kind }) => kind === 'accept')
  return polled?.thread ?? null
}

/** A line that the thread writes, or that names it: by its number only behind a word for it. */
function isAbout({ thread, text }: LogEvent, acceptor: string): boolean {
  if (thread === acceptor) return true
  const words = text.split(/[^\w-]+/)
  const named = words.indexOf(acceptor)
  return named >= 0 && (/[a-z]/i.test(acceptor) || /^(?:thread|tid)$/i.test(words[named - 1] ?? ''))
}

/** Accepted, and the thread that should serve it waits for another. */
const heldAfterAccept: CauseRule = ({ facts, scene }) => {
  const said =
    facts.accepted === null || facts.wire.serverPushes.length > 0 ? null : saidOf(facts, scene, 'waits-for-lock')
  return (
    said && {
      verdict: 'waits-for-lock',
      claim: `The process accepted the connection, and what should serve it waits for a lock (${quotedLine(facts.process!, said.event)}).`,
      confidence: said.isOwn ? 'likely' : 'suspected',
    }
  )
}
