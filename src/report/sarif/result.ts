import type { CodeFlow, Location, Result } from 'sarif'
import type { Finding } from '../../diagnosis/finding.ts'
import type { Report } from '../report.ts'
import { frameLocation, lineLocation, places, step } from './location.ts'
import { message } from './text.ts'

/** GitHub shows 100 locations of a result, and refuses more than 1000. */
const RELATED = 100
/** Places of one fact, so that the first one leaves room for the others. */
const OF_ONE_FACT = 20
/** GitHub shows 1000 steps of a code flow. */
const STEPS = 1000

const ARROWS = { 'to-server': 'client → server: ', 'to-client': 'server → client: ' } as const

function ladderFlow(report: Report, finding: Finding): CodeFlow[] {
  const capture = finding.evidence.find((fact) => fact.capture !== null)?.capture ?? 0
  const rows = (finding.ladder ?? []).slice(0, STEPS)
  if (rows.length === 0) return []
  const locations = rows.map((row, at) => {
    const arrow = row.direction === null ? '' : ARROWS[row.direction]
    const text = `${arrow}${row.text}${row.note === null ? '' : ` (${row.note})`}`
    return step(frameLocation(report, capture, row.frame, text), at + 1)
  })
  return [{ message: { text: 'The deciding packets' }, threadFlows: [{ locations }] }]
}

/** How it came about, each step at the first place that shows it; a step that nothing shows stands without a place. */
function chainFlow(report: Report): CodeFlow[] {
  if (report.chain.length === 0) return []
  const locations = report.chain.slice(0, STEPS).map(({ step: name, standing, claim, evidence }, at) => {
    const text = `${name}. ${claim} (${standing})`
    const first = evidence.find((fact) => fact.frames.length > 0 || fact.lines.length > 0)
    const location: Location =
      first === undefined
        ? { message: { text: message(text) } }
        : first.capture !== null && first.frames.length > 0
          ? frameLocation(report, first.capture, first.frames[0]!, text)
          : lineLocation(report, first.log ?? 0, first.lines[0]!, text)
    return step(location, at + 1)
  })
  return [{ message: { text: 'How it came about' }, threadFlows: [{ locations }] }]
}

/** The first place of all facts, else the input as a whole: GitHub shows no result without a place. */
function primary(report: Report, finding: Finding): Location[] {
  for (const fact of finding.evidence) for (const place of places(report, fact, 1)) return [place]
  return report.captures.length === 0 ? [] : [frameLocation(report, 0, 1, finding.title)]
}

function related(report: Report, finding: Finding): Location[] {
  const found: Location[] = []
  for (const fact of finding.evidence)
    for (const place of places(report, fact, OF_ONE_FACT)) {
      if (found.length === RELATED) return found
      found.push({ id: found.length + 1, ...place })
    }
  return found
}

/** One finding as a result. `key` is what stays the same when the same thing is found in another capture. */
export function resultOf(report: Report, finding: Finding, ruleIndex: number, key: string, withChain: boolean): Result {
  const codeFlows = [...ladderFlow(report, finding), ...(withChain ? chainFlow(report) : [])]
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.severity,
    kind: 'fail',
    message: { text: `${message(finding.title)}. ${message(finding.explanation)}` },
    locations: primary(report, finding),
    relatedLocations: related(report, finding),
    ...(codeFlows.length === 0 ? {} : { codeFlows }),
    partialFingerprints: { 'noaccept/v1': key },
    properties: {
      confidence: finding.confidence,
      stream: finding.stream,
      wireshark: finding.filter,
      nextSteps: finding.nextSteps.map(message),
    },
  }
}
