const CARRIAGE_RETURN = 0x0d

/**
 * Where the words of a line end. A line may end in CR LF; what was written as such through a text mode that makes two bytes
 * of each LF ends in CR CR LF.
 */
export function endOfWords(bytes: Uint8Array, start: number, end: number): number {
  let last = end
  while (last > start && bytes[last - 1] === CARRIAGE_RETURN) last--
  return last
}
