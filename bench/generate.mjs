// Generates captures for the benchmark: Ethernet, IPv4 or IPv6, TCP, classic little-endian pcap in microseconds. Seeded: the
// same shape gives the same bytes.
//   node bench/generate.mjs SHAPE OUT   (shapes below)
import { closeSync, openSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** packets and flows in total; payload of a push; what the flows do; whether over IPv6. */
export const SHAPES = {
  'flows-10k': { packets: 5_000_000, flows: 10_000, payload: 44, kind: 'mixed' },
  'flows-10k-long': { packets: 50_000_000, flows: 10_000, payload: 44, kind: 'mixed' },
  'flows-200k': { packets: 5_000_000, flows: 200_000, payload: 44, kind: 'mixed' },
  'flows-1m': { packets: 6_000_000, flows: 1_000_000, payload: 44, kind: 'mixed' },
  'flows-10k-ipv6': { packets: 5_000_000, flows: 10_000, payload: 44, kind: 'mixed', isIpv6: true },
  large: { packets: 1_000_000, flows: 10_000, payload: 1448, kind: 'mixed' },
  'syn-scan': { packets: 4_000_000, flows: 2_000_000, payload: 0, kind: 'scan' },
}

const ETHERNET = 14
const IPV4 = 20
const IPV6 = 40
const TCP = 20
const MOST_HEADERS = ETHERNET + IPV6 + TCP
const RECORD = 16
const [FIN, SYN, RST, PSH, ACK] = [1, 2, 4, 8, 16]

/** mulberry32 */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Writes the capture of a shape to `path`. */
export function generate({ packets, flows, payload, kind, isIpv6 = false }, path) {
  const file = openSync(path, 'w')
  const chunk = Buffer.alloc(1 << 22)
  let at = 0
  const flush = () => {
    writeSync(file, chunk, 0, at)
    at = 0
  }
  at = header(chunk)
  const next = random(1)
  const step = new Int32Array(flows)
  const clientSeq = new Int32Array(flows)
  const serverSeq = new Int32Array(flows)
  let microseconds = 0
  for (let n = 0; n < packets; n++) {
    const flow = kind === 'scan' ? n >> 1 : (next() * flows) | 0
    microseconds += 1 + ((next() * 20) | 0)
    const packet = kind === 'scan' ? scanStep(n & 1) : mixedStep(flow, step[flow]++, payload)
    if (at + RECORD + MOST_HEADERS + packet.length > chunk.length) flush()
    at = write(chunk, at, flow, { ...packet, isIpv6 }, microseconds, n, clientSeq, serverSeq)
  }
  flush()
  closeSync(file)
}

function header(chunk) {
  chunk.writeUInt32LE(0xa1b2c3d4, 0)
  chunk.writeUInt16LE(2, 4)
  chunk.writeUInt16LE(4, 6)
  chunk.writeUInt32LE(262144, 16)
  chunk.writeUInt32LE(1, 20)
  return 24
}

const scanStep = (second) => ({ fromClient: second === 0, flags: second === 0 ? SYN : RST | ACK, length: 0 })

/** A handshake, then pushes: of every ten flows one is never answered, the others are after each push. */
function mixedStep(flow, step, payload) {
  if (step === 0) return { fromClient: true, flags: SYN, length: 0 }
  if (step === 1) return { fromClient: false, flags: SYN | ACK, length: 0 }
  if (step === 2) return { fromClient: true, flags: ACK, length: 0 }
  if (step % 2 === 1) return { fromClient: true, flags: PSH | ACK, length: payload }
  return flow % 10 === 0
    ? { fromClient: false, flags: ACK, length: 0 }
    : { fromClient: false, flags: PSH | ACK, length: payload }
}

function write(chunk, at, flow, packet, microseconds, n, clientSeq, serverSeq) {
  const { fromClient, flags, length, isIpv6 } = packet
  const size = ETHERNET + (isIpv6 ? IPV6 : IPV4) + TCP + length
  chunk.writeUInt32LE(1_700_000_000 + Math.floor(microseconds / 1e6), at)
  chunk.writeUInt32LE(microseconds % 1e6, at + 4)
  chunk.writeUInt32LE(size, at + 8)
  chunk.writeUInt32LE(size, at + 12)
  at += RECORD
  chunk.fill(0, at, at + size)
  const client = 0x0a000000 + Math.floor(flow / 50_000)
  const server = 0x0a010001
  const ends = fromClient ? [client, server] : [server, client]
  const ip = at + ETHERNET
  if (isIpv6) writeIpv6(chunk, ip, ends, length)
  else writeIpv4(chunk, ip, ends, length, n)
  const tcp = ip + (isIpv6 ? IPV6 : IPV4)
  const clientPort = 10_000 + (flow % 50_000)
  chunk.writeUInt16BE(fromClient ? clientPort : 9000, tcp)
  chunk.writeUInt16BE(fromClient ? 9000 : clientPort, tcp + 2)
  const seq = fromClient ? clientSeq : serverSeq
  const ack = fromClient ? serverSeq : clientSeq
  chunk.writeInt32BE(seq[flow], tcp + 4)
  if (flags & ACK) chunk.writeInt32BE(ack[flow], tcp + 8)
  chunk[tcp + 12] = 0x50
  chunk[tcp + 13] = flags
  chunk.writeUInt16BE(flags & RST ? 0 : 8192, tcp + 14)
  chunk.writeUInt16BE((n * 40503) & 0xffff, tcp + 16)
  seq[flow] = (seq[flow] + length + (flags & (SYN | FIN) ? 1 : 0)) | 0
  return at + size
}

function writeIpv4(chunk, ip, [from, to], length, n) {
  chunk.writeUInt16BE(0x0800, ip - 2)
  chunk[ip] = 0x45
  chunk.writeUInt16BE(IPV4 + TCP + length, ip + 2)
  chunk.writeUInt16BE(n & 0xffff, ip + 4)
  chunk[ip + 8] = 64
  chunk[ip + 9] = 6
  chunk.writeUInt32BE(from, ip + 12)
  chunk.writeUInt32BE(to, ip + 16)
}

/** Addresses of the documentation's prefix (RFC 3849), ending in those of IPv4. */
function writeIpv6(chunk, ip, ends, length) {
  chunk.writeUInt16BE(0x86dd, ip - 2)
  chunk[ip] = 0x60
  chunk.writeUInt16BE(TCP + length, ip + 4)
  chunk[ip + 6] = 6
  chunk[ip + 7] = 64
  for (const [i, end] of ends.entries()) {
    chunk.writeUInt32BE(0x20010db8, ip + 8 + 16 * i)
    chunk.writeUInt32BE(end, ip + 20 + 16 * i)
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [shape, out] = process.argv.slice(2)
  if (!SHAPES[shape] || !out) {
    console.error(`usage: node bench/generate.mjs SHAPE OUT\n  shapes: ${Object.keys(SHAPES).join(', ')}`)
    process.exit(2)
  }
  generate(SHAPES[shape], out)
}
