// Draws what a program wrote to a terminal, colours included, as an SVG that needs no font of its own.
const CELL = { width: 8.4, height: 18, size: 14 }
const MARGIN = 18
const BAR = 34
/** The 16 colours of a dark terminal; each has a contrast of at least 4.5 to 1 on the ground. */
const COLORS = ['#8b949e', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#76e3ea', '#e6edf3']
const INK = '#e6edf3'
const GROUND = '#0d1117'

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Width in cells: East Asian wide characters do not occur in what the program draws. */
const cells = (text) => [...text].length

/** Applies one SGR sequence; what is not known is left as it was. */
function styled(style, codes) {
  const next = { ...style }
  const numbers = codes === '' ? [0] : codes.split(';').map(Number)
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at]
    if (code === 0) Object.assign(next, { color: INK, bold: false, dim: false, underline: false })
    else if (code === 1) next.bold = true
    else if (code === 2) next.dim = true
    else if (code === 4) next.underline = true
    else if (code === 22) Object.assign(next, { bold: false, dim: false })
    else if (code === 24) next.underline = false
    else if (code === 39) next.color = INK
    else if (code >= 30 && code <= 37) next.color = COLORS[code - 30]
    else if (code >= 90 && code <= 97) next.color = COLORS[code - 90]
    else if (code === 38 && numbers[at + 1] === 2) {
      next.color = `rgb(${numbers.slice(at + 2, at + 5).join(',')})`
      at += 4
    } else if (code === 38 && numbers[at + 1] === 5) at += 2
  }
  return next
}

/** The text as SVG, in a window with a title. */
export function terminalPicture(text, title) {
  const lines = text.replace(/\n+$/, '').split('\n')
  const plain = lines.map((line) => line.replace(/\x1b\[[\d;]*m/g, ''))
  const width = Math.ceil(Math.max(...plain.map(cells), cells(title) + 12) * CELL.width + 2 * MARGIN)
  const height = BAR + lines.length * CELL.height + 2 * MARGIN
  let style = styled({}, '')
  const drawn = lines.map((line, row) => {
    let column = 0
    let spans = ''
    for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
      if (part.startsWith('\x1b[')) style = styled(style, part.slice(2, -1))
      else if (part !== '') {
        const looks = `fill="${style.color}"${style.bold ? ' font-weight="700"' : ''}${style.dim ? ' opacity="0.75"' : ''}${style.underline ? ' text-decoration="underline"' : ''}`
        const length = cells(part)
        // The length is given, so that boxes and arrows meet in every font.
        if (part.trim() !== '')
          spans += `<tspan x="${(MARGIN + column * CELL.width).toFixed(1)}" textLength="${(length * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs" ${looks}>${escaped(part)}</tspan>`
        column += length
      }
    }
    return spans === ''
      ? ''
      : `<text y="${BAR + MARGIN + (row + 0.75) * CELL.height}" xml:space="preserve">${spans}</text>\n`
  })
  const lights = ['#ff7b72', '#e3b341', '#7ee787']
    .map((fill, at) => `<circle cx="${20 + at * 18}" cy="17" r="5.5" fill="${fill}"/>`)
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${CELL.size}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="9" fill="${GROUND}"/>
${lights}<text x="84" y="22" fill="#8b949e" font-size="13">${escaped(`$ ${title}`)}</text>
${drawn.join('')}</svg>
`
}
