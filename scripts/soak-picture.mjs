const WIDTH = 720
const HEIGHT = 260
const LEFT = 56
const RIGHT = 12
const TOP = 34
const BOTTOM = 36
const MEBIBYTE = 1 << 20
const SERIES = [
  ['rss', 'resident size', '#2563eb'],
  ['external', 'typed arrays', '#9333ea'],
  ['heapUsed', 'heap', '#059669'],
]

/** A round number of which at most five make `most`. */
function stepOf(most) {
  const power = 10 ** Math.floor(Math.log10(most / 5 || 1))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => most / step <= 5)
}

/** Sizes of a process over time as an SVG: `samples` have a time in seconds and sizes in bytes. */
export function soakPicture(samples, title) {
  const seconds = samples.at(-1).seconds
  const most = Math.max(...samples.map(({ rss }) => rss)) / MEBIBYTE
  const [stepX, stepY] = [stepOf(seconds), stepOf(most)]
  const top = Math.ceil(most / stepY) * stepY
  const x = (at) => LEFT + (at / seconds) * (WIDTH - LEFT - RIGHT)
  const y = (mebibytes) => HEIGHT - BOTTOM - (mebibytes / top) * (HEIGHT - TOP - BOTTOM)
  const parts = []
  for (let at = 0; at <= top; at += stepY)
    parts.push(
      `<path d="M${LEFT} ${y(at).toFixed(1)}H${WIDTH - RIGHT}" stroke="#d1d5db"/>`,
      `<text x="${LEFT - 6}" y="${(y(at) + 4).toFixed(1)}" text-anchor="end">${at}</text>`,
    )
  for (let at = 0; at <= seconds; at += stepX)
    parts.push(`<text x="${x(at).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${at} s</text>`)
  for (const [index, [name, label, colour]] of SERIES.entries()) {
    const line = samples.map((sample) => `${x(sample.seconds).toFixed(1)},${y(sample[name] / MEBIBYTE).toFixed(1)}`)
    parts.push(
      `<polyline points="${line.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
      `<text x="${LEFT + index * 130}" y="${HEIGHT - 5}" fill="${colour}">${label}</text>`,
    )
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">` +
    `<title>${title}: what the process takes over time</title>` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><text x="${LEFT}" y="18" font-size="13">${title}</text>` +
    `<text x="6" y="18">MiB</text>${parts.join('')}</svg>\n`
  )
}
