import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'

const RESULTS = new URL('results.md', import.meta.url)

/** What stands below this line in the results is written by hand, and stays. */
const MARKER = '<!-- below: by hand -->'

const seconds = (value) => (Number.isFinite(value) ? value.toFixed(value < 1 ? 2 : 1) : '')

function rate(row) {
  if (!Number.isFinite(row.cpu) || row.cpu === 0) return ''
  const speed = row.amount / row.cpu
  return speed >= 1e6 ? `${(speed / 1e6).toFixed(1)} M/s` : `${(speed / 1e3).toFixed(0)} k/s`
}

const timesOf = (times) => (Number.isFinite(times) && times > 0 ? `${times.toFixed(times < 10 ? 2 : 0)} ×` : '')

/** How often the CPU time of another row of the same load a row took. */
function ratio(row, rows, isOther) {
  const other = rows.find((each) => each.load === row.load && isOther(each))
  return timesOf(row.cpu / (other?.cpu ?? Number.NaN))
}

const titleOf = ({ load, amount, unit, megabytes }) =>
  `${load}: ${amount >= 1e6 ? `${amount / 1e6} M` : amount.toLocaleString('en')} ${unit}, ${Math.round(megabytes)} MB`

const isYardstick = (row) => row.yardstick
const isNoaccept = (row) => row.name.startsWith('noaccept')

function* table(rows) {
  yield '| load | program | CPU seconds | on the clock | per CPU second | of the yardstick | of noaccept | peak memory |'
  yield '|---|---|--:|--:|--:|--:|--:|--:|'
  let last = ''
  for (const row of rows) {
    const name = `${row.name.replaceAll('|', '\\|')}${row.scale === 1 ? '' : ` (× ${row.scale} of a shorter one)`}`
    const memory = Number.isFinite(row.memory) ? `${Math.round(row.memory)} MB` : ''
    const cells = [row.load === last ? '' : titleOf(row), name, seconds(row.cpu), seconds(row.wall), rate(row)]
    const ratios = [ratio(row, rows, isYardstick), ratio(row, rows, isNoaccept)]
    yield `| ${[...cells, ...ratios, memory].join(' | ')} |`
    last = row.load
  }
}

function* page({ rows, versions, runs, minutes }) {
  const model = cpus()[0]?.model ?? 'unknown processor'
  yield '# Speed'
  yield ''
  yield `Whole processes, medians of ${runs} rounds. The yardstick is libpcap's bare read loop (for logs \`grep -c\`, for the start \`node -e 0\`); ratios are of CPU seconds, because a busy machine stretches the clock. A program marked “of a shorter one” got the beginning of the capture and its time was multiplied, which flatters those that slow down as connections pile up; an empty row did not end within three minutes. The whole took ${minutes.toFixed(0)} minutes.`
  yield ''
  yield `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.versions.node}.`
  for (const [name, version] of versions) yield version === null ? `Not installed: ${name}.` : `${name}: ${version}.`
  yield ''
  yield* table(rows)
  yield ''
}

/** Prints the table; with `keep` also writes it over the last one in results.md, of which the notes below it stay. */
export function writeResults({ keep, ...results }) {
  const text = `${[...page(results)].join('\n')}\n`
  process.stdout.write(text)
  if (!keep) return
  const old = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : ''
  const notes = old.includes(MARKER) ? old.slice(old.indexOf(MARKER)) : `${MARKER}\n`
  writeFileSync(RESULTS, `${text}${notes}`)
}
