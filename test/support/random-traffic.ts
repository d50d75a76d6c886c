import { random } from '../../bench/generate.mjs'

const [FIN, SYN, RST, PSH, ACK] = [1, 2, 4, 8, 16]
const CLIENT_TEXTS = ['GET / HTTP/1.1\r\n\r\n', 'hello, a line of text\r\n', '\x00\x01\x02\x03', 'x'.repeat(44)]
const SERVER_TEXTS = [
  'HTTP/1.1 200 OK\r\n\r\n',
  'SSH-2.0-OpenSSH_9.6\r\n',
  '220 mail ready\r\n',
  '\x00\x01\x02\x03',
  '\x16\x03\x01\x00\x04\x02',
]
/** MSS; MSS and window scale as Windows and as Linux order them. */
const OPTIONS = [
  [2, 4, 5, 180],
  [2, 4, 5, 180, 1, 3, 3, 8, 1, 1, 4, 2],
  [2, 4, 5, 180, 4, 2, 1, 3, 3, 7, 1, 1],
].map((bytes) => Buffer.from(bytes))

interface End {
  readonly address: number
  readonly port: number
  seq: number
  window: number
}

interface Sent {
  readonly time: number
  readonly from: End
  readonly to: End
  readonly seq: number
  readonly ack: number
  readonly flags: number
  readonly window: number
  readonly text: string
  readonly options: Buffer
  readonly id: number
}

/** One connection that does something at random: what it sends is recorded, lost, doubled or repeated. */
class Talk {
  time: number
  readonly #chance: () => number
  readonly #client: End
  readonly #server: End
  readonly #options: Buffer
  readonly #records: Sent[]

  constructor(chance: () => number, records: Sent[]) {
    this.#chance = chance
    this.#records = records
    this.time = chance() * 60
    const address = 0x0a000000 + this.below(100)
    this.#client = { address, port: 1024 + this.below(60_000), seq: this.below(2 ** 31), window: 8192 }
    const listens = this.#chance() < 0.05 ? address : 0x0a010001 + this.below(3)
    this.#server = { address: listens, port: [80, 22, 9000][this.below(3)]!, seq: this.below(2 ** 31), window: 8192 }
    this.#options = OPTIONS[this.below(OPTIONS.length)]!
  }

  below(limit: number): number {
    return Math.floor(this.#chance() * limit)
  }

  send(fromClient: boolean, flags: number, text = '', again = false): void {
    const [from, to] = fromClient ? [this.#client, this.#server] : [this.#server, this.#client]
    const length = text.length + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)
    const options = (flags & SYN) !== 0 ? this.#options : Buffer.alloc(0)
    const seq = again ? from.seq - length : from.seq
    const { window } = from
    const sent: Sent = {
      time: this.time,
      from,
      to,
      seq,
      ack: to.seq,
      flags,
      window,
      text,
      options,
      id: this.below(65_536),
    }
    if (!again) from.seq += length
    this.time += this.#chance() < 0.1 ? this.#chance() * 3 : this.#chance() * 0.05
    const fate = this.#chance()
    if (fate > 0.03) this.#records.push(sent)
    if (fate > 0.98) this.#records.push({ ...sent, time: sent.time + 0.0005 })
    else if (fate > 0.95) this.#records.push({ ...sent, time: sent.time + 0.3, id: this.below(65_536) })
  }

  run(): void {
    const kind = this.below(10)
    if (kind === 0) this.#attempt()
    else {
      if (kind !== 1) this.#open()
      this.#speak(kind)
    }
  }

  #attempt(): void {
    const refused = this.#chance() < 0.5
    for (let tries = 1 + this.below(3); tries > 0; tries--) {
      this.send(true, SYN, '', tries > 1)
      if (refused) this.send(false, RST | ACK)
      this.time += 1
    }
  }

  #open(): void {
    this.send(true, SYN)
    this.send(false, SYN | ACK)
    if (this.#chance() < 0.05) this.send(false, SYN | ACK, '', true)
    if (this.#chance() > 0.05) this.send(true, ACK)
  }

  #speak(kind: number): void {
    if (kind === 2) this.send(false, RST)
    const turns = kind === 2 ? 0 : 1 + this.below(12)
    for (let turn = 0; turn < turns; turn++) this.#turn(kind, turn)
    if (turns > 0) this.#end()
  }

  #turn(kind: number, turn: number): void {
    if (kind === 3) this.time += 2.1
    this.send(true, PSH | ACK, CLIENT_TEXTS[kind === 3 ? 3 : this.below(4)])
    const stalls = kind === 5 && turn > 4
    if (kind === 3 || kind === 4) this.#fill(kind === 4 ? 3000 : 44)
    if (kind === 6) this.time += 1 + this.#chance()
    if (kind === 3 || kind === 4 || stalls) this.send(false, ACK)
    else this.send(false, PSH | ACK, SERVER_TEXTS[this.below(SERVER_TEXTS.length)])
  }

  /** The server does not read; now and then it does. */
  #fill(bytes: number): void {
    this.#server.window = this.#chance() < 0.1 ? 8192 : Math.max(0, this.#server.window - bytes)
  }

  #end(): void {
    const end = this.below(7)
    if (this.#chance() < 0.2) this.time += 10
    if (end === 0) this.send(false, RST | ACK)
    if (end === 1) this.send(true, RST)
    if (end === 2 || end === 3) this.send(true, FIN | ACK)
    if (end === 3 || end === 4) this.send(false, FIN | ACK)
    if (end === 5) {
      this.send(true, FIN | ACK)
      this.send(false, PSH | ACK, 'the last answer')
    }
  }
}

/** A pcap of so many connections that do whatever connections do, and some that they should not. */
export function randomTraffic(seed: number, connections: number): Buffer {
  const chance = random(seed)
  const records: Sent[] = []
  for (let n = 0; n < connections; n++) new Talk(chance, records).run()
  records.sort((a, b) => a.time - b.time)
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(65_535, 16)
  header.writeUInt32LE(101, 20)
  return Buffer.concat([header, ...records.map(recordOf)])
}

function recordOf({ time, from, to, seq, ack, flags, window, text, options, id }: Sent): Buffer {
  const tcp = 36
  const size = 40 + options.length + text.length
  const bytes = Buffer.alloc(16 + size)
  const micros = Math.round(time * 1e6)
  bytes.writeUInt32LE(1_700_000_000 + Math.floor(micros / 1e6), 0)
  bytes.writeUInt32LE(micros % 1e6, 4)
  bytes.writeUInt32LE(size, 8)
  bytes.writeUInt32LE(size, 12)
  bytes[16] = 0x45
  bytes.writeUInt16BE(size, 18)
  bytes.writeUInt16BE(id, 20)
  bytes[24] = 64
  bytes[25] = 6
  bytes.writeUInt32BE(from.address, 28)
  bytes.writeUInt32BE(to.address, 32)
  bytes.writeUInt16BE(from.port, tcp)
  bytes.writeUInt16BE(to.port, tcp + 2)
  bytes.writeUInt32BE(seq >>> 0, tcp + 4)
  if ((flags & ACK) !== 0) bytes.writeUInt32BE(ack >>> 0, tcp + 8)
  bytes[tcp + 12] = (20 + options.length) << 2
  bytes[tcp + 13] = flags
  bytes.writeUInt16BE(window, tcp + 14)
  options.copy(bytes, tcp + 20)
  bytes.write(text, tcp + 20 + options.length, 'latin1')
  return bytes
}
