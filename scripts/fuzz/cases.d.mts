import type { Seeds } from './seeds.mjs'

export type Reader =
  | 'pcap'
  | 'pcapng'
  | 'packed'
  | 'list'
  | 'log'
  | 'configuration'
  | 'expectation'
  | 'filter'
  | 'decode'
  | 'whole'
export const READERS: readonly Reader[]
export function inputOf(reader: Reader, seed: number, number: number, seeds: Seeds, fields: readonly string[]): unknown
