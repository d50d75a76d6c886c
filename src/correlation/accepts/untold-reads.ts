import type { LogEvent } from '../../log/event.ts'
import { NOT_KEPT } from '../../log/gap-event.ts'
import { countBelow, itself } from '../ascending.ts'
import { PROMPT } from '../clocks/anchor.ts'
import { type LoggedProcess, slackOf, timeOf } from '../processes/logged-process.ts'
import type { SocketLife } from '../sockets/socket-life.ts'

/**
 * Reads and writes of sockets of which no line tells the accept, and such that are stored: each may be of a connection whose accept is
 * looked for.
 */
export class UntoldReads {
  /** In order, later by what the clock leaves open. */
  readonly #times: readonly number[]
  /** When sockets of which no earlier line tells were stored in the process's table, in order. */
  readonly #stored: readonly number[]
  readonly #slack: number
  /** The last lines before those that were not kept. */
  readonly #gaps: readonly number[]

  constructor(process: LoggedProcess) {
    const nameless = process.table.others.filter(
      ({ kind, peerPort }) => (kind === 'recv' || kind === 'send') && peerPort === null,
    )
    const firsts = process.table.lives.filter(isOfUntoldOrigin).map(({ first }) => first)
    const slack = slackOf(process)
    this.#slack = slack
    this.#stored = process.table.writes
      .flatMap(({ life, event }) =>
        life === null || isFirstHeardOf(life, event) ? (timeOf(process, event) ?? []) : [],
      )
      .sort((a, b) => a - b)
    this.#times = [...nameless, ...firsts]
      .flatMap((event) => timeOf(process, event) ?? [])
      .map((time) => time + slack)
      .sort((a, b) => a - b)
    this.#gaps = gapsOf(process)
  }

  /**
   * Whether one of them may be of a connection that was made at a time. Behind lines that were not kept are sockets that may
   * have been made among these.
   */
  mayBeOf(time: number): boolean {
    return this.#mayBeStored(time) || this.#mayBeServed(time)
  }

  /** A socket that comes from nowhere into the table, promptly after a handshake, may be what accept() returned. */
  #mayBeStored(time: number): boolean {
    const next = this.#stored[countBelow(this.#stored, time - this.#slack, itself)]
    return next !== undefined && next <= time + PROMPT + this.#slack
  }

  #mayBeServed(time: number): boolean {
    const next = this.#times[countBelow(this.#times, time, itself)]
    if (next === undefined) return false
    const gap = this.#gaps[countBelow(this.#gaps, time, itself)]
    return gap === undefined || next <= gap
  }
}

/** In order of time. */
function gapsOf(process: LoggedProcess): number[] {
  const { events, kinds } = process.file
  if (!kinds.has('lines-dropped')) return []
  return events
    .flatMap(({ pattern }, index) => (pattern === NOT_KEPT ? (timeOf(process, events[index - 1] ?? null) ?? []) : []))
    .sort((a, b) => a - b)
}

/** The line that stores a socket is the first that tells of it, and no later one tells what it is. */
const isFirstHeardOf = (life: SocketLife, event: LogEvent): boolean =>
  life.first === event && life.listening === null && life.bind === null && life.name === null

/** A process's own input and outputs, whose calls a trace shows as it shows those of sockets. */
const isStandardStream = ({ handle, pattern }: LogEvent): boolean =>
  pattern.startsWith('strace-') && /^[012]$/.test(handle ?? '')

/** A socket that is read from or written to, and no line tells where it came from. */
const isOfUntoldOrigin = (life: SocketLife): boolean =>
  !isStandardStream(life.first) &&
  life.accepted === null &&
  life.created === null &&
  life.listening === null &&
  life.bind === null &&
  life.name === null &&
  life.received.length + life.sent.length > 0
