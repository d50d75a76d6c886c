import type { Connection } from '../diagnosis/connection.ts'
import type { Finding } from '../diagnosis/finding.ts'
import { formatEndpoint } from '../text/address.ts'
import { markdownText } from '../text/markdown-text.ts'
import { counted } from '../text/plural.ts'
import { excerpt } from '../text/visible.ts'
import { clip, displayWidth, pad } from '../text/width.ts'
import { formatDamage } from './damage.ts'
import type { Manifest } from './manifest.ts'
import type { Report } from './report.ts'
import type { Reporter } from './reporter.ts'
import { captureName, formatApart, formatSource, formatStep, formatSubject } from './source.ts'
import { commandOf } from './step-command.ts'
import { connectionsOf } from './subjects.ts'
import { suppressedText } from './suppressed.ts'
import { whyNothing } from './why-nothing.ts'

/** What a ticket can bear: beyond it a count stands. */
const MOST = { findings: 10, facts: 20, rows: 50, text: 600, explanation: 4000 } as const

/** Columns of a ladder's texts: wider ones would scroll sideways in a ticket. */
const LABEL = { least: 24, most: 44 } as const

/** A text as prose, cut where a ticket could not bear it. */
const prose = (text: string, limit: number = MOST.text): string => markdownText(text, limit)

