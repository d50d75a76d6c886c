import { formatDuration } from '../../../text/duration.ts'
import { formatBytes } from '../../../text/quantity.ts'
import { shellWord } from '../../../text/shell.ts'
import type { Manifest } from '../../manifest.ts'
import type { LogSummary } from '../../report.ts'
import { copyable } from '../copy.ts'
import { count, el, grouped, section } from '../element.ts'
import type { Model } from '../model.ts'
import type { PageCapture } from '../payload.ts'

/** What was read, how well, and what this page leaves out. */
export function inputs(model: Model): HTMLElement {
  const { payload } = model
  const left = el('ul', { class: 'left-out' }, ...payload.leftOut.map((text) => el('li', {}, text)))
  const skipped = payload.coverage
    .filter((one) => one.frames > 0)
    .map((one) => el('li', {}, `${count(one.frames, 'frame')}: ${one.reason}`))
  return section(
    'inputs',
    'Inputs and limits',
    null,
    ...payload.captures.map((capture) => captureCard(model, capture)),
    ...payload.logs.map(logCard),
    skipped.length > 0 && el('h3', {}, 'Frames that are not TCP'),
    skipped.length > 0 && el('ul', {}, ...skipped),
    payload.leftOut.length > 0 && el('h3', {}, 'Left out of this page'),
    payload.leftOut.length > 0 && left,
    ...(payload.manifest === null ? [] : sealed(payload.manifest)),
  )
}

/** Which bytes the page is about, and what made it: for the chain of custody. */
function sealed({ inputs: files, program, options, rules }: Manifest): HTMLElement[] {
  const cards = files.map((file) =>
    el(
      'div',
      { class: 'card plain' },
      el('p', {}, el('code', {}, file.path)),
      facts([
        ['SHA-256', file.sha256 ?? 'unknown: it can be read only once, or could not be read'],
        ['Bytes', file.bytes === null ? 'unknown' : grouped(file.bytes)],
        ['Modified', file.modified ?? 'unknown'],
        ...(file.unchanged === false ? [['While it was analysed', 'it was changed'] as const] : []),
      ]),
    ),
  )
  const made = facts([
    ['Made by', `${program.name} ${program.version} (Node.js ${program.node})`],
    ['Options', JSON.stringify(options)],
    ['Rules', `${rules.length}: ${rules.join(', ')}`],
  ])
  return [el('h3', {}, 'Manifest'), ...cards, el('div', { class: 'card plain' }, made)]
}

function facts(entries: readonly (readonly [string, string])[]): HTMLElement {
  const list = el('dl', { class: 'facts' })
  for (const [name, value] of entries) list.append(el('div', {}, el('dt', {}, name), el('dd', {}, value)))
  return list
}

function captureCard(model: Model, capture: PageCapture): HTMLElement {
  const period =
    capture.firstTime === null || capture.lastTime === null
      ? 'no packet'
      : `${model.clock.full(capture.firstTime)} for ${formatDuration(capture.lastTime - capture.firstTime)}`
  return el(
    'div',
    { class: 'card plain' },
    el('h3', {}, 'Capture ', el('code', {}, capture.path)),
    facts([
      ['Format', [capture.format, ...capture.linkTypes].join(', ')],
      [
        'Packets',
        `${grouped(capture.packets)}, ${grouped(capture.tcpPackets)} of them TCP, ${formatBytes(capture.bytes)}`,
      ],
      ['Time', period],
      ['Dropped', capture.dropped === null ? 'the capture does not tell' : grouped(capture.dropped)],
      ['Read', capture.damage ?? 'to its end'],
    ]),
    ...capture.warnings.map((warning) => el('p', { class: 'banner' }, warning)),
    model.payload.findings.length > 0 &&
      el(
        'p',
        { class: 'filter' },
        el('span', { class: 'label' }, 'Take the findings into Wireshark'),
        copyable(`noaccept annotate ${shellWord(capture.path)} annotated.pcapng`, 'command'),
      ),
  )
}

function logCard(log: LogSummary): HTMLElement {
  const clock =
    log.clock === null
      ? 'could not be put on the capture’s clock'
      : `${formatDuration(log.clock.offset)} added, right to ±${formatDuration(log.clock.uncertainty)}: ${log.clock.method}${log.clock.pairs > 0 ? `, ${count(log.clock.pairs, 'pair')}` : ''}`
  return el(
    'div',
    { class: 'card plain' },
    el('h3', {}, 'Log ', el('code', {}, log.path)),
    facts([
      ['Format', log.format],
      ['Lines', `${grouped(log.lines)}, ${count(log.events, 'event')}, ${grouped(log.unparsed)} not understood`],
      ['Clock', clock],
    ]),
    ...log.warnings.map((warning) => el('p', { class: 'banner' }, warning)),
  )
}
