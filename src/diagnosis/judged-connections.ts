import { checkpoint } from '../checkpoint.ts'
import { ReadingAhead } from '../flow/reading-ahead.ts'
import type { Case } from './case.ts'
import type { Connection } from './connection.ts'
import { describeConnection } from './describe-connection.ts'
import type { Findings } from './findings.ts'
import type { Judgements } from './judgements.ts'

/**
 * The connections of a diagnosis, made one by one; or walked over without making them, by who writes a million of
 * them: `next` moves `judged` on to each in turn.
 */
export class JudgedConnections implements Iterable<Connection> {
  readonly judged: Case
  readonly judgements: Judgements
  readonly #findings: Findings
  readonly #ahead: ReadingAhead
  #row = -1

  constructor(judged: Case, judgements: Judgements, findings: Findings) {
    this.judged = judged
    this.judgements = judgements
    this.#findings = findings
    this.#ahead = new ReadingAhead(judged.flow.flows)
  }

  /** Moves to the next connection; false where there is none. */
  next(): boolean {
    const { rows } = this.judgements
    do this.#row++
    while (this.#row < rows && !this.judgements.has(this.#row))
    if (this.#row >= rows) return false
    checkpoint()
    this.#ahead.to(this.#row)
    this.judged.at(this.#row)
    return true
  }

  /** Indexes of the findings about the connection in a row. */
  findingsOf(row: number): readonly number[] {
    return this.#findings.ofStream(row)
  }

  /** The connection of a stream, judged or not. */
  of(stream: number): Connection {
    const judged = this.judged.at(stream)
    return describeConnection(judged, this.judgements.of(judged), this.#findings.ofStream(stream))
  }

  *[Symbol.iterator](): Generator<Connection> {
    for (let row = 0; row < this.judgements.rows; row++) {
      if (!this.judgements.has(row)) continue
      checkpoint()
      yield this.of(row)
    }
  }
}
