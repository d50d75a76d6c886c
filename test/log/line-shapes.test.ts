import { describe, expect, it } from 'vitest'
import { readText } from './text-of.ts'

/** Kind and time of each event, in seconds of the day or since the start. */
const told = async (text: string) =>
  (await readText(text)).events.map(({ kind, time }) => `${kind} ${time === null ? 'at no time' : time / 1e9}`)

describe('lines of one event', () => {
  it('take the time of the line that they are indented beneath', async () => {
    expect(
      await told('14:07:31 info: Net.Server[0]\n      accept() = 7\n14:07:33 info: Net.Server[0]\n      closed fd 7\n'),
    ).toEqual(['accept 50851', 'close 50853'])
  })

  it('take the time of the class and method that java.util.logging writes before its message', async () => {
    const log = await readText('Jun 04, 2025 2:07:31 PM o.e.Gate run\nINFO: Accepted 10.1.2.3:50022\n')
    expect(log).toMatchObject({ format: 'java-logging', dated: true })
    expect(log.events[0]).toMatchObject({ kind: 'accept', time: 0, peerPort: 50022 })
  })

  it('have no time where they only follow a line with one', async () => {
    expect(await told('14:07:31 ready\naccept() = 7\n')).toEqual(['accept at no time'])
  })
})

describe('a log in colours', () => {
  it('is read as without', async () => {
    const log = await readText(
      '\x1b[2m2025-06-04T14:07:31.250Z\x1b[0m \x1b[32m INFO\x1b[0m accepted connection \x1b[3mfd\x1b[0m\x1b[2m=\x1b[0m7 \x1b[3mpeer\x1b[0m\x1b[2m=\x1b[0m10.1.2.3:50022\n',
    )
    expect(log.events[0]).toMatchObject({ kind: 'accept', level: 'INFO', handle: '7', peerPort: 50022 })
    expect(log.events[0]?.text).toBe('accepted connection fd=7 peer=10.1.2.3:50022')
  })
})

describe('a sentence that begins as a level would', () => {
  it('keeps its first word: an error accepting is no accept', async () => {
    const { events } = await readText('2025-06-04 14:07:31 Error accepting connection from 10.1.2.3:50022\n')
    expect(events.map(({ kind }) => kind)).toEqual(['accept-failed'])
  })
})

describe('times since a start', () => {
  it('have no date, and go on after a day', async () => {
    const log = await readText('[86399.500000] socket created fd=5\n[86401.500000] closed fd 5\n')
    expect(log).toMatchObject({ format: 'since-start', dated: false, sinceStart: true })
    expect(log.events.map(({ time }) => time)).toEqual([86_399.5e9, 86_401.5e9])
  })
})
