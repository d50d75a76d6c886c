/** An escape, a class, or the beginning of a group that captures. */
const PART = /\\.|\[(?:\\.|[^\]])*\]|\((?:\?<(?![=!])(\w+)>|(?!\?))/g

/** A pattern whose groups have numbers only: for named ones the engine makes an object of each match, half of its time. */
export interface NumberedPattern {
  readonly pattern: RegExp
  /** The number of the group that had this name; -1 where there is none. */
  numberOf(name: string): number
}

/** Takes the names off a pattern's groups. */
export function numbered({ source, flags }: RegExp): NumberedPattern {
  const names: (string | null)[] = []
  const bare = source.replace(PART, (part: string, name: string | undefined) => {
    if (part[0] !== '(') return part
    names.push(name ?? null)
    return '('
  })
  return {
    pattern: new RegExp(bare, flags),
    numberOf: (name) => {
      const index = names.indexOf(name)
      return index < 0 ? -1 : index + 1
    },
  }
}
