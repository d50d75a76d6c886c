import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, type Told, wireOf } from '../support/wire.ts'

const WAITS: Told = { clientPort: 50_002, open: 6, pushes: beats(6.5, 1, 8), verdict: 'ack-only' }
const SERVED: Told = { clientPort: 50_001, open: 2, pushes: beats(2.1, 1, 3), replies: beats(2.101, 1, 3, 96) }
const RESET: Told = { clientPort: 50_003, open: 6, pushes: [[6.1, 44]], serverRst: 6.11, verdict: 'reset-unread-data' }
const FIN: Told = { clientPort: 50_003, open: 6, pushes: [[6.1, 44]], serverFin: 6.11, verdict: 'half-close' }
const REFUSED: Told = { clientPort: 50_004, refused: [7], verdict: 'refused' }
const SETS: Record<string, Told[]> = { waits: [WAITS], served: [SERVED, { ...WAITS }], reset: [RESET], fin: [FIN], refused: [REFUSED] }
it('x', async () => {
  const blocks = readFileSync('/tmp/chain/scen.txt', 'utf8').split(/^### /m).slice(1)
  let out = ''
  for (const block of blocks) {
    const [head, ...rest] = block.split('\n')
    const [set, ...title] = head!.split(' ')
    const log = rest.join('\n')
    const file = await logOf(log)
    const wires = SETS[set!]!.map((each, stream) => wireOf({ stream, serverPort: 9000, ...each }))
    const s = correlate(wires, captureOf(20), [file], { zone: 0, logDate: null, offsets: new Map() })
    out += `\n## ${title.join(' ')} [${set}]\n  events: ${file.events.map((e) => `${e.line}:${e.kind}/${e.pattern}${e.errorName ? `(${e.errorName})` : ''}`).join(' ')}\n  refusal: ${s.scene.refusals.get(0) ?? '-'}\n  cause: ${s.rootCause ? `${s.rootCause.verdict} ${s.rootCause.confidence}: ${s.rootCause.claim}` : '-'}\n  verdicts: ${[...s.overrides].map(([k, v]) => `${k}=${v.verdict}/${v.confidence}`).join(' ')}\n  findings: ${s.findings.map((f) => `${f.rule}/${f.confidence}`).join(' ')}\n`
  }
  console.log(out)
})
