import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { analyze, reportOf } from '../../src/analyze.ts'
import { json } from '../../src/report/json.ts'
import { terminal } from '../../src/report/terminal.ts'
import { plain } from '../support/report.ts'

const INCIDENT = 'fixtures/incident'

const report = async (file: string) => reportOf(await analyze([`${INCIDENT}/${file}`]))
const told = async (file: string) => JSON.parse([...json(await report(file), plain)].join(''))
/** The terminal's lines as running text. */
const read = async (file: string) => [...terminal(await report(file), plain)].join('').replace(/[\s│]+/g, ' ')

describe.each(['listing-1.txt', 'listing-1.pcap'])('the first capture of the incident, %s', (file) => {
  it('shows one connection, acknowledged and never answered', async () => {
    const { connections } = await told(file)
    expect(connections).toHaveLength(1)
    expect(connections[0]).toMatchObject({
      stream: 0,
      client: { address: '127.0.0.1', port: 61169 },
      verdict: 'ack-only',
      confidence: 'certain',
      state: 'S1',
      clientToServer: { packets: 9, bytes: 909, payloadBytes: 537, retransmissions: 0 },
      serverToClient: { packets: 8, bytes: 332, payloadBytes: 0, retransmissions: 0 },
    })
  })

  it('finds the heartbeat: five pushes of 44 bytes every 2.10 s, none answered', async () => {
    const { heartbeat } = (await told(file)).connections[0]
    expect(heartbeat).toMatchObject({ payloadBytes: 44, count: 5, periodMs: 2102.25, answered: 0 })
    expect(heartbeat.jitterMs).toBeCloseTo(1.3, 2)
  })

  it('proves by 5 of 7 acknowledgments that no byte was read', async () => {
    const { findings } = await told(file)
    const [signature] = findings
    expect(signature).toMatchObject({ rule: 'no-accept-signature', severity: 'error', confidence: 'likely', stream: 0 })
    expect(signature.explanation).toContain('537 bytes of the client were acknowledged')
    expect(signature.explanation).toContain('in 5 of 5 acknowledgments that can tell, out of 7')
    const telling = signature.evidence.find(({ text }: { text: string }) => text.startsWith('5 of 5'))
    expect(telling.frames).toEqual(file.endsWith('.txt') ? [176, 189, 228, 260, 294] : [9, 11, 13, 15, 17])
  })

  it('leaves the causes that packets cannot part, and rules out what they contradict', async () => {
    const standings = Object.fromEntries(
      (await told(file)).connections[0].candidates.map(({ verdict, standing }: Record<string, string>) => [
        verdict,
        standing,
      ]),
    )
    expect(standings).toMatchObject({
      'never-accepted': 'supported',
      'accepted-never-read': 'supported',
      'accepted-no-reply': 'contradicted',
      'healthy-one-way': 'contradicted',
    })
  })

  it('is told at the terminal in the same numbers', async () => {
    const text = await read(file)
    expect(text).toContain(
      '7 pushes, 5 of them 44 bytes every 2.102 s, all acknowledged by the kernel, none answered, none read',
    )
    expect(text).toContain('5 of 5 acknowledgments that can tell, out of 7')
    expect(text).toContain('supported: never-accepted, accepted-never-read')
    expect(text).toContain('1 error in 1 connection.')
  })
})

describe.each(['listing-2.txt', 'listing-2.pcap', 'listing-2-new-isn.pcap'])(
  'the second capture of the incident, %s',
  (file) => {
    it('says that 0 of 4 acknowledgments can tell whether anything was read', async () => {
      const { connections, findings } = await told(file)
      const [last] = connections.slice(-1)
      expect(last).toMatchObject({
        client: { port: 61550 },
        verdict: 'ack-only',
        heartbeat: { payloadBytes: 44, count: 4, answered: 0 },
        clientToServer: { payloadBytes: 176 },
      })
      expect(last.candidates[0]).toMatchObject({ verdict: 'never-accepted', standing: 'possible' })
      expect(findings[0].explanation).toContain('0 of 4 acknowledgments can tell')
      expect(findings[0].title).not.toContain('none read')
    })

    it('takes three refused SYNs, 494.6 and 499.6 ms apart, for one attempt of the stack', async () => {
      const refused = (await told(file)).findings.filter(({ rule }: { rule: string }) => rule === 'refused')
      expect(refused).toHaveLength(file.includes('new-isn') ? 3 : 1)
      for (const { explanation, severity } of refused) {
        expect(explanation).toContain('3 SYNs from the same port, 494.6 ms and 499.6 ms apart, are one attempt')
        // The port answered later: it is over.
        expect(severity).toBe('warning')
      }
    })

    it('takes the new port ten seconds later for the application’s own attempt', async () => {
      const text = await read(file)
      expect(text).toContain(
        'The port answered a later SYN, 10.11 s after the last refusal: a new attempt by an application.',
      )
      expect(text).toContain('0 of 4 acknowledgments can tell')
    })
  },
)

describe('the whole program', () => {
  const program = (...args: string[]) => {
    try {
      return {
        code: 0,
        out: execFileSync(process.execPath, ['bin/noaccept.js', ...args], { encoding: 'utf8', stdio: 'pipe' }),
      }
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string }
      return { code: status, out: stdout }
    }
  }

  it('ends with 1 on the incident, and with the same JSON on standard output as the library gives', async () => {
    const { code, out } = program('analyze', `${INCIDENT}/listing-1.pcap`, '--format', 'json')
    expect(code).toBe(1)
    expect(out).toBe([...json(await report('listing-1.pcap'), plain)].join(''))
  })
})
