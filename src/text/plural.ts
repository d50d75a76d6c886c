/** `1 answer`, `3 answers`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`

/** `once`, `twice`, `3 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** `is` of one, `are` of others. */
export const are = (count: number): string => (count === 1 ? 'is' : 'are')
