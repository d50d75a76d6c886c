import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectationSchema } from '../../src/check/expectation.ts'
import { readExpectation } from '../../src/check/read-expectation.ts'
import { Failure } from '../../src/failure.ts'

function refused(text: string): { message: string; hint: string | null } {
  try {
    readExpectation(text, 'a.expect.yaml')
  } catch (error) {
    if (error instanceof Failure) return { message: error.message, hint: error.hint }
    throw error
  }
  throw new Error('it was accepted')
}

const LISTENER = `about: the listener lost its slot
listeners:
  9000:
    verdict: never-accepted
    connections: 1
`

/** Written anew by `npm run docs`. */
const SCHEMA = 'schemas/expect.schema.json'

describe('an expectation file', () => {
  it('is read with the place of each of its parts', () => {
    const { expected, place } = readExpectation(LISTENER, 'a.expect.yaml')
    expect(expected).toEqual({
      about: 'the listener lost its slot',
      listeners: { '9000': { verdict: 'never-accepted', connections: 1 } },
    })
    expect(place(['listeners', '9000', 'verdict'])).toEqual({ line: 4, column: 5 })
    expect(place(['listeners', '9000', 'served'])).toEqual({ line: 3, column: 3 })
    expect(place(['rootCause'])).toEqual({ line: 1, column: 1 })
  })

  it('may be empty, and expects nothing then', () => {
    expect(readExpectation('', 'a.expect.yaml').expected).toEqual({})
  })

  it.each([
    ['a key', 'conections: 3', 'a.expect.yaml:1:1: there is no "conections" here', 'did you mean "connections"?'],
    [
      'a key within',
      'listeners:\n  9000:\n    verdct: idle',
      'a.expect.yaml:3:5: listeners.9000: there is no "verdct" here',
      'did you mean "verdict"?',
    ],
    ['a verdict', 'verdicts:\n  never-acepted: 1', 'a.expect.yaml:2:3', 'did you mean "never-accepted"?'],
    [
      'a verdict of a flow',
      'flows:\n  - stream: 0\n    verdict: helthy',
      'a.expect.yaml:3:5',
      'did you mean "healthy"?',
    ],
    [
      'a count',
      'connections: many',
      'a.expect.yaml:1:1: connections: this is to be a number, and is a text',
      'an expectation is a YAML map',
    ],
    ['a count below none', 'connections: -1', 'connections: this is to be 0 or more', 'an expectation is a YAML map'],
    [
      'the whole file',
      '[refused]',
      'a.expect.yaml:1:1: this is to be a map, and is a list',
      'an expectation is a YAML map',
    ],
    [
      'what a flow needs',
      'flows: [{ verdict: idle }]',
      ':1:9: "flows.0.stream" is missing',
      'an expectation is a YAML map',
    ],
    [
      'a rule that must not fire',
      'silent: [refusd]',
      'a.expect.yaml:1:10: silent.0: "refusd" is none',
      'did you mean "refused"?',
    ],
    [
      'a rule that must fire',
      'fires: { refusd: 1 }',
      'a.expect.yaml:1:10: fires: there is no "refusd"',
      'did you mean "refused"?',
    ],
    [
      'a root cause',
      'rootCause: slot-rce',
      'a.expect.yaml:1:1: rootCause: "slot-rce" is none',
      'did you mean "slot-race"?',
    ],
    ['YAML itself', 'verdicts: {', 'a.expect.yaml:1:12', 'an expectation is a YAML map'],
  ])('names line and column of a mistake in %s, and the nearest word', (_, text, message, hint) => {
    const told = refused(text)
    expect(told.message).toContain(message)
    if (hint !== null) expect(told.hint).toBe(hint)
  })

  it('lists what is known where nothing is near', () => {
    expect(refused('xyzzy: 1').hint).toMatch(/^known here: about, logs, complete, /)
  })

  it('refuses aliases that multiply without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`
    expect(refused(bomb).message).toContain('alias')
  })

  it('has the schema that is published', () => {
    if (process.env['UPDATE'] === '1') writeFileSync(SCHEMA, `${JSON.stringify(expectationSchema(), null, 2)}\n`)
    const published: unknown = JSON.parse(readFileSync(SCHEMA, 'utf8'))
    expect(published).toEqual(JSON.parse(JSON.stringify(expectationSchema())))
  })
})
