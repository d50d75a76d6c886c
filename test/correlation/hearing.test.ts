import { describe, expect, it } from 'vitest'
import { correlated } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const MUTE: Told = { clientPort: 50_001, open: 5, pushes: beats(5.5, 1, 4) }
const SERVED: Told = {
  clientPort: 50_002,
  open: 1,
  pushes: [[1.1, 44]],
  replies: [[1.2, 44]],
  verdict: 'healthy',
}

const line = (seconds: number, level: string, words: string): string =>
  `2026-11-23T03:53:${(40 + seconds).toFixed(3)}Z ${level} ${words}\n`
const BEGIN = line(0, 'INFO', 'listening fd=5 addr=127.0.0.1:9000')
const ACCEPT = line(1.001, 'INFO', 'accepted connection fd=7 peer=127.0.0.1:50002')
const END = line(9.9, 'ERROR', 'disk is nearly full')

const judge = (text: string, told: readonly Told[] = [MUTE, SERVED]) => correlated(told, [text], 10)
const verdictBy = async (text: string) => (await judge(text)).overrides.get(0)

describe('a log that shows no accept of a connection', () => {
  it('proves that there was none where it shows others at its level', async () => {
    expect(await verdictBy(BEGIN + ACCEPT + END)).toMatchObject({ verdict: 'accept-stopped', confidence: 'likely' })
  })

  it.each([
    'log level set to WARN',
    'Changing log level from INFO to ERROR',
    'log verbosity set to 0',
    'logging suspended: disk is full',
    'INFO: switched logging to WARN',
    'LoggingLevelSwitch: minimum level changed from Information to Error',
    'Configuring logger ROOT to level ERROR',
    'console appender detached',
    'log sampling enabled initial=1 thereafter=100',
    'log partition full, dropping INFO and DEBUG records',
  ])('proves nothing after “%s”', async (words) => {
    const { overrides, findings, rootCause } = await judge(BEGIN + ACCEPT + line(3, 'WARN', words) + END)
    expect(overrides.get(0)).toBeUndefined()
    expect(findings.map(({ rule }) => rule)).not.toContain('accept-missing')
    expect(rootCause?.verdict).not.toBe('accept-stopped')
  })

  it('proves it where the level that was set lets lines of accepts through', async () => {
    const set = line(3, 'INFO', 'log level set to INFO')
    expect(await verdictBy(BEGIN + ACCEPT + set + END)).toMatchObject({ verdict: 'accept-stopped' })
    const wordier = line(3, 'INFO', 'log level set to DEBUG')
    const { overrides } = await judge(BEGIN + wordier + END, [MUTE])
    expect(overrides.get(0)).toMatchObject({ verdict: 'never-accepted' })
  })

  it('proves it where the log began with its level, and shows accepts at it', async () => {
    expect(await verdictBy(line(0, 'INFO', 'log level: warn') + BEGIN + ACCEPT + END)).toMatchObject({
      verdict: 'accept-stopped',
    })
  })

  it('proves nothing before the level was lowered to the one that accepts are told at', async () => {
    const lowered = line(7, 'INFO', 'log level set to DEBUG')
    const late = line(8, 'DEBUG', 'accepted connection fd=7 peer=127.0.0.1:50003')
    expect(await verdictBy(BEGIN + lowered + late + END)).toBeUndefined()
  })

  it('leaves it suspected where the level was raised only after the accept was long due', async () => {
    const raised = line(7, 'WARN', 'log level set to WARN')
    expect(await verdictBy(BEGIN + ACCEPT + raised + END)).toMatchObject({
      verdict: 'accept-stopped',
      confidence: 'suspected',
    })
  })

  it.each([
    'Suppressed 15 messages from gated.service',
    'imuxsock lost 47 messages from pid 512 due to rate-limiting',
    '12 message(s) dropped because of queue size limit.',
    'slog-async: logger dropped messages due to channel overflow, count: 12',
  ])('proves nothing where lines were left out meanwhile: “%s”', async (words) => {
    expect(await verdictBy(BEGIN + ACCEPT + line(5.8, 'WARN', words) + END)).toBeUndefined()
  })

  it('proves nothing where another process of the same program was told to leave accepts out', async () => {
    const pg = (seconds: number, pid: number, words: string) =>
      `2026-11-23 03:53:${(40 + seconds).toFixed(3)} UTC [${pid}] LOG:  ${words}\n`
    const text = [
      pg(0, 77, 'listening on IPv4 address "127.0.0.1", port 9000'),
      pg(1.01, 80, 'connection received: host=127.0.0.1 port=50002'),
      pg(3, 77, 'parameter "log_connections" changed to "off"'),
      pg(9, 77, 'checkpoint complete'),
    ].join('')
    expect(await verdictBy(text)).toBeUndefined()
    expect(await verdictBy(text.replace('log_connections', 'work_mem'))).toMatchObject({ verdict: 'accept-stopped' })
  })

  describe('and names the loggers that wrote its lines', () => {
    const layout = (text: string) =>
      text.replace(/(INFO|ERROR) (?=listening|accepted|disk)/g, '$1 c.a.gate.Acceptor - ')
    const verdictAfter = async (words: string) =>
      verdictBy(layout(BEGIN + ACCEPT) + line(3, 'INFO', `c.a.Admin - ${words}`) + layout(END))

    it.each(['Log level of logger com.acme.db.Pool set to ERROR', 'Setting logger com.acme.gate.http to WARN'])(
      'proves it after “%s”: other lines are left out',
      async (words) => {
        expect(await verdictAfter(words)).toMatchObject({ verdict: 'accept-stopped', confidence: 'likely' })
      },
    )

    it.each([
      'Log level of logger com.acme.gate set to ERROR',
      'Log level of logger com.acme.gate.Acceptor set to ERROR',
      'Log level of logger ROOT set to ERROR',
      'Log level of logger gate set to ERROR',
    ])('proves nothing after “%s”', async (words) => {
      expect(await verdictAfter(words)).toBeUndefined()
    })

    it('proves nothing where the lines of accepts name no logger', async () => {
      const set = line(3, 'INFO', 'c.a.Admin - Log level of logger com.acme.db.Pool set to ERROR')
      expect(await verdictBy(BEGIN + ACCEPT + set + END)).toBeUndefined()
    })
  })

  it('proves it where lines were left out before it was made', async () => {
    const dropped = line(3, 'WARN', 'Suppressed 15 messages from gated.service')
    expect(await verdictBy(BEGIN + ACCEPT + dropped + END)).toMatchObject({ verdict: 'accept-stopped' })
  })

  it('proves it where the lines that were left out repeat another one', async () => {
    const repeated = line(6, 'INFO', 'message repeated 3 times: [ watchdog fed]')
    expect(await verdictBy(BEGIN + ACCEPT + repeated + END)).toMatchObject({ verdict: 'accept-stopped' })
  })

  it('proves nothing where the lines that were left out repeat that of an accept', async () => {
    const nameless = line(1.001, 'INFO', 'accepted connection')
    const repeated = line(6, 'INFO', 'last message repeated 3 times')
    expect(await verdictBy(BEGIN + nameless + repeated + END)).toBeUndefined()
    const quoted = line(6, 'INFO', 'message repeated 3 times: [accepted connection]')
    expect(await verdictBy(BEGIN + nameless + quoted + END)).toBeUndefined()
  })
})

describe('a log that shows no read of a connection that it shows the accept of', () => {
  const own = line(5.001, 'INFO', 'accepted connection fd=8 peer=127.0.0.1:50001')
  const read = line(1.101, 'INFO', 'recv fd=7 bytes=44')

  it('proves that there was none where it shows others', async () => {
    expect(await verdictBy(BEGIN + ACCEPT + read + own + END)).toMatchObject({ verdict: 'accepted-never-read' })
  })

  it('proves nothing once its level was raised', async () => {
    const raised = line(5.2, 'WARN', 'log level set to WARN')
    expect((await verdictBy(BEGIN + ACCEPT + read + own + raised + END))?.verdict).not.toBe('accepted-never-read')
  })
})
