import type { Listener } from '../../../diagnosis/listeners/listener.ts'
import { formatEndpoint } from '../../../text/address.ts'
import { count, el, grouped, section } from '../element.ts'
import { figure, legend, onWidth } from '../figure.ts'
import type { Model } from '../model.ts'
import { verdictBadge } from './badge.ts'
import type { Life } from './life-axis.ts'
import { bars } from './life-bars.ts'
import { counts } from './life-counts.ts'

/** More connections than this are drawn as counts over time. */
const BARS = 120
const SHOWN = 24
/** Findings that a listener links to; the others stand among the findings. */
const LINKS = 8

/** Each listener's connections on a line: which were served, and since when no longer. */
export function listenerLife(model: Model): HTMLElement | null {
  const { listeners } = model.payload
  if (listeners.length === 0) return null
  const troubles = (listener: Listener): number => troublesOf(model, listener).length
  const ranked = listeners
    .map((listener, index) => ({ listener, index }))
    .sort((a, b) => troubles(b.listener) - troubles(a.listener) || a.index - b.index)
  const key = legend([
    { shape: 'bar', color: 'ok', text: 'served: the server sent payload' },
    { shape: 'hollow', color: 'error', text: 'not served' },
    { shape: 'dash', color: 'error', text: 'onset: nothing was served after this' },
  ])
  const rest = ranked.length - SHOWN
  return section(
    'listeners',
    'Life of each listener',
    'All connections of a port on one line of time.',
    key,
    ...ranked.slice(0, SHOWN).map(({ listener, index }) => life(model, listener, index)),
    rest > 0 && el('p', { class: 'intro' }, `${count(rest, 'more listener')} without a picture: see Connections.`),
  )
}

/** Findings about a listener and its connections that the page lists, but for notes. */
const troublesOf = ({ payload }: Model, listener: Listener): number[] =>
  listener.findings.filter((at) => payload.findings[at] !== undefined && payload.findings[at].severity !== 'note')

function life(model: Model, listener: Listener, index: number): HTMLElement {
  const lives = livesOf(model, listener)
  const box = el('div', { class: 'life' })
  onWidth(box, (width) =>
    box.replaceChildren(
      lives.length > BARS ? counts(model, lives, listener, width) : bars(model, lives, listener, width),
    ),
  )
  const name = formatEndpoint({ address: listener.address, port: listener.port })
  const told = `${count(listener.connections, 'connection')}, ${grouped(listener.served)} served`
  const links = troublesOf(model, listener)
    .slice(0, LINKS)
    .map((finding) => el('a', { href: `#finding-${finding + 1}` }, `finding ${finding + 1}`))
  const drawn = lives.length < listener.connections && el('span', {}, ` (${grouped(lives.length)} drawn)`)
  const shown = figure(name, told, el('p', { class: 'badges' }, verdictBadge(listener.verdict), ...links, drawn), box)
  shown.id = `listener-${index + 1}`
  return shown
}

function livesOf({ payload }: Model, listener: Listener): Life[] {
  const { connections } = payload
  const lives: Life[] = []
  connections.stream.forEach((stream, row) => {
    if (
      connections.serverPort[row] !== listener.port ||
      connections.ends[connections.serverAddress[row]!] !== listener.address
    )
      return
    const start = connections.start[row]!
    lives.push({
      stream,
      capture: connections.capture[row]!,
      start,
      end: start + connections.duration[row]!,
      served: connections.serverBytes[row]! > 0,
      verdict: connections.verdicts[connections.verdict[row]!]!,
    })
  })
  return lives.sort((a, b) => a.start - b.start)
}
