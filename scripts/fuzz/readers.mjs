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

/**
 * The program's readers, each a function that takes an input to its end. It throws where a law is broken; a Failure is
 * an answer. `load` imports a module of the program by its path in src; `scratch` is a file that may be written.
 */
export async function loadReaders(load, scratch) {
  const { Failure } = await load('failure')
  const { Epoch } = await load('capture/epoch')
  const { Frame } = await load('capture/frame')
  const { FrameTable } = await load('capture/frame-table')
  const { openCapture } = await load('capture/open')
  const { startEngine } = await load('engine/start-engine')
  const { AddressMap } = await load('redaction/address-map')
  const { FrameRedaction } = await load('redaction/redact-frame')
  const { convertCapture } = await load('capture/convert')
  const { PacketDecoder } = await load('packet/decoder')
  const { OptionList } = await load('packet/option-list')
  const { Packet, Protocol, Stop } = await load('packet/packet')
  const { readLog } = await load('log/read-log')
  const { readLogConfig } = await load('log/config/log-config')
  const { readExpectation } = await load('check/read-expectation')
  const { compileFilter } = await load('filter/filter')
  const { FIELD_TABLE } = await load('filter/field-table')
  const { scan } = await load('scan')
  const { TcpAnalysis } = await load('flow/tcp-analysis')
  const { PacketListing } = await load('listing/packet-listing')
  const { utf8 } = await load('report/byte-writer')
  const { analyze, reportOf } = await load('analyze')
  const { correlateFiles, correlatedReport } = await load('correlate')
  const { REPORTERS } = await load('report/reporters')

  const piped = (bytes) => ({ stdin: Readable.from([bytes]) })
  /** A window that is small is filled often: records lie across its end. */
  const opened = (bytes, epoch, options = {}) =>
    openCapture('-', 0, epoch, { ...piped(bytes), windowBytes: WINDOWS[bytes.length % WINDOWS.length], ...options })
  const frames = new FrameTable(startEngine())
  const told = ({ number, time, linkType, interfaceId, originalLength, offset, start, end }) =>
    [number, time, linkType, interfaceId, originalLength, offset, end - start].join()

  /** What the engine makes of a capture, as told of each frame. */
  async function filled(bytes) {
    const epoch = new Epoch()
    const reader = await opened(bytes, epoch, { frames })
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

  async function capture(bytes) {
    const frame = new Frame()
    const epoch = new Epoch()
    const reader = await opened(bytes, epoch)
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
    if (reader.summary.format !== 'packet-list')
      hold((await filled(bytes)).join('\n') === all.join('\n'), 'frames read many at a time are those read one by one')
    return all.length
  }

  async function converted(bytes) {
    const count = await capture(bytes)
    const epoch = new Epoch()
    const reader = await opened(bytes, epoch)
    const pieces = []
    for await (const piece of convertCapture(reader, epoch, { format: 'pcapng' })) pieces.push(Buffer.from(piece))
    await reader.close()
    if (count > 0) hold((await capture(Buffer.concat(pieces))) === count, 'a converted capture has the same frames')
  }

  const addresses = new AddressMap('fuzz')

  function decode(frames) {
    const decoder = new PacketDecoder()
    const packet = new Packet()
    const frame = new Frame()
    const options = new OptionList()
    const redaction = new FrameRedaction(addresses)
    for (const { bytes, linkType } of frames) {
      frame.number++
      frame.linkType = linkType
      frame.bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      frame.start = 0
      frame.end = bytes.length
      frame.originalLength = bytes.length + (frame.number & 3)
      decoder.decode(frame, packet)
      hold(packet.payloadLength >= 0, 'a payload has no negative length')
      if (packet.protocol === Protocol.TCP && packet.stop === Stop.NONE) optionsOf(packet, options, frame)
      redaction.apply(frame)
      hold(frame.end - frame.start === bytes.length, 'a redacted frame is as long as it was')
    }
  }

  function optionsOf(packet, options, frame) {
    options.read(packet)
    hold(packet.reassembled || packet.optionsEnd <= frame.end, 'options end within the frame')
    hold(packet.payloadEnd - packet.payloadStart <= packet.payloadLength, 'no more payload than the header promises')
  }

  async function filter(text) {
    const compiled = await compileFilter(text)
    if (compiled.needs.flows) return
    const analysis = new TcpAnalysis()
    const visitor = { visit: (current) => void compiled.matches(current, analysis) }
    await scan(['fixtures/incident/listing-2.pcap'], { visitors: [analysis, visitor] })
  }

  async function listed(bytes) {
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

  async function rendered(report) {
    for (const format of FORMATS) {
      const text = [...(await REPORTERS[format]())(report, OPTIONS)].join('').replaceAll('\r\n', '\n')
      const driving = DRIVING.exec(text)
      hold(driving === null, `${format} holds no control character, not ${JSON.stringify(driving?.[0])}`)
      const at = format === 'terminal' ? text.search(NO_VALUE) : -1
      hold(at < 0, `${format} tells values, not ${text.slice(Math.max(0, at - 40), at + 40)}`)
      if (format === 'json' || format === 'sarif') JSON.parse(text)
    }
  }

  async function whole(input) {
    await listed(input.capture)
    if (input.log === null) return rendered(reportOf(await analyze(['-'], piped(input.capture))))
    writeFileSync(scratch, input.log)
    const clocks = () => ({ zone: null, logDate: null, offsets: new Map() })
    const correlated = await correlateFiles(['-'], [scratch], { ...piped(input.capture), clocks })
    return rendered(correlatedReport(correlated))
  }

  async function fromFile(bytes, read) {
    writeFileSync(scratch, bytes)
    await read(scratch)
  }

  const readers = {
    pcap: converted,
    pcapng: converted,
    packed: capture,
    list: converted,
    decode,
    filter,
    whole,
    log: (bytes) => readLog('-', 0, { ...piped(bytes), shapes: true }),
    configuration: (bytes) => fromFile(bytes, readLogConfig),
    expectation: (bytes) => readExpectation(bytes.toString(), 'x.expect.yaml'),
  }

  /** Takes one input to its end: null where all was well, else what went wrong. */
  async function attempt(name, input) {
    try {
      await readers[name](input)
      return null
    } catch (error) {
      return error instanceof Failure ? null : error
    }
  }

  return { attempt, fields: [...FIELD_TABLE.keys()], clean: () => rmSync(scratch, { force: true }) }
}
