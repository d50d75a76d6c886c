const ALL = 0xffffffff

/** A number to compare with, under a mask: a prefix such as 10.0.0.0/8 stands for all addresses that begin with it. */
export interface NumberConstant {
  readonly value: number
  /** All ones but for a prefix. */
  readonly mask: number
}

/** The number, every bit of it. */
export const exactly = (value: number): NumberConstant => ({ value, mask: ALL })

/** Bytes to compare with: only the first `bits` count. */
export interface BytesConstant {
  readonly bytes: Uint8Array
  readonly bits: number
}
