/** Values and what Wireshark shows for each. Where several have the same name, the first of them is meant. */
export type NamedValues = readonly (readonly [value: number, name: string])[]

/** Of most fields. */
export const NO_NAMES: NamedValues = []

/** What Wireshark shows for a bit. */
export const BIT_STATES: NamedValues = [
  [1, 'Set'],
  [0, 'Not set'],
]

/** The value of that name, in upper or lower case; undefined where none has it. */
export function valueNamed(name: string, names: NamedValues): number | undefined {
  const sought = name.toLowerCase()
  return names.find(([, known]) => known.toLowerCase() === sought)?.[0]
}
