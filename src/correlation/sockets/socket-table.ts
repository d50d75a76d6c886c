import type { EventKind, LogEvent } from '../../log/event.ts'
import { NOT_KEPT } from '../../log/gap-event.ts'
import { tableNumbers } from '../../log/patterns/tables/table-numbers.ts'
import { BoundSockets } from './bound-sockets.ts'
import { changesIn, isListing } from './listed-table.ts'
import { ListeningSockets } from './listening-sockets.ts'
import { ProcessEnding } from './process-ending.ts'
import { isMove, Slots } from './slots.ts'
import { keyOf } from './socket-identity.ts'
import { type Ending, type SocketLife, type SocketTable, speaksOfListening, withOne } from './socket-life.ts'
import { SocketLives } from './socket-lives.ts'
import { ToldAccepts } from './told-accepts.ts'

/**
 * Replays a log's socket lines in file order: equal stamps say nothing of order, the file does.
 * Lines without a handle are given to a socket by link name, then by thread, never by nearness in time.
 */
export function replaySockets(events: Iterable<LogEvent>): SocketTable {
  const replay = new Replay()
  for (const event of events) replay.take(event)
  return replay.table()
}

/** Patterns of numbers that need not be sockets'. */
const NUMBERS: ReadonlySet<string> = new Set(tableNumbers.map(({ id }) => id))

/** What a line says of a socket that is gone, and not only its entry. */
const SAYS_CLOSED = /clos|shut/i
/** A store of a listening socket, with its port: no other line need tell that it listens. */
const STORES_LISTENER = /\blisten(?:er|ing)\b/i
/** The pattern of what is put into a poll, which has no places. */
const WATCHED = 'watched'
class Replay {
  readonly lives = new SocketLives()
  readonly #anonymousCloses: LogEvent[] = []
  readonly #others: LogEvent[] = []
  readonly #listening = new ListeningSockets()
  readonly #bound = new BoundSockets()
  readonly #slots = new Slots()
  readonly #ending = new ProcessEnding(this.lives)
  readonly #accepts = new ToldAccepts(this.lives)
  /** A line has told of a connection that a process makes itself. */
  #connects = false

  take(event: LogEvent): void {
    this.#ending.meets(event)
    if (NUMBERS.has(event.pattern) && !this.#knowsOneOf(event)) this.#others.push(event)
    else STEPS[event.kind](this, event)
  }

  table(): SocketTable {
    this.#ending.settle()
    return {
      lives: this.lives.all,
      listeners: this.lives.all.filter(({ listening }) => listening !== null),
      writes: this.#slots.writes,
      anonymousCloses: this.#anonymousCloses,
      others: this.#others,
      livesOf: (events) => this.lives.told(new Set(events)),
    }
  }

  accepts(event: LogEvent): void {
    this.#accepts.take(event)
  }

  creates(event: LogEvent): void {
    const life = this.lives.born(event, 'created')
    if (life !== null && speaksOfListening(event)) this.#bound.add(event, life)
  }

  binds(event: LogEvent): void {
    const life = this.lives.named(event)
    if (life === null) this.#others.push(event)
    else {
      life.bind = event
      this.#bound.add(event, life)
    }
  }

  listens(event: LogEvent): void {
    const told = this.#listening.toldAgainBy(event)
    if (told !== null) {
      this.lives.speaks(event, told)
      return
    }
    const address = event.port === null ? null : `${event.process ?? ''}/listen/${event.address ?? '*'}:${event.port}`
    const key = keyOf(event) ?? address
    const open =
      (key === null ? null : this.lives.at(key)) ?? (event.handle === null ? this.#meantToListen(event) : null)
    // The same address a second time: the listener before it is gone.
    const life =
      open && open.listening === null ? open : this.lives.born(event, 'seen', key ?? `${event.process ?? ''}/listen`)
    if (!life) return
    if (address !== null) this.lives.isAlso(address, life)
    this.#listensBy(event, life)
    if (event.slot !== null) this.#takesPlace(event, event.slot, life)
    this.lives.speaks(event, life)
  }

  /** The line that tells of its listening names its place in the table, too. */
  #takesPlace(event: LogEvent, slot: number, life: SocketLife): void {
    this.#slots.write(event, slot, life, null, this.#anonymousCloses.length)
    life.detached = null
    life.attachments = withOne(life.attachments, { slot, event, certain: true })
    this.lives.unattached.remove(life)
  }

  /** The socket that a line without a handle means: one made to listen, else the only one that its process has made. */
  #meantToListen(event: LogEvent): SocketLife | null {
    const bound = this.#bound.meantBy(event)
    if (bound !== null || this.#connects) return bound
    const own = this.lives.open.filter(({ process }) => process === event.process)
    const [only] = own
    return own.length === 1 && only!.created !== null && only!.listening === null ? only! : null
  }

  /** A process that connects makes sockets for that, too: of the next one it is not known what for. */
  connects(event: LogEvent): void {
    this.#connects = true
    this.#others.push(event)
  }

  #listensBy(event: LogEvent, life: SocketLife): void {
    life.listening ??= event
    this.#listening.add(life)
  }

