import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/diagnosis/finding.ts'
import { formatDuration } from '../../src/text/duration.ts'
import { correlated } from '../support/correlated.ts'
import { beats, type Told } from '../support/wire.ts'

const story = (told: readonly Told[], ...texts: readonly string[]) => correlated(told, texts, 10)

const QUERIES: Told = { clientPort: 50_001, serverPort: 9000, open: 1.9, pushes: beats(2, 2.1, 4) }
const LINK: Told = {
  clientPort: 40_000,
  serverPort: 7000,
  open: 0.02,
  pushes: [[0.03, 60]],
  replies: [[0.04, 32]],
  serverFin: 3.5,
}

const NETWORK = `
  03:53:40.015625 W 00024120> Socket 500 created
  03:53:40.015625 W 00024120> Attach: i=0.
  03:53:40.015625 W 00024340> Socket 488 created
  03:53:40.015625 W 00024340> Attach: i=0.
  03:53:40.015625 W 00024348> Socket 496 created
  03:53:40.015625 W 00024348> Attach: i=0.
  03:53:40.031250 W 00024340> link-0 connected
  03:53:40.171875 W 00024120> Listening on Socket 500
  03:53:41.890625 W 00024352> readable socket list:500,
  03:53:41.890625 W 00024352> Socket 500 not matched ...
  03:53:43.500000 W 00024340> link-0 - IDLE CLOSE (0)
  03:53:49.000000 W 00024228> license check ok (5)
`
const APP = `
  03:53:41.890625 W 00024136> connected to Network, link status = 0
  03:53:44.109375 W 00024136> query link status, status = 0
  03:53:46.203125 W 00024136> query link status, status = 0
`
const REPAIRED = `
  03:53:40.015625 W 00024120> Socket 500 created
  03:53:40.015625 W 00024120> Attach: i=0.
  03:53:40.015625 W 00024340> Socket 488 created
  03:53:40.031250 W 00024340> Attach: i=1.
  03:53:40.171875 W 00024120> Listening on Socket 500
  03:53:41.890625 W 00024352> readable socket list:500,
  03:53:41.890625 W 00024352> Accept: Socket 504 from 127.0.0.1:50001
  03:53:41.890625 W 00024352> Attach: i=2.
  03:53:42.000000 W 00024352> Socket 504 recv 44 bytes
  03:53:43.500000 W 00024340> ** - IDLE CLOSE (*)
  03:53:45.000000 W 00024340> Socket 488 created
  03:53:45.000000 W 00024340> Attach: i=1.
`

