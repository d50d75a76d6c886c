/** One thing that happened, or several alike that one line stands for, on the run's clock. */
export interface TimelineEntry {
  /** Nanoseconds since the run's epoch; null where its log could not be put on the capture's clock. */
  readonly time: number | null
  /** The event lies within this many nanoseconds after `time`; 0 for packets. */
  readonly uncertainty: number
  readonly source: 'packet' | 'log' | 'finding'
  /** Such as `SYN`, `beats`, `listening`, or a rule's id. */
  readonly kind: string
  readonly text: string
  readonly capture: number | null
  /** Of the first packet that it stands for, and of the last. */
  readonly frame: number | null
  readonly lastFrame: number | null
  readonly log: number | null
  readonly line: number | null
  readonly stream: number | null
  /** How many packets or lines it stands for, and until when they go on. */
  readonly count: number
  readonly until: number | null
  /** True where the one before it may as well have come after it: their intervals overlap. */
  readonly orderOpen: boolean
}

/** An entry with what most of them leave out. */
export const entry = (
  told: Pick<TimelineEntry, 'time' | 'source' | 'kind' | 'text'> & Partial<TimelineEntry>,
): TimelineEntry => ({
  uncertainty: 0,
  capture: null,
  frame: null,
  lastFrame: told.frame ?? null,
  log: null,
  line: null,
  stream: null,
  count: 1,
  until: null,
  orderOpen: false,
  ...told,
})