  becomesReadable(event: LogEvent): void {
    for (const handle of event.handles.length > 0 ? event.handles : [event.handle]) {
      if (handle === null) continue
      const life = this.lives.named(event, `${event.process ?? ''}/${handle}`)
      if (life) life.readable = withOne(life.readable, event)
    }
  }

  attaches(event: LogEvent): void {
    if (event.pattern === WATCHED) {
      const life = this.lives.named(event)
      if (life) life.detached = null
      return
    }
    const { life, certain } = this.#storedBy(event)
    if (event.slot !== null)
      this.#slots.write(event, event.slot, life, this.#toldOwner(event), this.#anonymousCloses.length)
    if (!life) return
    this.lives.speaks(event, life)
    if (event.port !== null && event.peerPort === null && STORES_LISTENER.test(event.text)) this.#listensBy(event, life)
    life.attachments = withOne(life.attachments, { slot: event.slot, event, certain })
    life.detached = null
    this.lives.unattached.remove(life)
  }

  /** A line that lists the whole table: what it holds anew was stored since the last one, and what it lacks was taken out. */
  lists(event: LogEvent): void {
    const { stored, gone } = changesIn(event, this.lives, this.#slots)
    for (const { slot, life } of stored) this.#takesPlace(event, slot, life)
    for (const life of gone) life.detached = event
  }

  #storedBy(event: LogEvent): { readonly life: SocketLife | null; readonly certain: boolean } {
    if (event.handle !== null) return { life: this.lives.named(event), certain: true }
    return isMove(event) ? { life: this.#slots.movedBy(event), certain: true } : this.lives.unattached.meantBy(event)
  }

  /** What a line stores, or what was there before, is a socket that is open. */
  #knowsOneOf(event: LogEvent): boolean {
    const key = keyOf(event)
    if ((key !== null && this.lives.at(key) !== undefined) || this.#toldOwner(event) !== null) return true
    return event.value === null && event.slot !== null && this.#slots.ownerOf(event, event.slot)?.ended === null
  }

  /** The socket that the line itself says was in the place before. */
  #toldOwner(event: LogEvent): SocketLife | null {
    if (event.value === null || isMove(event)) return null
    return this.lives.at(`${event.process ?? ''}/${event.value}`) ?? null
  }

  detaches(event: LogEvent): void {
    const owner = event.slot === null ? null : this.#slots.ownerOf(event, event.slot)
    const life = event.handle === null ? owner : this.lives.named(event)
    if (!life) return
    life.detached = event
    this.lives.speaks(event, life)
  }

  namesLink(event: LogEvent): void {
    this.#connects = true
    const life = event.handle === null ? this.lives.ofThread(event) : this.lives.named(event)
    if (!life || event.name === null) {
      this.#others.push(event)
      return
    }
    this.lives.isCalled(event.name, life)
    this.lives.speaks(event, life)
  }

