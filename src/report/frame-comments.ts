import type { Evidence, Finding } from '../diagnosis/finding.ts'
import { excerpt } from '../text/visible.ts'
import type { Report } from './report.ts'

/** Comments of one frame: what more is said of it stands in the report. */
const PER_FRAME = 12
/** Characters of one comment: Wireshark shows it as one line above the packet. */
const LONGEST = 600
/** Findings that the section comment lists. */
const LISTED = 40

/** What a copy of one capture says about its frames. */
export interface FrameComments {
  readonly section: string
  readonly frames: ReadonlyMap<number, readonly string[]>
}

/**
 * Findings as comments on the frames that decide them, with the log lines that belong to these. `only` restricts them
 * to one finding, by its index; `capture` names the capture whose frames are meant.
 */
export function frameComments(report: Report, capture: number, only: number | null = null): FrameComments {
  const frames = new Map<number, string[]>()
  const say = (frame: number, text: string): void => {
    const comments = frames.get(frame) ?? []
    if (comments.length < PER_FRAME && !comments.includes(text)) comments.push(text)
    frames.set(frame, comments)
  }
  for (const [index, finding] of report.findings.entries()) {
    if (only !== null && only !== index) continue
    const told = new Set<number>()
    for (const evidence of finding.evidence)
      for (const frame of evidence.capture === capture ? evidence.frames : []) {
        if (told.size === 0) say(frame, headline(finding, index))
        told.add(frame)
        for (const text of evidenceTexts(report, evidence)) say(frame, `noaccept ${index + 1}: ${text}`)
      }
  }
  if (only === null)
    for (const { step, claim, standing, evidence } of report.chain)
      for (const one of evidence)
        for (const frame of one.capture === capture ? one.frames : [])
          say(frame, excerpt(`noaccept step ${step} (${standing}): ${claim}`, LONGEST))
  return { section: sectionComment(report, capture, only), frames }
}

const headline = (finding: Finding, index: number): string =>
  excerpt(
    `noaccept finding ${index + 1}, ${finding.severity} (${finding.confidence}): ${finding.title} [${finding.rule}]`,
    LONGEST,
  )

function* evidenceTexts(report: Report, evidence: Evidence): Generator<string> {
  yield excerpt(evidence.text, LONGEST)
  if (evidence.log === null || evidence.lines.length === 0) return
  const path = report.logs[evidence.log]?.path ?? 'log'
  const { apart, quote } = evidence
  const distance = apart === undefined ? '' : ` (${signed(apart.ms)} ms, ±${apart.uncertaintyMs} ms)`
  const words = quote === undefined ? '' : `: ${quote}`
  yield excerpt(`log line ${path}:${evidence.lines[0]}${distance}${words}`, LONGEST)
}

const signed = (value: number): string => (value < 0 ? String(value) : `+${value}`)

function sectionComment(report: Report, capture: number, only: number | null): string {
  const { tool, rootCause, findings } = report
  const lines = [
    `Annotated by ${tool.name} ${tool.version} from ${excerpt(report.captures[capture]?.path ?? '', LONGEST)}.`,
  ]
  if (rootCause !== null)
    lines.push(
      `Root cause (${rootCause.confidence}): ${excerpt(rootCause.claim, LONGEST)} [${excerpt(rootCause.verdict, 80)}]`,
    )
  if (findings.length === 0) lines.push('Nothing was found.')
  for (const [index, finding] of findings.entries()) {
    if (only !== null && only !== index) continue
    if (lines.length > LISTED) break
    lines.push(headline(finding, index))
    if (finding.filter !== null) lines.push(`  ${excerpt(finding.filter, LONGEST)}`)
  }
  if (only !== null)
    lines.push(
      'Only the packets of this finding are here: frame and stream numbers in its texts are those of the original.',
    )
  if (!report.complete) lines.push('Part of the original was not read.')
  return lines.join('\n')
}
