import type { LogEvent } from '../../log/event.ts'
import { tableMoves } from '../../log/patterns/tables/table-moves.ts'
import type { SlotWrite, SocketLife } from './socket-life.ts'

/** Patterns of lines that say that an entry moves. */
const MOVES: ReadonlySet<string> = new Set(tableMoves.map(({ id }) => id))
/** True for a line that moves an entry to another place. Its `value` is the place that was left. */
export const isMove = ({ pattern }: LogEvent): boolean => MOVES.has(pattern)

/** How many of a socket's last places are looked through for the one in a table: others are in tables of other names. */
const PLACES_KEPT = 8

/** Who was stored last in a slot, and how many closes that name no socket lay before. */
interface Owner {
  readonly life: SocketLife
  readonly since: number
}

/** The slots of a process's tables while its log is replayed. */
export class Slots {
  readonly writes: SlotWrite[] = []
  readonly #owners = new Map<string, Owner>()

  /** Who is in a slot; where lines name the table, in that table or in one that its line did not name. */
  ownerOf(event: LogEvent, slot: number): SocketLife | null {
    return this.#ownerOf(event, slot)?.life ?? null
  }

  /** The socket in the place that a line says an entry leaves; null where nobody is known to be there. */
  movedBy(event: LogEvent): SocketLife | null {
    return event.value === null ? null : this.ownerOf(event, Number(event.value))
  }

  /** `told` is the socket that the line itself says was there before; `closes` counts those that name no socket. */
  write(event: LogEvent, slot: number, life: SocketLife | null, told: SocketLife | null, closes: number): void {
    const former = told === null ? this.#ownerOf(event, slot) : { life: told, since: closes }
    const owner = former?.life ?? null
    const isOver = owner !== null && owner !== life && owner.ended === null && owner.detached === null
    this.writes.push({
      slot,
      event,
      life,
      over: isOver ? owner : null,
      excusable: closes > (former?.since ?? 0),
      moves: isMove(event) || (life !== null && this.#hasAnotherPlace(life, event, slot)),
    })
    if (life !== null) for (const key of slotKeys(event, slot)) this.#owners.set(key, { life, since: closes })
  }

  /** Which slots are taken is not known any more. */
  clear(): void {
    this.#owners.clear()
  }

  #ownerOf(event: LogEvent, slot: number): Owner | undefined {
    const [own, any] = slotKeys(event, slot)
    const owner =
      this.#owners.get(own) ??
      this.#owners.get(event.name === null ? any : slotKeys({ process: event.process, name: null }, slot)[0])
    // It has left the place for another one.
    return owner !== undefined && this.#hasAnotherPlace(owner.life, event, slot) ? undefined : owner
  }

  /** True where the last place that a socket was given in a table is another one. */
  #hasAnotherPlace({ attachments }: SocketLife, { name }: LogEvent, slot: number): boolean {
    const oldest = Math.max(0, attachments.length - PLACES_KEPT)
    for (let index = attachments.length - 1; index >= oldest; index--) {
      const place = attachments[index]!
      // A line that says that an entry moves may leave out in which table.
      const isThere = place.event.name === name || (place.event.name === null && isMove(place.event))
      if (place.slot !== null && isThere) return place.slot !== slot
    }
    return false
  }
}

/** A slot of the table that the line names, and one of whichever. */
const slotKeys = ({ process, name }: Pick<LogEvent, 'process' | 'name'>, slot: number): readonly [string, string] => [
  `${process ?? ''}/${name ?? ''}/${slot}`,
  `${process ?? ''}/*/${slot}`,
]
