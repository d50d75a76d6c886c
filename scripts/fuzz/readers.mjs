import { rmSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'

const FORMATS = ['terminal', 'json', 'ndjson', 'markdown', 'csv', 'sarif', 'junit', 'tap', 'github']
const WINDOWS = [128, 4096, 16_384]
const OPTIONS = { width: 80, color: 0, ascii: false, verbose: true }
/** What drives a terminal; line ends and tabs are the reporter's own. */
const DRIVING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

/** What an absent value becomes in a text. */
const NO_VALUE = /undefined|\bNaN\b|\[object/

/** A law of the program that an input broke. */
export class Broken extends Error {}

function hold(condition, law) {
  if (!condition) throw new Broken(law)
}

/** What the readers use of the program: modules by their paths in src, whose names are told apart. */
const MODULES = [
  'failure',
  'capture/epoch',
  'capture/frame',
  'capture/frame-table',
  'capture/open',
  'capture/convert',
  'engine/start-engine',
  'redaction/address-map',
  'redaction/redact-frame',
  'packet/decoder',
  'packet/option-list',
  'packet/packet',
  'log/read-log',
  'log/config/log-config',
  'check/read-expectation',
  'filter/filter',
  'filter/field-table',
  'scan',
  'flow/tcp-analysis',
  'listing/packet-listing',
  'report/json/byte-writer',
  'analyze',
  'correlate',
  'report/reporters',
]

const piped = (bytes) => ({ stdin: Readable.from([bytes]) })

const told = ({ number, time, linkType, interfaceId, originalLength, offset, start, end }) =>
  [number, time, linkType, interfaceId, originalLength, offset, end - start].join()

/** `load` imports a module of the program by its path in src; `scratch` is a file that may be written. */
export async function loadReaders(load, scratch) {
  return new Readers(Object.assign({}, ...(await Promise.all(MODULES.map(load)))), scratch)
}

/**
 * The program's readers, each a method that takes an input to its end. It throws where a law is broken; a Failure is an
 * answer.
 */
class Readers {
  /** Names that a filter may use. */
  fields
  #program
  #scratch
  #frames
  #addresses
  #readers = {
    pcap: (bytes) => this.#converted(bytes),
    pcapng: (bytes) => this.#converted(bytes),
    packed: (bytes) => this.#capture(bytes),
    list: (bytes) => this.#converted(bytes),
    decode: (frames) => this.#decode(frames),
    filter: (text) => this.#filter(text),
    whole: (input) => this.#whole(input),
    log: (bytes) => this.#program.readLog('-', 0, { ...piped(bytes), shapes: true }),
    configuration: (bytes) => this.#fromFile(bytes, this.#program.readLogConfig),
    expectation: (bytes) => this.#program.readExpectation(bytes.toString(), 'x.expect.yaml'),
  }

  constructor(program, scratch) {
    this.fields = [...program.FIELD_TABLE.keys()]
    this.#program = program
    this.#scratch = scratch
    this.#frames = new program.FrameTable(program.startEngine())
    this.#addresses = new program.AddressMap('fuzz')
  }

  /** Takes one input to its end: null where all was well, else what went wrong. */
  async attempt(name, input) {
    try {
      await this.#readers[name](input)
      return null
    } catch (error) {
      return error instanceof this.#program.Failure ? null : error
    }
  }

  clean() {
    rmSync(this.#scratch, { force: true })
  }

  /** A window that is small is filled often: records lie across its end. */
  #opened(bytes, epoch, options = {}) {
    const windowBytes = WINDOWS[bytes.length % WINDOWS.length]
    return this.#program.openCapture('-', 0, epoch, { ...piped(bytes), windowBytes, ...options })
  }

  /** What the engine makes of a capture, as told of each frame. */
  async #filled(bytes) {
    const { Epoch, Frame } = this.#program
    const frames = this.#frames
    const reader = await this.#opened(bytes, new Epoch(), { frames })
    const frame = new Frame()
    const all = []
    do
      for (let count = reader.fill(); count > 0; count = reader.fill())
        for (let index = 0; index < count; index++) {
          frames.get(index, frame)
          all.push(told(frame))
        }
    while (await reader.more())
    await reader.close()
    return all
  }

  async #capture(bytes) {
    const { Epoch, Frame } = this.#program
    const frame = new Frame()
    const reader = await this.#opened(bytes, new Epoch())
    const all = []
    do
      while (reader.next(frame)) {
        all.push(told(frame))
        hold(frame.start >= 0 && frame.start <= frame.end, 'a frame ends behind its start')
        hold(frame.end <= frame.bytes.byteLength, 'a frame lies within the window')
        hold(Number.isFinite(frame.time), `a frame's time is a number, not ${frame.time}`)
        hold(frame.originalLength >= 0, 'a length is not negative')
      }
    while (await reader.more())
    await reader.close()
    hold(reader.summary.packets === all.length, 'the summary counts the frames')
    if (reader.summary.format !== 'packet-list') {
      const filled = await this.#filled(bytes)
      hold(filled.join('\n') === all.join('\n'), 'frames read many at a time are those read one by one')
    }
    return all.length
  }

  async #converted(bytes) {
    const { Epoch, convertCapture } = this.#program
    const count = await this.#capture(bytes)
    const epoch = new Epoch()
    const reader = await this.#opened(bytes, epoch)
    const pieces = []
    for await (const piece of convertCapture(reader, epoch, { format: 'pcapng' })) pieces.push(Buffer.from(piece))
    await reader.close()
    if (count === 0) return
    hold((await this.#capture(Buffer.concat(pieces))) === count, 'a converted capture has the same frames')
  }

  #decode(frames) {
    const { Frame, FrameRedaction, OptionList, Packet, PacketDecoder, Protocol, Stop } = this.#program
    const decoder = new PacketDecoder()
    const packet = new Packet()
    const frame = new Frame()
    const options = new OptionList()
    const redaction = new FrameRedaction(this.#addresses)
    for (const { bytes, linkType } of frames) {
      put(frame, bytes, linkType)
      decoder.decode(frame, packet)
      hold(packet.payloadLength >= 0, 'a payload has no negative length')
      if (packet.protocol === Protocol.TCP && packet.stop === Stop.NONE) readOptions(packet, options, frame)
      redaction.apply(frame)
      hold(frame.end - frame.start === bytes.length, 'a redacted frame is as long as it was')
    }
  }

  async #filter(text) {
    const { compileFilter, scan, TcpAnalysis } = this.#program
    const compiled = await compileFilter(text)
    if (compiled.needs.flows) return
    const analysis = new TcpAnalysis()
    const visitor = { visit: (current) => void compiled.matches(current, analysis) }
    await scan(['fixtures/incident/listing-2.pcap'], { visitors: [analysis, visitor] })
  }

  async #listed(bytes) {
    const { PacketListing, scan, TcpAnalysis, utf8 } = this.#program
    const analysis = new TcpAnalysis()
    const listing = new PacketListing(
      { format: 'ndjson', time: 'relative', absoluteSeq: false, ports: [], filter: null },
      analysis,
    )
    await scan(['-'], {
      ...piped(bytes),
      visitors: [analysis, listing],
      onCapture: (...given) => listing.open(...given),
    })
    listing.end()
    for (const line of utf8(listing.take()).split('\n')) if (line !== '') JSON.parse(line)
  }

  async #rendered(report) {
    for (const format of FORMATS) {
      const reporter = await this.#program.REPORTERS[format]()
      const text = [...reporter(report, OPTIONS)].join('').replaceAll('\r\n', '\n')
      const driving = DRIVING.exec(text)
      hold(driving === null, `${format} holds no control character, not ${JSON.stringify(driving?.[0])}`)
      const at = format === 'terminal' ? text.search(NO_VALUE) : -1
      hold(at < 0, `${format} tells values, not ${text.slice(Math.max(0, at - 40), at + 40)}`)
      if (format === 'json' || format === 'sarif') JSON.parse(text)
    }
  }

  async #whole({ capture, log }) {
    const { analyze, correlateFiles, correlatedReport, reportOf } = this.#program
    await this.#listed(capture)
    if (log === null) return this.#rendered(reportOf(await analyze(['-'], piped(capture))))
    writeFileSync(this.#scratch, log)
    const clocks = () => ({ zone: null, logDate: null, offsets: new Map() })
    return this.#rendered(correlatedReport(await correlateFiles(['-'], [this.#scratch], { ...piped(capture), clocks })))
  }

  async #fromFile(bytes, read) {
    writeFileSync(this.#scratch, bytes)
    await read(this.#scratch)
  }
}

function put(frame, bytes, linkType) {
  frame.number++
  frame.linkType = linkType
  frame.bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  frame.start = 0
  frame.end = bytes.length
  frame.originalLength = bytes.length + (frame.number & 3)
}

function readOptions(packet, options, frame) {
  options.read(packet)
  hold(packet.reassembled || packet.optionsEnd <= frame.end, 'options end within the frame')
  hold(packet.payloadEnd - packet.payloadStart <= packet.payloadLength, 'no more payload than the header promises')
}