describe('the causal chain', () => {
  it('tells the whole story of a listener that lost its slot, step by step, each with its frames and lines', async () => {
    const { chain, rootCause } = await story([LINK, QUERIES], NETWORK, APP)
    expect(chain.map((step) => step.step).join('')).toBe('abcdefghi')
    expect(chain.map((step) => step.standing)).toEqual([
      ...Array.from({ length: 6 }, () => 'observed'),
      'inferred',
      'observed',
      'observed',
    ])
    expect(chain[1]?.claim).toContain('Thread 00024340, not the thread 00024120')
    expect(chain[1]?.evidence.map((evidence) => evidence.lines)).toEqual([[4], [6]])
    expect(chain[5]?.evidence[0]?.lines).toEqual([10])
    expect(chain[3]?.evidence[0]?.frames).toEqual([1002, 1003])
    expect(chain[8]?.evidence[0]).toMatchObject({ log: 1, lines: [1, 2, 3] })
    expect(rootCause).toMatchObject({ verdict: 'slot-race', confidence: 'likely' })
    expect(rootCause?.claim).toMatch(/Threads 00024120 and 00024340 .*lines 2 and 4/)
  })

  it('does not take the idle closes of other links for evidence, however near', async () => {
    const { chain } = await story([LINK, QUERIES], NETWORK, APP)
    expect(
      chain.flatMap((step) => step.evidence).some((evidence) => evidence.log === 0 && evidence.lines.includes(11)),
    ).toBe(false)
  })

  it('tells nothing of the sort where the same program is repaired', async () => {
    const served: Told = { ...QUERIES, replies: beats(2.001, 2.1, 4, 96) }
    const { chain, rootCause, findings, overrides } = await story([LINK, served], REPAIRED, APP)
    expect({ chain, rootCause, findings, overrides: overrides.size }).toEqual({
      chain: [],
      rootCause: null,
      findings: [],
      overrides: 0,
    })
  })

  it('contradicts the step of the poll set where the socket is reported again', async () => {
    const again =
      '  03:53:45.000000 W 00024352> readable socket list:500,\n  03:53:45.000000 W 00024352> Socket 500 not matched ...\n'
    const { chain } = await story([LINK, QUERIES], NETWORK + again, APP)
    expect(chain.find((step) => step.claim.includes('poll set'))?.standing).toBe('contradicted')
  })

  it('is of the listener that was lost, where another listener’s connection waits as well', async () => {
    const other: Told = { ...QUERIES, clientPort: 50_003, serverPort: 9100, open: 0.5, pushes: beats(0.6, 2, 4) }
    const listening =
      '03:53:40.100000 W 00024999> Socket 700 created\n03:53:40.100000 W 00024999> Listening on Socket 700'
    const text = NETWORK.replace('Listening on Socket 500', 'Listening on Socket 500, port 9000')
    const { rootCause } = await story([other, QUERIES], `${listening}, port 9100\n${text}`, APP)
    expect(rootCause?.claim).toContain('the listening socket 500')
  })

  it('names the descriptors that ran out', async () => {
    const text = `
      I1123 03:53:40.500000 1 listener.cc:1] listening fd=5 addr=127.0.0.1:9000 backlog=16
      I1123 03:53:40.700000 1 acceptor.cc:2] accepted connection fd=6 peer=127.0.0.1:50000
      E1123 03:53:41.900100 1 acceptor.cc:3] accept failed: Too many open files, acceptor stopped
      I1123 03:53:49.000000 2 core.cc:4] watchdog fed, lap 9
    `
    const earlier: Told = { clientPort: 50_000, open: 0.7, pushes: beats(0.8, 1, 9), replies: beats(0.81, 1, 9) }
    const { rootCause, overrides } = await story([earlier, QUERIES], text)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(rootCause).toMatchObject({ verdict: 'descriptors-exhausted', confidence: 'likely' })
  })

  it('tells what packets show alone, and no cause, where every log is of another run', async () => {
    const text = '01:47:01.796875 Socket 968 created\n01:47:01.796875 Attach: i=0.\n'
    const { chain, rootCause } = await story([QUERIES], text)
    expect(chain.map((step) => step.standing)).toEqual(['observed', 'observed', 'observed'])
    expect(chain.flatMap((step) => step.evidence).every((evidence) => evidence.log === null)).toBe(true)
    expect(rootCause).toBeNull()
  })

  const LISTENING = '03:53:40.171875 W 00024120> Listening on Socket 500\n'
  const claims = async (...told: readonly Told[]) => (await story(told, LISTENING, APP)).chain.map(({ claim }) => claim)

  it('has no kernel complete what a full queue left unfinished, nor acknowledge what it did not', async () => {
    const told = (await claims({ ...QUERIES, verdict: 'backlog-overflow', history: 'ShADT' })).join()
    expect(told).toContain('does not take the connection')
    expect(told).toContain('The client’s 4 requests end unanswered')
  })

  it('has no kernel acknowledge what only the client’s packets tell of', async () => {
    const told = (await claims({ ...QUERIES, verdict: 'insufficient', history: 'SAD' })).join()
    expect(told).toContain('The client’s 4 requests end unanswered')
  })

  it.each([
    ['connection error 104', 'The client’s log tells of an error'],
    ['no answer after 2 queries, giving up', 'The client waits for an answer in vain'],
  ])('does not have the client give up where it writes “%s”', async (words, claim) => {
    const app = `03:53:41.890625 W 00024136> connected to Network\n03:53:46.203125 W 00024136> ${words}\n`
    const { chain } = await story([QUERIES], LISTENING, app)
    expect(chain.at(-1)?.claim).toBe(claim)
  })

  it('says of a late accept as much as the log’s stamps do, not its doubt besides', async () => {
    const late: Told = { ...QUERIES, replies: beats(6.21, 0.01, 4, 96) }
    const text = `${LISTENING}03:53:46.203125 W 00024352> Accept: Socket 504 from 127.0.0.1:50001\n`
    const { findings } = await story([late], text)
    const [{ title, evidence }] = findings.filter(({ rule }) => rule === 'accept-late') as [Finding]
    expect(evidence[0]!.apart!.uncertaintyMs).toBeGreaterThan(1)
    expect(title).toContain(`accepted ${formatDuration(evidence[0]!.apart!.ms * 1e6)} after its handshake`)
  })

  it('counts refused attempts of the same host alone', async () => {
    const refused = (client: string): Told => ({ client, clientPort: 40_001, refused: [1, 1.5], verdict: 'refused' })
    const connects = async (client: string) =>
      (await claims(refused(client), QUERIES)).find((claim) => claim.includes('connects'))
    expect(await connects('127.0.0.1')).toContain('after 1 refused attempt (2 SYNs)')
    expect(await connects('10.0.0.7')).not.toContain('refused')
  })

  it('takes SYNs that a system repeats from one port for one attempt, and a new port or a later SYN for another', async () => {
    const refused = (clientPort: number, times: readonly number[]): Told => ({
      clientPort,
      refused: times,
      verdict: 'refused',
    })
    const connects = async (...before: Told[]) =>
      (await claims(...before, { clientPort: 50_001, open: 10, pushes: beats(11, 2, 4) })).find((claim) =>
        claim.includes('connects'),
      )
    expect(await connects(refused(40_001, [1, 1.5, 2]))).toContain('after 1 refused attempt (3 SYNs)')
    expect(await connects(refused(40_001, [1, 6]))).toMatch(/after 2 refused attempts$/)
    expect(await connects(refused(40_001, [1]), refused(40_002, [1.5]))).toMatch(/after 2 refused attempts$/)
  })
})

const incident = (name: string) => readFileSync(new URL(`../../fixtures/incident/${name}`, import.meta.url), 'utf8')

describe('the log excerpts of the reference incident', () => {
  it.each([
    ['log-1-idle-close.txt', []],
    ['log-2-readable.txt', []],
    ['log-3-not-matched.txt', ['readable-not-matched']],
    ['log-4-attach.txt', ['slot-written-twice']],
  ])('%s proves what it says alone, and that it is of another run', async (name, rules) => {
    const { findings, scene, overrides } = await story([QUERIES], incident(name))
    expect(findings.map((finding) => finding.rule)).toEqual([...rules, 'log-of-another-run'])
    expect(scene.processes[0]?.clock).toBeNull()
    expect(overrides.size).toBe(0)
  })
})