  closes(event: LogEvent, how: Ending): void {
    const life = this.#closedBy(event)
    if (!life) this.#anonymousCloses.push(event)
    else if (how === 'idle-closed' && life.listening !== null && !SAYS_CLOSED.test(event.text)) {
      // A sweep that takes it for an idle connection drops its entry: the socket goes on listening.
      life.detached = event
      this.lives.speaks(event, life)
    } else {
      this.lives.speaks(event, life)
      this.lives.end(life, event, how)
    }
  }

  #closedBy(event: LogEvent): SocketLife | null {
    const key = keyOf(event)
    if (key !== null) return this.lives.at(key) ?? this.lives.ofPeer(event)
    const listener = this.#listening.closedBy(event, this.lives.ofThread(event))
    if (listener !== null || event.pattern === 'listener-closed') return listener
    const life = this.lives.ofName(event.name) ?? this.lives.ofThread(event)
    // A close that names no socket is a connection's, whose thread may be the one that listens, too.
    // A close of the listening socket says so.
    return life && life.ended === null && (life.listening === null || speaksOfListening(event)) ? life : null
  }

  processEnds(event: LogEvent): void {
    this.#ending.isTold(event)
    this.#others.push(event)
  }

  /**
   * Lines were not kept: what was open may be closed, and its number another socket's; a listening socket is taken to stay.
   * Which slots are taken is not known either.
   */
  forgets(event: LogEvent): void {
    for (const life of this.lives.open) if (life.listening === null) this.lives.end(life, event, 'not-kept')
    this.lives.forgetNames()
    this.#slots.clear()
    this.#accepts.clear()
    this.#others.push(event)
  }

  other(event: LogEvent): void {
    this.#others.push(event)
  }
}

const STEPS: Readonly<Record<EventKind, (replay: Replay, event: LogEvent) => void>> = {
  'socket-created': (replay, event) => replay.creates(event),
  bind: (replay, event) => replay.binds(event),
  'bind-failed': (replay, event) => {
    const life = replay.lives.named(event)
    if (life) life.bindFailed = event
    replay.other(event)
  },
  listening: (replay, event) => replay.listens(event),
  accept: (replay, event) => replay.accepts(event),
  'accept-failed': (replay, event) => replay.other(event),
  readable: (replay, event) => replay.becomesReadable(event),
  'not-matched': (replay, event) => {
    const life = replay.lives.named(event)
    if (life) life.notMatched = withOne(life.notMatched, event)
    else replay.other(event)
  },
  attach: (replay, event) => (isListing(event) ? replay.lists(event) : replay.attaches(event)),
  detach: (replay, event) => replay.detaches(event),
  recv: (replay, event) => {
    const life = replay.lives.named(event)
    if (life) life.received = withOne(life.received, event)
    else replay.other(event)
  },
  send: (replay, event) => {
    const life = replay.lives.named(event)
    if (life) life.sent = withOne(life.sent, event)
    else replay.other(event)
  },
  connect: (replay, event) => replay.connects(event),
  connected: (replay, event) => replay.namesLink(event),
  'connect-failed': (replay, event) => replay.connects(event),
  'idle-close': (replay, event) => replay.closes(event, 'idle-closed'),
  'peer-close': (replay, event) => replay.closes(event, 'peer-closed'),
  close: (replay, event) => replay.closes(event, 'closed'),
  error: (replay, event) => replay.other(event),
  status: (replay, event) => replay.other(event),
  'no-answer': (replay, event) => replay.other(event),
  'process-start': (replay, event) => replay.processEnds(event),
  'process-end': (replay, event) => replay.processEnds(event),
  'connection-count': (replay, event) => replay.other(event),
  'queue-length': (replay, event) => replay.other(event),
  'connection-listed': (replay, event) => replay.other(event),
  'log-level': (replay, event) => replay.other(event),
  'lines-dropped': (replay, event) => {
    if (event.pattern === NOT_KEPT) replay.forgets(event)
    else replay.other(event)
  },
}
