import type { Evidence } from '../../diagnosis/finding.ts'
import { formatDuration } from '../../text/duration.ts'
import { cut, el } from './element.ts'
import { lineRef, type Model, parseRef, type Ref, refsOf } from './model.ts'

/** References that are listed one by one; the rest is folded. */
const SHOWN = 8
/** Lines of an evidence that are quoted. */
const QUOTED = 3

/** A link to a frame or a line, named as its file names it. */
export function refLink(model: Model, ref: Ref): HTMLElement {
  const parsed = parseRef(ref)!
  const several = parsed.kind === 'frame' ? model.payload.captures.length > 1 : model.payload.logs.length > 1
  const file = parsed.kind === 'frame' ? model.payload.captures[parsed.source] : model.payload.logs[parsed.source]
  const where = several && file ? `${baseName(file.path)} ` : ''
  return el(
    'a',
    { href: `#${ref}`, class: `ref ${parsed.kind}`, 'data-ref': ref },
    `${where}${parsed.kind} ${parsed.number}`,
  )
}

export const baseName = (path: string): string => cut(path.split(/[\\/]/).at(-1) ?? path, 60)

function refList(model: Model, refs: readonly Ref[]): HTMLElement {
  const links = refs.map((ref) => refLink(model, ref))
  if (links.length <= SHOWN + 2) return el('span', { class: 'refs' }, ...links)
  const rest = links.splice(SHOWN - 1, links.length - SHOWN)
  const more = el(
    'details',
    { class: 'more' },
    el('summary', {}, `${rest.length} more`),
    el('span', { class: 'refs' }, ...rest),
  )
  return el('span', { class: 'refs' }, ...links.slice(0, -1), more, ...links.slice(-1))
}

/** Facts with the frames and lines that show them. The lines' text stands below where the page carries it. */
export function evidenceList(model: Model, evidence: readonly Evidence[]): HTMLElement {
  const list = el('ul', { class: 'evidence' })
  for (const one of evidence) {
    const refs = refsOf(one)
    const item = el('li', {}, el('span', {}, one.text), ' ', refs.length > 0 && refList(model, refs))
    const known = (one.log === null ? [] : one.lines.slice(0, QUOTED)).map((line) => lineRef(one.log!, line))
    const told = known.filter((ref) => model.lines.has(ref))
    item.append(...told.map((ref) => logLine(model, ref)))
    // A line that the page does not carry otherwise is quoted by the evidence itself.
    if (told.length === 0 && one.quote !== undefined)
      item.append(el('span', { class: 'log-line' }, el('q', {}, one.quote)))
    list.append(item)
  }
  return list
}

/** A log line word for word, with its time on the capture's clock. */
export function logLine(model: Model, ref: Ref): HTMLElement {
  const row = model.lines.get(ref)
  const when =
    row?.time == null
      ? ''
      : `${model.clock.ofDay(row.time)}${row.uncertainty > 0 ? ` ±${formatDuration(row.uncertainty)}` : ''}`
  return el(
    'span',
    { class: 'log-line', 'data-ref': ref },
    when !== '' && el('time', {}, when),
    el('q', {}, row?.text ?? ''),
  )
}
