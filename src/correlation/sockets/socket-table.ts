import type { EventKind, LogEvent } from '../../log/event.ts'
import { NOT_KEPT } from '../../log/gap-event.ts'
import { tableNumbers } from '../../log/patterns/tables/table-numbers.ts'
import { BoundSockets } from './bound-sockets.ts'
import { ListeningSockets } from './listening-sockets.ts'
import { isMove, Slots } from './slots.ts'
import { isOfAnother, keyOf, peerKey, tellsAgain, threadKey } from './socket-identity.ts'
import {
  bornWith,
  type Ending,
  isOfUnit,
  type SocketLife,
  type SocketTable,
  speaksOfListening,
  withOne,
} from './socket-life.ts'
import { UnattachedSockets } from './unattached-sockets.ts'

/** Accepts that a line may tell of once more: others lie between only where several threads accept. */
const ACCEPTS_KEPT = 8

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

/** Patterns of what ends or starts while its process goes on. */
const PARTS: readonly string[] = ['part-end', 'part-start']
/** What a line says of a socket that is gone, and not only its entry. */
const SAYS_CLOSED = /clos|shut/i
/** A store of a listening socket, with its port: no other line need tell that it listens. */
const STORES_LISTENER = /\blisten(?:er|ing)\b/i
/** The pattern of what is put into a poll, which has no places. */
const WATCHED = 'watched'
/** What a process does first: its sockets of before are gone. */
const BIRTHS: readonly EventKind[] = ['socket-created', 'bind', 'listening']
/** What shows that a process goes on: one that starts has no sockets to use, one that ends may serve what it has to the last. */
const GOES_ON: Readonly<Record<'start' | 'end', readonly EventKind[]>> = {
  start: ['accept', 'recv', 'send', 'readable', 'attach', 'not-matched'],
  end: ['accept'],
}

/** A line or a life of the process that another line is of, as far as they tell. */
const isOf = ({ process }: Pick<LogEvent, 'process'>, other: LogEvent): boolean =>
  other.process === null || process === other.process

class Replay {
  readonly #lives: SocketLife[] = []
  readonly #anonymousCloses: LogEvent[] = []
  readonly #others: LogEvent[] = []
  /** Lines, and the life that each was taken to speak of. */
  readonly #spoken: LogEvent[] = []
  readonly #spokenOf: SocketLife[] = []
  readonly #open = new Map<string, SocketLife>()
  readonly #byThread = new Map<string, SocketLife>()
  readonly #byName = new Map<string, SocketLife>()
  readonly #listening = new ListeningSockets()
  readonly #bound = new BoundSockets()
  /** The last that was accepted from each port: a program's lines call a connection by its handle here, by its peer there. */
  readonly #byPeer = new Map<string, SocketLife>()
  readonly #slots = new Slots()
  readonly #unattached = new UnattachedSockets()
  /** A process's end or start of which no line has told yet what became of its sockets. */
  #ending: LogEvent | null = null
  readonly #accepts: SocketLife[] = []

