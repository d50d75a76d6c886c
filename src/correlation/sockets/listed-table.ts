import type { LogEvent } from '../../log/event.ts'
import { tableListed } from '../../log/patterns/tables/table-listed.ts'
import type { Slots } from './slots.ts'
import type { SocketLife } from './socket-life.ts'
import type { SocketLives } from './socket-lives.ts'

const PATTERNS: ReadonlySet<string> = new Set(tableListed.map(({ id }) => id))
/** True for a line that lists a whole table of sockets. */
export const isListing = ({ pattern }: LogEvent): boolean => PATTERNS.has(pattern)

/** A place of a table and the socket in it; null where it is empty. */
interface ListedPlace {
  readonly slot: number
  readonly handle: string | null
}

/** A socket's number, or what is no socket: `-1`, `free`, and 0, which is the standard input where it is anything. */
const ENTRY = String.raw`(?:(?:fd|sock(?:et)?|handle)[ \t]*[=:#]?[ \t]*)?(0x[\da-f]{1,16}|\d{1,20}|-1|[a-z_]{3,20}|-)`
const NUMBERED = new RegExp(String.raw`\[(\d{1,6})\][ \t]*(?:=>?|->|:)[ \t]*${ENTRY}`, 'gi')
const IN_ORDER = /[[{]([^\]}[{]{1,400})[\]}]/
const SOCKET = /^(?:0x[\da-f]+|[1-9]\d*)$/i

/** What changed since a table was listed, or told of, before. */
export interface ListedChanges {
  /** Those that had a place in it come first: who moves has left it before another one takes it. */
  readonly stored: readonly { readonly slot: number; readonly life: SocketLife }[]
  /** Whose place is empty, and who has no other. */
  readonly gone: readonly SocketLife[]
}

/** Compares what a line lists with who was in the table's places; a table of no socket that is known is one of something else. */
export function changesIn(event: LogEvent, lives: SocketLives, slots: Slots): ListedChanges {
  const places = listedPlaces(event)
  const openOf = (handle: string) => lives.at(`${event.process ?? ''}/${handle}`)
  const isKnown = ({ slot, handle }: ListedPlace) =>
    slots.ownerOf(event, slot) !== null || (handle !== null && openOf(handle) !== undefined)
  if (!places.some(isKnown)) return { stored: [], gone: [] }
  const stored = places.flatMap(({ slot, handle }) => {
    if (handle === null) return []
    const owner = slots.ownerOf(event, slot)
    const life = owner !== null && owner === openOf(handle) ? null : lives.named({ ...event, handle })
    return life === null ? [] : [{ slot, life }]
  })
  const gone = places.flatMap(({ slot, handle }) => {
    const owner = handle === null ? slots.ownerOf(event, slot) : null
    return owner === null || places.some((place) => place.handle === owner.handle) ? [] : [owner]
  })
  return { stored: stored.sort((a, b) => Number(hasPlace(b.life)) - Number(hasPlace(a.life))), gone }
}

const hasPlace = ({ attachments }: SocketLife): boolean => attachments.length > 0

/** What a line says stands in each place of a table. */
function listedPlaces({ text }: LogEvent): ListedPlace[] {
  const numbered = [...text.matchAll(NUMBERED)]
  if (numbered.length > 1) return numbered.map(([, slot, entry]) => placeOf(Number(slot), entry!))
  const inOrder =
    IN_ORDER.exec(text)?.[1]
      ?.split(/[ \t,]+/)
      .filter((entry) => entry !== '') ?? []
  return inOrder.map((entry, slot) => placeOf(slot, entry))
}

const placeOf = (slot: number, entry: string): ListedPlace => ({ slot, handle: SOCKET.test(entry) ? entry : null })
