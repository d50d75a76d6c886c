import { knownRareWords } from './dossiers'
import { DOSSIER_WORDS, RareDossier, ROW_WORDS, Row, SIDE_WORDS, Side } from './layout'
import { counter, word } from './memory'
import { dossierAt, rowAt } from './regions'

/** A flow that is read once its packets are followed, as `flow/flow-view.ts` reads it. */

export let row: usize = 0
/** 0, which is nobody's and reads as zeros, where the flow has none; likewise its rare words. */
export let dossier: usize = 0
export let rare: usize = 0
/** True as long as nothing but SYNs and RSTs was seen. */
export let isBare: bool = false

/** Moves to a flow. */
export function readFlow(flow: i32): void {
  row = rowAt(flow * ROW_WORDS)
  const number = word(row, Row.DOSSIER)
  isBare = number === 0
  dossier = dossierAt(number * DOSSIER_WORDS)
  rare = knownRareWords(number * DOSSIER_WORDS)
}

/** The words of one side. */
export function sideOf(side: i32): usize {
  return row + ((Row.SIDES + side * SIDE_WORDS) << 2)
}

export function packets(side: i32): u64 {
  return counter(sideOf(side), Side.PACKETS)
}

export function bytes(side: i32): u64 {
  return counter(sideOf(side), Side.BYTES) + carried(2 + side)
}

export function payload(side: i32): u64 {
  return isBare ? 0 : counter(sideOf(side), Side.PAYLOAD) + carried(side)
}

export function retransmissions(side: i32): u64 {
  return isBare ? counter(sideOf(side), Side.SEGMENTS) : counter(rare, RareDossier.RETRANSMISSIONS + side)
}

/** What the counter of 32 bits lost. */
function carried(place: i32): u64 {
  return ((counter(rare, RareDossier.CARRY) >> ((<u64>place) << 3)) & 255) << 32
}
