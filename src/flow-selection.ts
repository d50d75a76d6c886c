import { Epoch } from './capture/epoch.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import { Failure } from './failure.ts'
import { compileFilter, type Filter } from './filter/filter.ts'
import { FlowMarker } from './filter/flow-marker.ts'
import { FlowView } from './flow/flow-view.ts'
import type { TcpAnalysis } from './flow/tcp-analysis.ts'
import { type Scan, type ScanOptions, scan } from './scan.ts'

/** The flows that a filter chooses: those of which it lets a packet through, or whose final values it takes. */
export class FlowSelection {
  /** The run's, which filters on absolute times need to know. */
  readonly epoch = new Epoch()
  readonly #filter: Filter
  readonly #marker: FlowMarker

  /** `analysis` is shown each packet of the pass before, if there is one. */
  constructor(filter: Filter, analysis: TcpAnalysis | null = null) {
    this.#filter = filter.useEpoch(this.epoch)
    this.#marker = new FlowMarker(filter, filter.needs.flows ? null : analysis)
  }

  /** Rejects with a Failure where the filter is wrong. */
  static async of(text: string, analysis: TcpAnalysis | null): Promise<FlowSelection> {
    return new FlowSelection(await compileFilter(text), analysis)
  }

  /** What the pass over the captures has to show packets to: nobody, where final values have to be known first. */
  get visitors(): readonly FlowMarker[] {
    return this.#filter.needs.flows ? [] : [this.#marker]
  }

  /** After the pass: what tells the chosen flows. Reads the captures again where packets and final values are mixed. */
  async chosen(scanned: Scan, paths: readonly string[], options: ScanOptions): Promise<(flow: FlowView) => boolean> {
    const { needs } = this.#filter
    if (needs.flows) {
      tellFinalValues(this.#filter, scanned)
      if (!needs.packets) return (flow) => this.#filter.matchesFlow(flow.row)
      refusePipe(paths)
      await scan(paths, { visitors: [this.#marker], epoch: this.epoch, ...signalOf(options) })
    }
    return (flow) => this.#marker.has(flow.row)
  }
}

/** A filter for single packets. Where it asks for final values of flows, the captures are read once before. */
export async function packetFilter(text: string, paths: readonly string[], options: ScanOptions): Promise<Filter> {
  const filter = await compileFilter(text)
  if (!filter.needs.flows) return filter
  refusePipe(paths)
  tellFinalValues(filter, await scan(paths, signalOf(options)))
  return filter
}

function tellFinalValues(filter: Filter, scanned: Scan): void {
  const diagnosis = diagnose(scanned)
  filter.useFlows({ view: new FlowView(scanned.flows), verdict: (row) => diagnosis.connection(row).verdict })
}

function refusePipe(paths: readonly string[]): void {
  if (!paths.includes('-')) return
  throw new Failure(
    'to choose packets by final values of flows the capture is read twice, which standard input cannot be',
    'give a file, or filter by what the packets themselves say',
  )
}

const signalOf = ({ signal }: ScanOptions): ScanOptions => (signal === undefined ? {} : { signal })
