import type { Engine } from '../engine/engine.ts'
import { MOST_OPTIONS, MOST_SPEECH, PACKET, PacketField } from '../engine/memory-map.ts'
import { Flag, type Packet } from '../packet/packet.ts'
import type { Current } from './current.ts'
import type { FlowTable } from './flow-table.ts'

const BYTES = PacketField.PAYLOAD + MOST_SPEECH
const FIXED_HEADER = 20

const word = (field: number): number => field >> 2

/** The place in the engine's memory where a packet that the program has decoded is handed over. */
export class DecodedPacket {
  readonly #words: Int32Array
  readonly #doubles: Float64Array
  readonly #bytes: Uint8Array
  readonly #table: FlowTable

  constructor(engine: Engine, table: FlowTable) {
    const { buffer } = engine.memory
    this.#words = new Int32Array(buffer, PACKET, BYTES >> 2)
    this.#doubles = new Float64Array(buffer, PACKET, BYTES >> 3)
    this.#bytes = new Uint8Array(buffer, PACKET, BYTES)
    this.#table = table
  }

  /** Hands the packet over; of an ICMP error the segment that it quotes, which never begins a flow. */
  write({ packet, frame, frameId }: Current): void {
    const words = this.#words
    this.#doubles[PacketField.TIME >> 3] = frame.time
    words[word(PacketField.ORIGINAL)] = frame.originalLength
    words[word(PacketField.FRAME_ID)] = frameId
    this.#writeEnds(packet)
    words[word(PacketField.SEQ)] = packet.seq
    words[word(PacketField.ACK)] = packet.ack
    words[word(PacketField.FLAGS)] = packet.flags
    words[word(PacketField.WINDOW)] = packet.window
    words[word(PacketField.PAYLOAD_LENGTH)] = packet.payloadLength
    words[word(PacketField.FINGERPRINT)] = (packet.ipId << 16) | packet.checksum
    words[word(PacketField.TTL)] = packet.ttl
    const options = (packet.flags & Flag.SYN) === 0 ? 0 : packet.optionsEnd - packet.transportStart - FIXED_HEADER
    words[word(PacketField.OPTIONS_LENGTH)] = Math.max(0, Math.min(options, MOST_OPTIONS))
    this.#copy(packet, packet.transportStart + FIXED_HEADER, PacketField.OPTIONS, PacketField.OPTIONS_LENGTH)
    const payload = packet.payloadLength === 0 ? 0 : packet.payloadEnd - packet.payloadStart
    words[word(PacketField.CAPTURED_LENGTH)] = Math.max(0, Math.min(payload, MOST_SPEECH))
    this.#copy(packet, packet.payloadStart, PacketField.PAYLOAD, PacketField.CAPTURED_LENGTH)
  }

  /** Takes over what the engine answered. */
  read(current: Current): void {
    const words = this.#words
    current.flow = words[word(PacketField.FLOW)]!
    current.side = words[word(PacketField.SIDE)]!
    current.reused = words[word(PacketField.REUSED)] === 1
  }

  #writeEnds(packet: Packet): void {
    const { ipVersion, address, sourcePort, destinationPort } = packet
    const words = this.#words
    const isIpv6 = ipVersion === 6
    words[word(PacketField.IS_IPV6)] = isIpv6 ? 1 : 0
    words[word(PacketField.FROM)] = isIpv6 ? this.#number(packet, 0) : address[0]!
    words[word(PacketField.TO)] = isIpv6 ? this.#number(packet, 4) : address[4]!
    words[word(PacketField.PORTS)] = (sourcePort << 16) | destinationPort
  }

  #number({ address, quoted }: Packet, at: number): number {
    return quoted ? this.#table.addressNumber(address, at) : this.#table.numberAddress(address, at)
  }

  /** Copies as many bytes as were written to the field of the length. */
  #copy({ bytes }: Packet, from: number, to: number, length: number): void {
    const count = this.#words[word(length)]!
    for (let index = 0; index < count; index++) this.#bytes[to + index] = bytes.getUint8(from + index)
  }
}
