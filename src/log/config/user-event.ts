import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import type { EventKind } from '../event.ts'
import { type Facts, factsOf } from '../facts/facts.ts'
import type { EventPattern } from '../pattern.ts'
import { IGNORE_CASE, linearPattern } from './linear-pattern.ts'

/** An event pattern as a user wrote it. */
export interface UserEvent {
  readonly id: string
  readonly kind: EventKind
  readonly keywords: readonly string[]
  readonly pattern: string
  readonly samples: readonly {
    readonly message: string
    readonly facts: Readonly<Record<string, unknown>>
    readonly where: string
  }[]
  readonly where: string
}

/** Makes an event pattern of a user's description, and checks it against its own samples. */
export function userEvent(user: UserEvent): EventPattern {
  const pattern = linearPattern(user.pattern, user.where, IGNORE_CASE)
  const event: EventPattern = {
    id: user.id,
    kind: user.kind,
    keywords: user.keywords.map((word) => word.toLowerCase()),
    pattern,
    samples: [],
  }
  for (const sample of user.samples) check(event, sample)
  return event
}

function check(event: EventPattern, sample: UserEvent['samples'][number]): void {
  const shown = `${sample.where}: the sample "${visible(sample.message)}"`
  const lower = sample.message.toLowerCase()
  const match = event.pattern.exec(sample.message)
  if (match === null) throw new Failure(`${shown} does not fit the pattern of event ${visible(event.id)}`)
  if (event.keywords.length > 0 && !event.keywords.some((word) => lower.includes(word)))
    throw new Failure(
      `${shown} holds none of the keywords ${event.keywords.map((word) => `"${visible(word)}"`).join(', ')}`,
      'a line without a keyword is never looked at: name words that are in every such line, or none',
    )
  const facts = factsOf(event.kind, sample.message, match.groups ?? {})
  for (const [name, expected] of Object.entries(sample.facts)) {
    const found = facts[name as keyof Facts]
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Failure(`${shown} gives ${visible(name)} ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
  }
}
