import { excerpt } from './visible.ts'

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')

/** Where an annotation stands. */
export interface AnnotatedPlace {
  readonly file: string
  readonly line?: number
  readonly col?: number
}

/** A workflow command that GitHub Actions turns into an annotation: nothing in its texts ends it or begins another. */
export function workflowCommand(
  level: 'error' | 'warning' | 'notice',
  { file, line, col }: AnnotatedPlace,
  title: string,
  lines: readonly string[],
): string {
  const place = [`file=${property(excerpt(file, 400))}`]
  if (line !== undefined) place.push(`line=${line}`)
  if (col !== undefined) place.push(`col=${col}`)
  place.push(`title=${property(excerpt(title, 200))}`)
  return `::${level} ${place.join(',')}::${data(lines.map((each) => excerpt(each, 400)).join('\n'))}\n`
}
