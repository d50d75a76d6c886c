import type { Compared, ComparedRole, Comparison } from '../compare/comparison.ts'
import type { Role } from '../compare/pairing.ts'
import type { Story } from '../compare/story.ts'
import type { AddressMap } from './address-map.ts'
import { redactCapture } from './redact-capture.ts'
import { TextRedaction } from './redact-text.ts'

/** A comparison as it may be shared: the addresses of both captures mapped alike, captures by their base names. */
export function redactComparison(comparison: Comparison, addresses: AddressMap): Comparison {
  const texts = new TextRedaction(addresses, [comparison.a.capture.path, comparison.b.capture.path])
  const compared = (one: Compared): Compared => ({ ...one, capture: redactCapture(one.capture, texts) })
  const story = (one: Story): Story => ({ ...one, client: end(one.client), server: end(one.server) })
  const end = (one: Story['client']): Story['client'] => ({ ...one, address: addresses.of(one.address) })
  const role = (one: Role): Role => ({ ...one, stories: one.stories.map(story) })
  const pair = (one: ComparedRole): ComparedRole => ({
    ...one,
    a: role(one.a),
    b: role(one.b),
    pairs: one.pairs.map((told) => ({ ...told, a: story(told.a), b: story(told.b) })),
    attemptsA: one.attemptsA.map(story),
    attemptsB: one.attemptsB.map(story),
  })
  return {
    ...comparison,
    a: compared(comparison.a),
    b: compared(comparison.b),
    roles: comparison.roles.map(pair),
    onlyA: comparison.onlyA.map(role),
    onlyB: comparison.onlyB.map(role),
  }
}
