import { describe, expect, it } from 'vitest'
import { readText } from '../support/log-text.ts'

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

describe('a call that strace stamps when it begins', () => {
  it('is told at the time by which it had ended: an accept may have waited for minutes', async () => {
    const log =
      await readText(`512 14:07:31.250000 accept4(3, {sa_family=AF_INET, sin_port=htons(50022), sin_addr=inet_addr("10.1.2.3")}, [16], 0) = 4
519 14:08:00.000000 close(9) = 0
512 14:09:31.250000 recvfrom(4, "ping"..., 4096, 0, NULL, NULL) = 44
512 14:09:31.750000 sendto(4, "pong", 4, 0, NULL, 0) = 4
`)
    expect(log.events.map(({ kind, time }) => `${kind} ${time! / 1e9}`)).toEqual([
      'accept 50971.25',
      'close 50880',
      'recv 50971.75',
      'send 50971.75',
    ])
  })

  it('that tells how long it took ended then', async () => {
    const log = await readText(`512 14:07:31.250000 accept4(3, NULL, NULL, SOCK_CLOEXEC) = 4 <2.250817>
512 14:09:31.250000 futex(0x7ffe, FUTEX_WAIT, 2, NULL) = 0 <0.000011>
`)
    expect(log.events.map(({ kind, time }) => `${kind} ${time! / 1e9}`)).toEqual(['accept 50853.500817'])
  })

  it('that another line cut in two is stamped again where it ends', async () => {
    const log = await readText(`512 14:07:31.250000 accept4(3, <unfinished ...>
512 14:07:41.250000 <... accept4 resumed>NULL, NULL, 0) = 4
512 14:09:31.250000 futex(0x7ffe, FUTEX_WAIT, 2, NULL) = 0
`)
    expect(log.events.map(({ time }) => time! / 1e9)).toEqual([50_861.25])
  })
})
