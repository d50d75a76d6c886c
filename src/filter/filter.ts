import type { CaptureSummary } from '../capture/capture-reader.ts'
import type { Epoch } from '../capture/epoch.ts'
import { Failure } from '../failure.ts'
import { Current } from '../flow/current.ts'
import type { TcpAnalysis } from '../flow/tcp-analysis.ts'
import { visible } from '../text/visible.ts'
import type { Predicate } from './compare-numbers.ts'
import { Compiler } from './compile.ts'
import { Need } from './field.ts'
import type { FlowFacts } from './flow-facts.ts'
import { Mistake } from './mistake.ts'
import { parse } from './parser.ts'
import { loadRegexCompiler } from './regex.ts'
import { Scope } from './scope.ts'
import type { Expression } from './syntax.ts'

/** Longest filter, in characters. */
const MAX_LENGTH = 4096
/** Characters shown before and behind the place of a mistake. */
const SHOWN = 48

/** A display filter or flow filter, compiled. */
export class Filter {
  readonly text: string
  readonly needs: {
    /** `matches` wants the analysis of the packet. */
    readonly analysis: boolean
    /** It asks for final values: `useFlows` first, after a first pass. */
    readonly flows: boolean
    /** Those final values include statistics. */
    readonly statistics: boolean
    /** It asks for something that packets differ in; otherwise `matchesFlow` answers without any. */
    readonly packets: boolean
    /** It asks for nothing but what all packets of a connection have in common that go the same way. */
    readonly endsAlone: boolean
    /** It asks for flags of the analysis, and beside them for nothing but that. */
    readonly flagsAlone: boolean
    /** It measures times between frames: `matches` has to see every one, in order. */
    readonly everyFrame: boolean
  }
  readonly #predicate: Predicate
  readonly #scope = new Scope()
  /** Stands for a packet where only its flow matters. */
  readonly #anyPacket = new Current()

  constructor(text: string, predicate: Predicate, needs: number) {
    this.text = text
    this.#predicate = predicate
    this.needs = {
      analysis: (needs & (Need.ANALYSIS | Need.FLAGS)) !== 0,
      flows: (needs & Need.FLOWS) !== 0,
      statistics: (needs & Need.STATISTICS) !== 0,
      packets: (needs & (Need.PACKETS | Need.ENDS | Need.FLAGS)) !== 0,
      endsAlone: needs === Need.ENDS,
      flagsAlone: (needs & Need.FLAGS) !== 0 && (needs & ~(Need.ENDS | Need.FLAGS)) === 0,
      everyFrame: (needs & Need.CLOCK) !== 0,
    }
  }

  /** For filters on absolute times: the run's epoch. */
  useEpoch(epoch: Epoch): this {
    this.#scope.epoch = epoch
    return this
  }

  /** For filters on what a capture tells of its frames: that of the packets to come. */
  useCapture(capture: CaptureSummary): this {
    this.#scope.capture = capture
    this.#scope.comment = 0
    return this
  }

  /** For filters on final values of flows: those of a run that is over. */
  useFlows(flows: FlowFacts): this {
    this.#scope.flows = flows
    return this
  }

  /** Whether the filter lets the packet through. `analysis` has seen the packet; null where `needs` has none. */
  matches(current: Current, analysis: TcpAnalysis | null): boolean {
    const scope = this.#scope
    scope.current = current
    scope.analysis = analysis
    if (this.needs.everyFrame) scope.clock.advance(current)
    return this.#predicate(scope)
  }

  /** For a filter that needs no packets: whether it selects the flow. */
  matchesFlow(row: number): boolean {
    const scope = this.#scope
    scope.current = this.#anyPacket
    scope.current.flow = row
    return this.#predicate(scope)
  }
}

/** Compiles a filter. Rejects with a {@link Failure} that shows the place where it is wrong. */
export async function compileFilter(text: string): Promise<Filter> {
  if (text.length > MAX_LENGTH)
    throw new Failure(`the filter is ${text.length} characters long`, `at most ${MAX_LENGTH} are taken`)
  try {
    const expression = parse(text)
    const compiler = new Compiler(hasPattern(expression) ? await loadRegexCompiler() : null)
    const predicate = compiler.compile(expression)
    return new Filter(text, predicate, compiler.needs)
  } catch (error) {
    if (error instanceof Mistake) throw failureOf(text, error)
    throw error
  }
}

function hasPattern(expression: Expression): boolean {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.parts.some(hasPattern)
    case 'xor':
      return hasPattern(expression.left) || hasPattern(expression.right)
    case 'not':
      return hasPattern(expression.of)
    default:
      return expression.type === 'matches'
  }
}

/** The filter, or the part of a long one that the mistake is in, with carets under the place. */
function failureOf(text: string, { message, start, end, hint }: Mistake): Failure {
  const from = start > SHOWN ? start - SHOWN : 0
  const to = Math.min(text.length, end + SHOWN)
  const before = (from > 0 ? '…' : '') + visible(text.slice(from, start))
  const wrong = visible(text.slice(start, end))
  const after = visible(text.slice(end, to)) + (to < text.length ? '…' : '')
  const carets = ' '.repeat(before.length) + '^'.repeat(Math.max(1, wrong.length))
  return new Failure(
    `wrong filter: ${visible(message)}\n  ${before}${wrong}${after}\n  ${carets}`,
    hint === null ? null : visible(hint),
  )
}
