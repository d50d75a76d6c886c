import type { Engine } from '../engine/engine.ts'
import { RegionNumber } from '../engine/memory-map.ts'
import { Region } from './region.ts'

/** In the shape of a SYN, in place of its window scale: it had no such option. */
export const NO_SCALE = 255

/** What the SYNs of a flow told of their senders' systems, 16 bytes: written once and read seldom, so no part of the dossier. */
export const SYN_SHAPE_WORDS = 4

export const SynShapeWord = {
  /** TTL, window scale and window of each side's SYN. Two words; 0 without one. */
  SHAPE: 0,
  /** MSS and a hash of the options' order of each side's SYN. Two words. */
  OPTIONS: 2,
} as const

/** The shapes of all flows' SYNs, by the number of the flow's dossier. Number 0 is nobody's. */
export class SynShapes extends Region {
  constructor(engine: Engine) {
    super(engine, RegionNumber.SYN_SHAPES, SYN_SHAPE_WORDS * 4)
    this.count = 1
  }
}
