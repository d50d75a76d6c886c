/** What Wireshark 4.0 calls a segment: one bit for each field below `tcp.analysis`. */
export const AnalysisFlag = {
  RETRANSMISSION: 1 << 0,
  FAST_RETRANSMISSION: 1 << 1,
  SPURIOUS_RETRANSMISSION: 1 << 2,
  OUT_OF_ORDER: 1 << 3,
  LOST_SEGMENT: 1 << 4,
  ACK_LOST_SEGMENT: 1 << 5,
  KEEP_ALIVE: 1 << 6,
  KEEP_ALIVE_ACK: 1 << 7,
  ZERO_WINDOW: 1 << 8,
  ZERO_WINDOW_PROBE: 1 << 9,
  ZERO_WINDOW_PROBE_ACK: 1 << 10,
  WINDOW_UPDATE: 1 << 11,
  WINDOW_FULL: 1 << 12,
  DUPLICATE_ACK: 1 << 13,
  REUSED_PORTS: 1 << 14,
  TFO_SYN: 1 << 15,
  TFO_ACK: 1 << 16,
  TFO_IGNORED: 1 << 17,
} as const

/** The flags that `tcp.analysis.flags` stands for: those about Fast Open are notes beside it. */
export const ANALYSIS_FLAGS = AnalysisFlag.TFO_SYN - 1

/** Field names after `tcp.analysis.`, in alphabetical order, with their bits. */
export const ANALYSIS_NAMES: readonly (readonly [name: string, bit: number])[] = Object.entries(AnalysisFlag)
  .map(([name, bit]) => [name.toLowerCase(), bit] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1))

const NONE: readonly string[] = []

/** The names of the set bits, in alphabetical order. */
export function analysisNames(flags: number): readonly string[] {
  if (flags === 0) return NONE
  return ANALYSIS_NAMES.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name)
}
