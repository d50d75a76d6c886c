import { counted } from '../../text/plural.ts'
import { wrap } from '../../text/wrap.ts'
import type { Manifest, ManifestInput } from '../manifest.ts'
import type { Pen } from './pen.ts'

/** Which inputs the report is about, and what made it. A sum is never broken over lines. */
export function* manifestLines({ inputs, program, options, rules }: Manifest, pen: Pen): Generator<string> {
  yield pen.chalk.bold('Manifest')
  for (const input of inputs) {
    yield `  ${pen.text(input.path)}`
    for (const line of describe(input)) yield `    ${line}`
  }
  yield `  made by ${program.name} ${program.version} (Node.js ${program.node})`
  const rest = [`options: ${pen.text(JSON.stringify(options))}`, `${rules.length} rules: ${rules.join(', ')}`]
  for (const text of rest)
    for (const [at, line] of wrap(text, pen.width - 4).entries()) yield at === 0 ? `  ${line}` : `    ${line}`
}

function* describe({ bytes, modified, sha256, unchanged }: ManifestInput): Generator<string> {
  if (sha256 !== null) yield `SHA-256 ${sha256}`
  else yield 'no SHA-256: it can be read only once, or could not be read'
  if (bytes !== null) yield counted(bytes, 'byte')
  if (modified !== null) yield `modified ${modified}`
  if (unchanged === false) yield 'it was changed while it was analysed'
}
