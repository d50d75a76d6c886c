import { describe, expect, it } from 'vitest'
import { RULE_TEXTS } from '../../src/report/rule-texts.ts'
import { commandOf } from '../../src/report/step-command.ts'

/** A program, its options and their values, as a shell takes them; PORT and the like are the reader's to fill in. */
const PASTED = /^[a-z]+(?: (?:-[\w=:]+|"[^"]+"|[\w.:]+|[|>]|--[\w-]+))+$/i

const steps = [...new Set(RULE_TEXTS.flatMap((rule) => rule.nextSteps))]
const commands = steps.flatMap((step) => commandOf(step)?.command ?? [])

describe('a command beside a finding', () => {
  it.each(commands)('is copied as a shell takes it, without words about it: %s', (command) => {
    expect(command).toMatch(PASTED)
    expect(command).not.toMatch(/ (?:on|or|while) /)
  })

  it('is found in every step that begins with one, behind the system or the place where it runs', () => {
    const naming = steps.filter((step) => /^(?:[^:]{1,40}: )?(?:ss|netstat|nstat|lsof|noaccept) /.test(step))
    expect(commands).toHaveLength(naming.length)
    expect(commandOf('On the server: ss -ltn: Recv-Q of the LISTEN row')).toEqual({
      where: 'On the server',
      command: 'ss -ltn',
      remark: 'Recv-Q of the LISTEN row',
    })
    expect(commandOf('Look into the server’s log')).toBeNull()
  })
})