  take(event: LogEvent): void {
    if (this.#ending !== null && isOf(event, this.#ending)) this.#settle(event, this.#ending)
    if (NUMBERS.has(event.pattern) && !this.#knowsOneOf(event)) this.#others.push(event)
    else STEPS[event.kind](this, event)
  }

  /** A line after one of an end or a start: the process is born again, or goes on with sockets that it had. */
  #settle(event: LogEvent, ending: LogEvent): void {
    if (BIRTHS.includes(event.kind)) this.#endAll(ending)
    else if (!GOES_ON[ending.kind === 'process-end' ? 'end' : 'start'].includes(event.kind)) return
    this.#ending = null
  }

  table(): SocketTable {
    // A start that nothing follows is told by a process that has started: what it listens on came before.
    if (this.#ending?.kind === 'process-end') this.#endAll(this.#ending)
    return {
      lives: this.#lives,
      listeners: this.#lives.filter(({ listening }) => listening !== null),
      writes: this.#slots.writes,
      anonymousCloses: this.#anonymousCloses,
      others: this.#others,
      livesOf: (events) => this.#livesOf(new Set(events)),
    }
  }

  /** A map of all lines, of which few are asked for, took more than the whole replay. */
  #livesOf(asked: ReadonlySet<LogEvent>): Map<LogEvent, SocketLife> {
    const lives = new Map<LogEvent, SocketLife>()
    for (let i = 0; i < this.#spoken.length; i++) {
      const event = this.#spoken[i]!
      if (asked.has(event)) lives.set(event, this.#spokenOf[i]!)
    }
    return lives
  }

  #speaks(event: LogEvent, life: SocketLife): void {
    this.#spoken.push(event)
    this.#spokenOf.push(life)
  }

  born(event: LogEvent, made: 'created' | 'accepted' | 'seen', key = keyOf(event)): SocketLife | null {
    if (key === null) return null
    const former = this.#open.get(key)
    // The system hands a number out again only after its last owner was closed.
    if (former) this.#end(former, event, 'number-reused')
    const life = bornWith(event, key, made)
    this.#lives.push(life)
    this.#open.set(key, life)
    this.#speaks(event, life)
    this.#unattached.add(life)
    const thread = threadKey(event)
    if (thread !== null) this.#byThread.set(thread, life)
    return life
  }

  /** The open socket that a line names; a new life where the log begins in the middle of one. */
  named(event: LogEvent, key = keyOf(event)): SocketLife | null {
    if (key === null) return null
    const life = this.#open.get(key) ?? this.#ofPeer(event) ?? this.born(event, 'seen', key)
    if (life) this.#speaks(event, life)
    return life
  }

  /** An accept; or another line of one that was told already: the call's result, and then whose connection it is. */
  accepts(event: LogEvent): void {
    const told = this.#accepts.find((life) => tellsAgain(life, event))
    // Named by nothing, it is still one accept: the queue's order may tell whose.
    const key = keyOf(event) ?? `${event.process ?? ''}/accept/${event.order}`
    if (told === undefined) {
      const life = this.born(event, 'accepted', key)!
      this.#accepts.push(life)
      if (this.#accepts.length > ACCEPTS_KEPT) this.#accepts.shift()
      this.#meets(event, life)
      return
    }
    this.#meets(event, told)
    told.toldBy = withOne(told.toldBy, event)
    if (event.peerPort !== null && told.accepted!.peerPort === null) told.accepted = event
    told.handle ??= event.handle
    this.#open.set(key, told)
    this.#speaks(event, told)
  }

  #meets(event: LogEvent, life: SocketLife): void {
    if (event.peerPort !== null) this.#byPeer.set(peerKey(event), life)
  }

  /** The open connection with the peer that a line names, unless the two name different handles or addresses. */
  #ofPeer(event: LogEvent): SocketLife | null {
    const life = event.peerPort === null ? undefined : this.#byPeer.get(peerKey(event))
    if (life === undefined || life.ended !== null) return null
    return isOfAnother(life, event) ? null : life
  }

  binds(event: LogEvent): void {
    const life = this.named(event)
    if (life === null) this.#others.push(event)
    else {
      life.bind = event
      this.#bound.add(event, life)
    }
  }

  listens(event: LogEvent): void {
    const told = this.#listening.toldAgainBy(event)
    if (told !== null) {
      this.#speaks(event, told)
      return
    }
    const address = event.port === null ? null : `${event.process ?? ''}/listen/${event.address ?? '*'}:${event.port}`
    const key = keyOf(event) ?? address
    const open = key === null ? this.#bound.meantBy(event) : this.#open.get(key)
    // The same address a second time: the listener before it is gone.
    const life =
      open && open.listening === null ? open : this.born(event, 'seen', key ?? `${event.process ?? ''}/listen`)
    if (!life) return
    this.#listensBy(event, life)
    this.#speaks(event, life)
  }

