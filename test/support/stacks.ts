import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Analysis, analyze } from '../../src/analyze.ts'
import { big, join as joined } from './headers.ts'
import { type CaptureRecord, writeRecords } from './records.ts'

const RAW = 101
const CONTROL = { F: 1, S: 2, R: 4, P: 8, A: 16 } as const

/** What a system puts into its packets: options of a SYN as it orders them, time to live, window. */
export interface Stack {
  readonly ttl: number
  readonly options: readonly number[]
  readonly window: number
}

const MSS = [2, 4, 5, 180]
export const LINUX: Stack = { ttl: 64, options: [...MSS, 1, 1, 4, 2, 1, 3, 3, 7], window: 64_240 }
export const WINDOWS: Stack = { ttl: 128, options: [...MSS, 1, 3, 3, 8, 1, 1, 4, 2], window: 65_535 }
/** A device without options but the segment's size, as lwIP is. */
export const DEVICE: Stack = { ttl: 255, options: [2, 4, 2, 24], window: 2144 }

/** How a packet differs from what its side would send. */
interface Difference {
  readonly seq?: number
  readonly ack?: number
  readonly ttl?: number
  readonly window?: number
  readonly ipId?: number
  readonly bytes?: number
}

type Way = '>' | '<'

/** Microseconds since the epoch. */
const timeOf = (seconds: number): number => 1_700_000_000e6 + Math.round(seconds * 1e6)

/** Packets of several connections, each with the marks of the systems that send them, in order of time. */
export class Stacks {
  readonly #records: CaptureRecord[] = []
  #ipId = 0

  /** Adds an IPv4 packet; `at` in seconds. */
  add(at: number, ttl: number, addresses: readonly [number, number], payload: Uint8Array, ipId?: number, protocol = 6) {
    this.#ipId++
    const head = [big(0x4500, 2), big(20 + payload.length, 2), big(ipId ?? this.#ipId, 2), big(0x4000, 2)]
    const ends = [big(addresses[0], 4), big(addresses[1], 4)]
    const bytes = joined(...head, Uint8Array.of(ttl, protocol, 0, 0), ...ends, payload)
    this.#records.push({ time: timeOf(at), bytes, length: bytes.length })
    return bytes
  }

  /** Judges what was sent, those packets left out that are not wanted. */
  async judged(wanted: (bytes: Uint8Array) => boolean = () => true) {
    const { diagnosis }: Analysis = await analyze([this.#write('scene', wanted)])
    return { connections: [...diagnosis.connections()], findings: diagnosis.findings }
  }

  /** Writes two captures, the second from a moment on, as one that is recorded in parts; `at` in seconds. */
  parted(at: number): string[] {
    const from = timeOf(at)
    return [this.#write('first', (_, time) => time < from), this.#write('second', (_, time) => time >= from)]
  }

  #write(name: string, wanted: (bytes: Uint8Array, time: number) => boolean): string {
    const list = this.#records.filter(({ bytes, time }) => wanted(bytes, time)).sort((a, b) => a.time - b.time)
    const path = join(mkdtempSync(join(tmpdir(), 'noaccept-stacks-')), `${name}.pcap`)
    writeFileSync(path, writeRecords({ linkType: RAW, list }))
    return path
  }
}

/** One connection; its methods take seconds. */
export class Link {
  readonly #to: Stacks
  readonly #port: number
  readonly #ends: Readonly<Record<Way, Stack>>
  readonly #isn: number
  readonly sent = { '>': 0, '<': 0 }

  constructor(to: Stacks, port: number, server: Stack, client: Stack = server, isn = 1000) {
    this.#to = to
    this.#port = port
    this.#ends = { '>': client, '<': server }
    this.#isn = isn
  }

  say(at: number, way: Way, flags: string, difference: Difference = {}): Uint8Array {
    const { ttl, options, window } = this.#ends[way]
    const other = way === '>' ? '<' : '>'
    const { seq = this.sent[way], ack = this.sent[other], bytes = 0 } = difference
    const syn = flags.includes('S')
    const control = [...flags].reduce((sum, letter) => sum | CONTROL[letter as keyof typeof CONTROL], 0)
    const extra = syn ? options : []
    const words = 5 + Math.ceil(extra.length / 4)
    const filled = [...extra, ...new Array<number>(words * 4 - 20 - extra.length).fill(1)]
    const ports = way === '>' ? [this.#port, 9000] : [9000, this.#port]
    const numbers = [this.#isn + seq, flags.includes('A') ? this.#isn + ack : 0]
    const told = difference.window ?? (flags.includes('R') ? 0 : window)
    const tcp = joined(
      ...ports.map((port) => big(port, 2)),
      ...numbers.map((number) => big(number, 4)),
      Uint8Array.of(words << 4, control),
      big(told, 2),
      big(0, 4),
      Uint8Array.from(filled),
      new Uint8Array(bytes).fill(0x81),
    )
    if (difference.seq === undefined) this.sent[way] += bytes + (syn || flags.includes('F') ? 1 : 0)
    const addresses = [0x0a000001, 0x0a000002] as [number, number]
    if (way === '<') addresses.reverse()
    return this.#to.add(at, difference.ttl ?? ttl, addresses, tcp, difference.ipId)
  }

  syn(at: number): Uint8Array {
    this.sent['>'] = 0
    return this.say(at, '>', 'S')
  }

  refused(at: number): this {
    this.syn(at)
    this.say(at + 0.0001, '<', 'RA')
    return this
  }

  opened(at: number): this {
    this.syn(at)
    this.say(at + 0.0001, '<', 'SA')
    this.say(at + 0.0002, '>', 'A')
    return this
  }

  /** The client says something, and the server's system acknowledges it. */
  pushed(at: number, bytes = 44): this {
    this.say(at, '>', 'PA', { bytes })
    this.say(at + 0.0001, '<', 'A')
    return this
  }

  answered(at: number, bytes = 44): this {
    this.say(at, '>', 'PA', { bytes })
    this.say(at + 0.002, '<', 'PA', { bytes })
    this.say(at + 0.042, '>', 'A')
    return this
  }

  reset(at: number, difference: Difference = {}): this {
    this.say(at, '<', 'RA', difference)
    return this
  }
}
