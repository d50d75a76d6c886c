import { RegionNumber } from '../../engine/memory-map.ts'
import type { Flows } from '../flows.ts'
import { OwnRecords, type Records } from '../records.ts'
import { Region } from '../region.ts'
import { FLOW_WORDS, RARE_WORDS } from './side-state.ts'
import { MOST_OF_ALL, NODE_WORDS, NODES_OF_A_SEGMENT } from './unacked-node.ts'

const FIRST_FLOWS = 256
const FIRST_NODES = 1024

/** What the analysis keeps. Its arrays are replaced where one of them needs room: read them anew then. */
export interface AnalysisMemory {
  /** A flow's frequent words. */
  readonly rows: Records
  /** Its rare ones. */
  readonly rare: Records
  /** Unacknowledged segments. */
  readonly nodes: Records
  /** Makes room for the flow, and for the nodes that one segment may take, as far as there is any. */
  reserve(flow: number): void
}

/** Regions of the engine's memory. */
export class RunMemory implements AnalysisMemory {
  readonly rows: Region
  readonly rare: Region
  readonly nodes: Region
  readonly #flows: Flows

  private constructor(flows: Flows) {
    const { engine } = flows
    this.rows = new Region(engine, RegionNumber.ANALYSIS, FLOW_WORDS * 4)
    this.rare = new Region(engine, RegionNumber.RARE_ANALYSIS, RARE_WORDS * 4)
    this.nodes = new Region(engine, RegionNumber.UNACKED, NODE_WORDS * 4, MOST_OF_ALL)
    this.#flows = flows
  }

  /** Null where the memory has no room for it, or another analysis has it. */
  static of(flows: Flows): RunMemory | null {
    const memory = new RunMemory(flows)
    if (memory.rows.room > 0 || !flows.add([memory.rows, memory.rare], [memory.nodes])) return null
    memory.nodes.count = 1
    return memory
  }

  /** A flow that has a row has room here, too. */
  reserve(): void {
    this.#flows.reserve()
  }
}

/** Memory of its own, for an analysis outside of a run, or a second one. */
export class OwnMemory implements AnalysisMemory {
  readonly rows = new OwnRecords(FLOW_WORDS, FIRST_FLOWS)
  readonly rare = new OwnRecords(RARE_WORDS, FIRST_FLOWS)
  readonly nodes = new OwnRecords(NODE_WORDS, FIRST_NODES)

  constructor() {
    this.nodes.count = 1
  }

  reserve(flow: number): void {
    this.rows.makeRoom(flow + 1)
    this.rare.makeRoom(flow + 1)
    this.nodes.makeRoom(this.nodes.count + NODES_OF_A_SEGMENT)
  }
}
