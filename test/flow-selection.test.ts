import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { Failure } from '../src/failure.ts'
import type { Current } from '../src/flow/current.ts'
import { packetFilter } from '../src/flow-selection.ts'
import { scan } from '../src/scan.ts'

const INCIDENT = 'fixtures/incident/listing-2.pcap'

/** Client ports of the connections that the filter leaves. */
async function portsOf(filter: string, path = INCIDENT): Promise<readonly (number | string)[]> {
  const { diagnosis } = await analyze([path], { filter })
  return [...diagnosis.connections()].map(({ client }) => client.port)
}

/** What the flows of the incident's second capture are, told without the filter. */
async function everyFlow() {
  const { diagnosis } = await analyze([INCIDENT])
  return [...diagnosis.connections()]
}

describe('a filter on flows', () => {
  it('chooses those of which it lets a packet through', async () => {
    const flows = await everyFlow()
    expect(flows.length).toBeGreaterThan(1)
    for (const { client } of flows) expect(await portsOf(`tcp.srcport == ${client.port}`)).toEqual([client.port])
    expect(await portsOf('udp')).toEqual([])
  })

  it.each([
    'tcp.srcport == 9000',
    'tcp.dstport == 9000',
    'tcp.port in {9000, 61550}',
    '!(tcp.srcport == 61550)',
    'tcp.stream == 1',
    '!tcp.analysis.flags',
    'tcp.dstport == 9000 && !tcp.analysis.retransmission',
  ])('chooses the same, asked of a packet each way or of every one: %s', async (filter) => {
    // What differs from packet to packet has to be asked of all.
    expect(await portsOf(filter)).toEqual(await portsOf(`(${filter}) and tcp.window_size_value >= 0`))
    expect((await portsOf(filter)).length).toBeGreaterThan(0)
  })

  it.each([
    'tcp.analysis.flags',
    'tcp.analysis.retransmission || tcp.analysis.duplicate_ack',
    '!(tcp.analysis.flags) && tcp.srcport == 9000',
  ])('chooses the same by flags, whether ordinary segments are shown or not: %s', async (filter) => {
    const overflow = 'fixtures/stories/backlog-overflow/backlog-overflow.pcap'
    const chosen = await portsOf(filter, overflow)
    expect(chosen).toEqual(await portsOf(`(${filter}) and tcp.window_size_value >= 0`, overflow))
    expect(chosen.length).toBeGreaterThan(0)
  })

  it('chooses by final values, whatever the order of the packets', async () => {
    const flows = await everyFlow()
    const silent = flows.filter(
      ({ serverToClient, clientToServer }) => serverToClient.payloadBytes === 0 && clientToServer.payloadBytes > 0,
    )
    expect(silent.length).toBeGreaterThan(0)
    expect(await portsOf('flow.server.payload == 0 && flow.client.payload > 0')).toEqual(
      silent.map(({ client }) => client.port),
    )
  })

  it("chooses by Wireshark's completeness, which is the same for all packets of a connection", async () => {
    const [refused, silent] = ['tcp.completeness == 37', 'tcp.completeness.str == "··DASS"']
    const resets = (await everyFlow()).filter(({ verdict }) => verdict === 'refused').map(({ client }) => client.port)
    expect(resets.length).toBeGreaterThan(0)
    expect(await portsOf(refused)).toEqual(resets)
    expect((await portsOf(silent)).length).toBeGreaterThan(0)
    expect(await portsOf('tcp.completeness.syn-ack == 0 && tcp.completeness.rst')).toEqual(resets)
    expect(await portsOf(`${silent} && frame`)).toEqual(await portsOf(silent))
    const filter = await packetFilter(silent, [INCIDENT], {})
    const passed = new Set<number>()
    await scan([INCIDENT], {
      visitors: [{ visit: (current) => void (filter.matches(current, null) && passed.add(current.flow)) }],
    })
    expect(passed.size).toBe((await portsOf(silent)).length)
  })

  it.each(['verdict', 'state', 'history'] as const)('chooses by %s', async (name) => {
    const flows = await everyFlow()
    for (const flow of flows) {
      const alike = flows.filter((other) => other[name] === flow[name])
      expect(await portsOf(`flow.${name} == "${flow[name]}"`)).toEqual(alike.map(({ client }) => client.port))
    }
  })

  it('takes durations in seconds', async () => {
    const flows = await everyFlow()
    const longest = Math.max(...flows.map(({ start, end }) => end - start))
    expect(await portsOf(`flow.duration >= ${longest / 1e9}`)).toHaveLength(1)
    expect(await portsOf(`flow.duration > ${longest / 1e9}`)).toEqual([])
  })

  it('reads the capture twice where packets and final values are mixed', async () => {
    const [first] = await everyFlow()
    expect(await portsOf(`flow.verdict == "${first!.verdict}" && tcp.srcport == ${first!.client.port}`)).toEqual([
      first!.client.port,
    ])
    const stdin = Readable.from([readFileSync(INCIDENT)])
    await expect(analyze(['-'], { filter: 'flow.packets > 1 && tcp.len > 0', stdin })).rejects.toThrow(Failure)
  })
})

describe('a filter on packets', () => {
  it('lets all packets of a flow through by its final values, the first one too', async () => {
    const [flow] = await everyFlow()
    const frames = async (text: string) => {
      const filter = await packetFilter(text, [INCIDENT], {})
      const passed: number[] = []
      const visit = (current: Current) => {
        if (filter.matches(current, null)) passed.push(current.frame.number)
      }
      await scan([INCIDENT], { visitors: [{ visit }] })
      return passed
    }
    const byPort = await frames(`tcp.port == ${flow!.client.port}`)
    expect(byPort.length).toBeGreaterThan(1)
    expect(await frames(`flow.client.port == ${flow!.client.port} && flow.packets > 1`)).toEqual(byPort)
  })
})
