import { Dossier } from './dossier.ts'
import { sideBase } from './flow-table.ts'
import type { FlowView } from './flow-view.ts'
import { HttpFraming } from './http-framing.ts'
import { ROW_WORDS, Row, Side, State } from './row.ts'
import { distance } from './sequence.ts'
import { Speech } from './speech.ts'

/** The empty line after a chunk's bytes: some servers send it with the next chunk. */
const CHUNK_END = 2

/** What is known of requests and answers of HTTP in the flow at which a view stands; goes with the view from flow to flow. */
export class HttpView {
  readonly #flow: FlowView

  constructor(flow: FlowView) {
    this.#flow = flow
  }

  /** True where each request and answer was told apart. */
  get isFramed(): boolean {
    return (this.#word & HttpFraming.LOST) === 0
  }

  /** Requests that no answer was told apart for, in HTTP/2 at least so many; 0 where that is not known. */
  get openRequests(): number {
    const framing = this.#framing
    if (this.#flow.speech(this.#flow.client) !== Speech.HTTP2) return framing >>> HttpFraming.REQUESTS
    return Math.min((framing >>> HttpFraming.TO_BEGIN) & HttpFraming.MOST_STREAMS, framing >>> HttpFraming.TO_END)
  }

  /** True where all that came of the last answer is a part of its header. */
  get isInHeader(): boolean {
    return (this.#framing & HttpFraming.HEADER) !== 0
  }

  /** True where the last answer comes in chunks, and the last of them has not come. */
  get isInChunks(): boolean {
    return !this.isInHeader && (this.#framing & HttpFraming.OPEN) !== 0
  }

  /**
   * Bytes that the last answer still lacks, of one in chunks those of the chunk that came last; NaN where it has not ended, and
   * only its end will tell, 0 where it is whole, or not known.
   */
  get lacking(): number {
    if (this.isInHeader) return Number.NaN
    if (this.isInChunks) return this.#lackingOfChunk || Number.NaN
    return (this.#framing & HttpFraming.LENGTH) === 0 ? 0 : this.#beforeAnswerEnd
  }

  /** Zero between two chunks, or where that is not known. */
  get #lackingOfChunk(): number {
    const lacking = (this.#framing & HttpFraming.ASTRAY) === 0 ? this.#beforeAnswerEnd : 0
    return lacking > CHUNK_END ? lacking - CHUNK_END : 0
  }

  get #beforeAnswerEnd(): number {
    return Math.max(0, distance(this.#answerEnd, this.#serverNext))
  }

  /** Zero where the thread was lost. */
  get #framing(): number {
    return this.isFramed ? this.#word : 0
  }

  get #word(): number {
    const { flows, row } = this.#flow
    return flows.table.words[row * ROW_WORDS + Row.SPEECH]!
  }

  /** Number of the first byte behind the last answer. */
  get #answerEnd(): number {
    const { flows, row } = this.#flow
    return flows.dossiers.words[flows.dossier(row) + Dossier.ANSWER_END]!
  }

  /** Number of the server's next byte; its FIN is none. */
  get #serverNext(): number {
    const { flows, row, server } = this.#flow
    const next = flows.table.words[sideBase(row, server) + Side.NEXT_SEQ]!
    return this.#flow.has(State.FIN << server) ? next - 1 : next
  }
}
