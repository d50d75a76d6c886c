import type { Damage } from '../capture/capture-reader.ts'

/** Where a capture stopped being readable, in words. Text from outside: to be made visible. */
export const formatDamage = ({ frame, offset, expected, found }: Damage): string =>
  `damaged at frame ${frame}, byte ${offset}: expected ${expected}, found ${found}`
