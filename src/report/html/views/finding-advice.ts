import type { Finding } from '../../../diagnosis/finding.ts'
import type { Standing } from '../../../diagnosis/verdict.ts'
import { commandOf } from '../../step-command.ts'
import { copyable } from '../copy.ts'
import { type Child, el } from '../element.ts'
import type { Model } from '../model.ts'

/** What to do next, in words around a command to copy. */
export function nextStep(step: string): Child[] {
  const found = commandOf(step)
  if (found === null) return [step]
  const { where, command, remark } = found
  return [where !== undefined && `${where}: `, copyable(command, 'command'), remark !== undefined && ` ${remark}`]
}

const STANDING = {
  supported: ['✓', 'supported'],
  possible: ['?', 'possible'],
  contradicted: ['✕', 'ruled out'],
} as const satisfies Record<Standing, readonly [string, string]>

/** What could be behind it, with what speaks for and against. */
export function candidates(model: Model, finding: Finding): HTMLElement | null {
  const list = model.payload.candidates.find((one) => one.stream === finding.stream)?.list ?? []
  if (list.length === 0) return null
  const first = model.payload.findings.find((one) => one.stream === finding.stream)
  const order: readonly Standing[] = ['supported', 'possible', 'contradicted']
  const sorted = [...list].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing))
  const rows = sorted.map(({ verdict, standing, reasons }) =>
    el(
      'li',
      { class: standing },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, STANDING[standing][0]),
      el(
        'span',
        {},
        el('strong', {}, verdict),
        ` ${STANDING[standing][1]}`,
        el('span', { class: 'reasons' }, reasons.join('; ')),
      ),
    ),
  )
  return el(
    'details',
    { class: 'candidates', open: first === finding },
    el('summary', {}, 'What it could be'),
    el('ul', {}, ...rows),
  )
}