  #listensBy(event: LogEvent, life: SocketLife): void {
    life.listening ??= event
    this.#listening.add(life)
  }

  becomesReadable(event: LogEvent): void {
    for (const handle of event.handles.length > 0 ? event.handles : [event.handle]) {
      if (handle === null) continue
      const life = this.named(event, `${event.process ?? ''}/${handle}`)
      if (life) life.readable = withOne(life.readable, event)
    }
  }

  attaches(event: LogEvent): void {
    if (event.pattern === WATCHED) {
      const life = this.named(event)
      if (life) life.detached = null
      return
    }
    const { life, certain } = this.#storedBy(event)
    if (event.slot !== null)
      this.#slots.write(event, event.slot, life, this.#toldOwner(event), this.#anonymousCloses.length)
    if (!life) return
    this.#speaks(event, life)
    if (event.port !== null && event.peerPort === null && STORES_LISTENER.test(event.text)) this.#listensBy(event, life)
    life.attachments = withOne(life.attachments, { slot: event.slot, event, certain })
    life.detached = null
    this.#unattached.remove(life)
  }

  #storedBy(event: LogEvent): { readonly life: SocketLife | null; readonly certain: boolean } {
    if (event.handle !== null) return { life: this.named(event), certain: true }
    return isMove(event) ? { life: this.#slots.movedBy(event), certain: true } : this.#unattached.meantBy(event)
  }

  /** What a line stores, or what was there before, is a socket that is open. */
  #knowsOneOf(event: LogEvent): boolean {
    const key = keyOf(event)
    if ((key !== null && this.#open.has(key)) || this.#toldOwner(event) !== null) return true
    return event.value === null && event.slot !== null && this.#slots.ownerOf(event, event.slot)?.ended === null
  }

  /** The socket that the line itself says was in the place before. */
  #toldOwner(event: LogEvent): SocketLife | null {
    if (event.value === null || isMove(event)) return null
    return this.#open.get(`${event.process ?? ''}/${event.value}`) ?? null
  }

  detaches(event: LogEvent): void {
    const owner = event.slot === null ? null : this.#slots.ownerOf(event, event.slot)
    const life = event.handle === null ? owner : this.named(event)
    if (!life) return
    life.detached = event
    this.#speaks(event, life)
  }

  namesLink(event: LogEvent): void {
    const life = event.handle === null ? this.#ofThread(event) : this.named(event)
    if (!life || event.name === null) {
      this.#others.push(event)
      return
    }
    life.name = event.name
    this.#speaks(event, life)
    this.#byName.set(event.name, life)
  }

  closes(event: LogEvent, how: Ending): void {
    const life = this.#closedBy(event)
    if (!life) this.#anonymousCloses.push(event)
    else if (how === 'idle-closed' && life.listening !== null && !SAYS_CLOSED.test(event.text)) {
      // A sweep that takes it for an idle connection drops its entry: the socket goes on listening.
      life.detached = event
      this.#speaks(event, life)
    } else {
      this.#speaks(event, life)
      this.#end(life, event, how)
    }
  }

  #closedBy(event: LogEvent): SocketLife | null {
    const key = keyOf(event)
    if (key !== null) return this.#open.get(key) ?? this.#ofPeer(event)
    const listener = this.#listening.closedBy(event, this.#ofThread(event))
    if (listener !== null || event.pattern === 'listener-closed') return listener
    const named = event.name === null ? undefined : this.#byName.get(event.name)
    const life = named ?? this.#ofThread(event)
    // A close that names no socket is a connection's, whose thread may be the one that listens, too.
    // A close of the listening socket says so.
    return life && life.ended === null && (life.listening === null || speaksOfListening(event)) ? life : null
  }

  #ofThread(event: LogEvent): SocketLife | null {
    const thread = threadKey(event)
    return thread === null ? null : (this.#byThread.get(thread) ?? null)
  }

  #end(life: SocketLife, event: LogEvent, how: Ending): void {
    if (life.ended === null) life.ended = { event, how }
    if (this.#open.get(life.key) === life) this.#open.delete(life.key)
    this.#unattached.remove(life)
  }

  /** Whether it is the process itself that ends or starts, the lines after it tell. */
  processEnds(event: LogEvent): void {
    if (!PARTS.includes(event.pattern)) this.#ending ??= event
    this.#others.push(event)
  }

  #endAll(ending: LogEvent): void {
    for (const life of [...this.#open.values()])
      if (life.first.order < ending.order && isOf(life, ending) && !isOfUnit(life.first))
        this.#end(life, ending, 'process-ended')
  }

  /**
   * Lines were not kept: what was open may be closed, and its number another socket's; a listening socket is taken to stay.
   * Which slots are taken is not known either.
   */
  forgets(event: LogEvent): void {
    for (const life of [...this.#open.values()]) if (life.listening === null) this.#end(life, event, 'not-kept')
    for (const map of [this.#byThread, this.#byName, this.#byPeer]) map.clear()
    this.#slots.clear()
    this.#unattached.clear()
    this.#accepts.length = 0
    this.#others.push(event)
  }

  other(event: LogEvent): void {
    this.#others.push(event)
  }
}

const STEPS: Readonly<Record<EventKind, (replay: Replay, event: LogEvent) => void>> = {
  'socket-created': (replay, event) => void replay.born(event, 'created'),
  bind: (replay, event) => replay.binds(event),
  'bind-failed': (replay, event) => {
    const life = replay.named(event)
    if (life) life.bindFailed = event
    replay.other(event)
  },
  listening: (replay, event) => replay.listens(event),
  accept: (replay, event) => replay.accepts(event),
  'accept-failed': (replay, event) => replay.other(event),
  readable: (replay, event) => replay.becomesReadable(event),
  'not-matched': (replay, event) => {
    const life = replay.named(event)
    if (life) life.notMatched = withOne(life.notMatched, event)
    else replay.other(event)
  },
  attach: (replay, event) => replay.attaches(event),
  detach: (replay, event) => replay.detaches(event),
  recv: (replay, event) => {
    const life = replay.named(event)
    if (life) life.received = withOne(life.received, event)
    else replay.other(event)
  },
  send: (replay, event) => {
    const life = replay.named(event)
    if (life) life.sent = withOne(life.sent, event)
    else replay.other(event)
  },
  connect: (replay, event) => replay.other(event),
  connected: (replay, event) => replay.namesLink(event),
  'connect-failed': (replay, event) => replay.other(event),
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
  'log-level': (replay, event) => replay.other(event),
  'lines-dropped': (replay, event) => {
    if (event.pattern === NOT_KEPT) replay.forgets(event)
    else replay.other(event)
  },
}
