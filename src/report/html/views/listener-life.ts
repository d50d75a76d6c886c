import type { Listener } from '../../../diagnosis/listener.ts'
import { formatEndpoint } from '../../../text/address.ts'
import { formatDuration } from '../../../text/duration.ts'
import { count, el, grouped, section, svg } from '../element.ts'
import { figure, legend, onWidth, ticks } from '../figure.ts'
import type { Model } from '../model.ts'
import { verdictBadge } from './badge.ts'

/** More connections than this are drawn as counts over time. */
const BARS = 120
const BAR = 9
const SHOWN = 24
/** Findings that a listener links to; the others stand among the findings. */
const LINKS = 8

interface Life {
  readonly stream: number
  readonly capture: number
  readonly start: number
  readonly end: number
  readonly served: boolean
  readonly verdict: string
}

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
    rest > 0 && el('p', { class: 'intro' }, `${grouped(rest)} more listeners without a picture: see Connections.`),
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

/** Seconds to pixels, with the axis drawn below. */
function axis(
  model: Model,
  lives: readonly Life[],
  width: number,
  y: number,
): { x: (time: number) => number; parts: SVGElement[] } {
  const from = Math.min(...lives.map((life) => life.start))
  const to = Math.max(from + 1e6, ...lives.map((life) => life.end))
  const x = (time: number): number => 8 + ((time - from) / (to - from)) * (width - 24)
  const parts: SVGElement[] = [svg('path', { d: `M8 ${y}H${width - 16}`, class: 'rule' })]
  for (const value of ticks(0, to - from, Math.max(2, width / 160))) {
    const at = x(from + value)
    const last = at > width - 60
    parts.push(
      svg('path', { d: `M${at} ${y}v5`, class: 'rule' }),
      svg(
        'text',
        { x: at, y: y + 18, class: last ? 'time end' : 'time' },
        value === 0 ? model.clock.ofDay(from).slice(0, 12) : `+${formatDuration(value)}`,
      ),
    )
  }
  return { x, parts }
}

function onset(x: (time: number) => number, listener: Listener, lives: readonly Life[], height: number): SVGElement[] {
  const last = listener.lastServedTime
  if (last === null || !lives.some((life) => !life.served && life.start > last)) return []
  const at = x(last)
  return [
    svg('path', { d: `M${at} 0V${height}`, class: 'onset' }),
    svg('text', { x: at + 5, y: 11, class: 'onset-text' }, 'last served'),
  ]
}

function bars(model: Model, lives: readonly Life[], listener: Listener, width: number): SVGElement {
  if (lives.length === 0) return svg('svg', { width, height: 4 })
  const rows = lanes(lives)
  const top = 18
  const height = top + (Math.max(...rows) + 1) * (BAR + 4)
  const { x, parts } = axis(model, lives, width, height)
  const picture = svg('svg', {
    width,
    height: height + 24,
    viewBox: `0 0 ${width} ${height + 24}`,
    role: 'group',
    'aria-label': `Connections to port ${listener.port} over time`,
  })
  lives.forEach((one, index) => {
    const text = `stream ${one.stream}: ${one.verdict}, ${formatDuration(one.end - one.start)}`
    const link = svg('a', {
      href: `#flow-${one.stream}`,
      'data-flow': `${one.capture}-${one.stream}`,
      'aria-label': text,
      class: one.served ? 'served' : 'unserved',
    })
    link.append(
      svg('rect', {
        x: x(one.start),
        y: top + rows[index]! * (BAR + 4),
        width: Math.max(4, x(one.end) - x(one.start)),
        height: BAR,
        rx: 2,
      }),
      svg('title', {}, text),
    )
    picture.append(link)
  })
  picture.append(...parts, ...onset(x, listener, lives, height))
  return picture
}

/** The topmost line that is free at a connection's start. */
function lanes(lives: readonly Life[]): number[] {
  const free: number[] = []
  return lives.map((one) => {
    const lane = free.findIndex((until) => until < one.start)
    const at = lane < 0 ? free.length : lane
    free[at] = one.end
    return at
  })
}

function counts(model: Model, lives: readonly Life[], listener: Listener, width: number): SVGElement {
  const height = 110
  const { x, parts } = axis(model, lives, width, height)
  const bins = Math.max(10, Math.floor((width - 24) / 7))
  const served = new Array<number>(bins).fill(0)
  const unserved = new Array<number>(bins).fill(0)
  for (const one of lives) {
    const bin = Math.min(bins - 1, Math.floor(((x(one.start) - 8) / (width - 24)) * bins))
    if (one.served) served[bin]!++
    else unserved[bin]!++
  }
  const top = Math.max(...served.map((value, bin) => value + unserved[bin]!))
  const picture = svg('svg', {
    width,
    height: height + 24,
    viewBox: `0 0 ${width} ${height + 24}`,
    role: 'img',
    'aria-label': `Connections to port ${listener.port} started over time, at most ${top} at once`,
  })
  const scale = (height - 20) / top
  const column = (width - 24) / bins
  served.forEach((value, bin) => {
    const left = 8 + bin * column
    const good = value * scale
    const bad = unserved[bin]! * scale
    if (good > 0)
      picture.append(
        svg(
          'g',
          { class: 'served' },
          svg(
            'rect',
            { x: left, y: height - good, width: column - 1, height: good },
            svg('title', {}, `${value} served`),
          ),
        ),
      )
    if (bad > 0)
      picture.append(
        svg(
          'g',
          { class: 'unserved' },
          svg(
            'rect',
            { x: left, y: height - good - bad, width: column - 1, height: bad },
            svg('title', {}, `${unserved[bin]} not served`),
          ),
        ),
      )
  })
  picture.append(
    svg('text', { x: 8, y: 11, class: 'time' }, `up to ${top} starts in one column`),
    ...parts,
    ...onset(x, listener, lives, height),
  )
  return picture
}