/** A text as code, whatever backticks it holds. */
function code(text: string, limit: number = MOST.text): string {
  const shown = excerpt(text, limit)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`
}

/** Code in a table: a bar would end the cell even there. */
const codeCell = (text: string): string => code(text).replaceAll('|', '\\|')

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`

/** Beyond four backticks no line of a ladder can end its block: its texts hold no line break. */
function* ladder(report: Report, finding: Finding, connection: Connection | undefined): Generator<string> {
  const rows = finding.ladder ?? []
  if (rows.length === 0) return
  const start = rows[0]!.time
  const width = Math.max(...rows.map((of) => `${of.frame}`.length), 'frame'.length)
  const texts = rows.map((of) => clip(excerpt(of.text, 200), LABEL.most).replaceAll('`', 'ˋ'))
  const room = Math.max(LABEL.least, ...texts.map(displayWidth))
  yield `\`\`\`\`text\n${pad('frame', width, 'right')}  seconds    client ${' '.repeat(room - 4)} server\n`
  for (const [at, { frame, capture, time, direction, note }] of rows.entries()) {
    if (capture !== rows[Math.max(0, at - 1)]!.capture)
      yield `in ${excerpt(captureName(report, capture ?? connection?.capture), 200).replaceAll('`', 'ˋ')}\n`
    const said = texts[at]!
    const shaft = '─'.repeat(room + 4 - displayWidth(said))
    const arrow =
      direction === null ? `⋮  ${said}` : direction === 'to-server' ? `── ${said} ${shaft}▶` : `◀${shaft} ${said} ──`
    const label = note === null ? '' : `  ${excerpt(note, 200).replaceAll('`', 'ˋ')}`
    yield `${pad(`${frame}`, width, 'right')}  ${pad(((time - start) / 1e9).toFixed(6), 9, 'right')}  ${arrow}${label}\n`
  }
  yield '````\n\n'
}

function* facts(report: Report, finding: Finding): Generator<string> {
  yield '<details><summary>Evidence</summary>\n\n| where | what |\n|---|---|\n'
  for (const fact of finding.evidence.slice(0, MOST.facts)) {
    const what = [prose(fact.text), fact.quote === undefined ? '' : codeCell(fact.quote), prose(formatApart(fact))]
    yield row([
      codeCell(formatSource(report, fact, { limit: 12 }) || '—'),
      what.filter((part) => part !== '').join('; '),
    ])
  }
  const left = finding.evidence.length - MOST.facts
  if (left > 0) yield row(['', `and ${counted(left, 'more fact')}`])
  yield '\n</details>\n\n'
}

function* tellFinding(report: Report, finding: Finding, connection: Connection | undefined): Generator<string> {
  yield `## ${finding.severity}: ${prose(finding.title)}\n\n`
  yield `${code(finding.rule)} (${finding.confidence}) in ${code(formatSubject(report, finding, connection))}\n\n`
  yield `${prose(finding.explanation, MOST.explanation)}\n\n`
  yield* ladder(report, finding, connection)
  for (const { verdict, standing, reasons } of connection?.candidates ?? []) {
    const because = reasons.length === 0 ? '' : `: ${prose(reasons.join('; '))}`
    yield `- ${standing === 'contradicted' ? 'ruled out' : standing}: ${code(verdict)}${because}\n`
  }
  for (const step of finding.nextSteps) yield `- next: ${advice(formatStep(report, step))}\n`
  if (finding.filter !== null) yield `- Wireshark: ${code(finding.filter)}\n`
  yield '\n'
  yield* facts(report, finding)
}

/** What to do next: of its words, only those of a command are code. */
function advice(step: string): string {
  const found = commandOf(step)
  if (found === null) return prose(step)
  const { where, command, remark } = found
  return `${where === undefined ? '' : `${prose(where)}: `}${code(command)}${remark === undefined ? '' : `: ${prose(remark)}`}`
}

function* chain(report: Report): Generator<string> {
  if (report.chain.length === 0 && report.rootCause === null) return
  yield '## How it came about\n\n'
  if (report.rootCause !== null) {
    const { verdict, confidence, claim } = report.rootCause
    yield `Root cause: ${code(verdict)} (${confidence}): ${prose(claim)}\n\n`
  }
  if (report.chain.length === 0) return
  yield '| step | standing | claim | where |\n|---|---|---|---|\n'
  for (const { step, standing, claim, evidence } of report.chain) {
    const places = evidence.slice(0, 4).map((fact) => codeCell(formatSource(report, fact) || fact.text))
    yield row([prose(step), standing, prose(claim), places.join(', ')])
  }
  yield '\n'
}

function* listeners(report: Report): Generator<string> {
  if (report.listeners.length === 0) return
  yield '<details><summary>Listeners</summary>\n\n| listener | connections | served | verdict |\n|---|--:|--:|---|\n'
  for (const listener of report.listeners.slice(0, MOST.rows))
    yield row([codeCell(formatEndpoint(listener)), `${listener.connections}`, `${listener.served}`, listener.verdict])
  const left = report.listeners.length - MOST.rows
  if (left > 0) yield row([`${left} more`, '', '', ''])
  yield '\n</details>\n\n'
}

function* inputs(report: Report): Generator<string> {
  for (const { path, packets, tcpPackets, warnings, damage } of report.captures) {
    yield `- ${code(path)}: ${counted(packets, 'packet')}, ${tcpPackets} of them TCP\n`
    for (const warning of warnings) yield `  - ${prose(warning)}\n`
    if (damage === null) continue
    yield `  - ${prose(formatDamage(damage))}\n`
  }
  for (const { path, lines, events, warnings } of report.logs) {
    yield `- ${code(path)}: ${counted(lines, 'line')}, ${counted(events, 'event')}\n`
    for (const warning of warnings) yield `  - ${prose(warning)}\n`
  }
}

/** Which bytes the ticket is about, and what made it. */
function* manifest({ inputs: sealed, program, options, rules }: Manifest): Generator<string> {
  yield '\n<details><summary>Manifest</summary>\n\n| input | bytes | modified | SHA-256 |\n|---|--:|---|---|\n'
  for (const { path, bytes, modified, sha256, unchanged } of sealed) {
    const changed = unchanged === false ? ' (changed while it was analysed)' : ''
    const sum = sha256 === null ? 'unknown: it can be read only once' : code(sha256)
    yield row([codeCell(path), bytes === null ? '' : `${bytes}`, `${modified ?? ''}${changed}`, sum])
  }
  yield `\nOptions: ${code(JSON.stringify(options), MOST.explanation)}  \n`
  yield `${counted(rules.length, 'rule')}: ${code(rules.join(', '), MOST.explanation)}  \n`
  yield `Node.js ${prose(program.node)}\n\n</details>\n`
}

/** For a ticket: what was found in short, its evidence folded. */
export const markdown: Reporter = function* (report) {
  const told = report.findings.slice(0, MOST.findings)
  const about = connectionsOf(
    report,
    told.map((finding) => finding.stream),
  )
  const count = counted(report.connectionCount, 'connection')
  yield* chain(report)
  if (report.connectionCount === 0) yield `Nothing to analyse: ${whyNothing(report.captures)}.\n\n`
  else if (told.length === 0) yield `Nothing found in ${count}.\n\n`
  const suppressed = suppressedText(report)
  if (suppressed !== null) yield `${suppressed}.\n\n`
  for (const finding of told) yield* tellFinding(report, finding, about.get(finding.stream ?? -1))
  const left = report.findings.length - told.length
  if (left > 0) yield `${counted(left, 'more finding')} in ${count}.\n\n`
  if (!report.complete) yield '**Part of the input was not read: the result is partial.**\n\n'
  yield* listeners(report)
  yield* inputs(report)
  if (report.manifest !== undefined) yield* manifest(report.manifest)
  yield `\n${prose(report.tool.name)} ${prose(report.tool.version)}\n`
}
