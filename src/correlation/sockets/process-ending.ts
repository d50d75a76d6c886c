import type { EventKind, LogEvent } from '../../log/event.ts'
import { isOfUnit } from './socket-life.ts'
import type { SocketLives } from './socket-lives.ts'

/** Patterns of what ends or starts while its process goes on. */
const PARTS: readonly string[] = ['part-end', 'part-start']
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

/** A line that tells of an end or a start. Whether it is the process's own, with all its sockets, the lines after it tell. */
export class ProcessEnding {
  readonly #lives: SocketLives
  /** Of which no line has told yet what became of the sockets. */
  #told: LogEvent | null = null

  constructor(lives: SocketLives) {
    this.#lives = lives
  }

  /** An end or a start is told. */
  isTold(event: LogEvent): void {
    if (!PARTS.includes(event.pattern)) this.#told ??= event
  }

  /** A line after one: the process is born again, or goes on with sockets that it had. */
  meets(event: LogEvent): void {
    const told = this.#told
    if (told === null || !isOf(event, told)) return
    if (BIRTHS.includes(event.kind)) this.#endAll(told)
    else if (!GOES_ON[told.kind === 'process-end' ? 'end' : 'start'].includes(event.kind)) return
    this.#told = null
  }

  /** No line follows. A start that nothing follows is told by a process that has started: what it listens on came before. */
  settle(): void {
    if (this.#told?.kind === 'process-end') this.#endAll(this.#told)
  }

  #endAll(ending: LogEvent): void {
    for (const life of this.#lives.open)
      if (life.first.order < ending.order && isOf(life, ending) && !isOfUnit(life.first))
        this.#lives.end(life, ending, 'process-ended')
  }
}
