import type { Location, Notification, ThreadFlowLocation } from 'sarif'
import type { Evidence } from '../../diagnosis/finding.ts'
import type { ManifestInput } from '../manifest.ts'
import type { Report } from '../report.ts'
import { message, uriOf } from './text.ts'

/** Every capture, then every log: an artifact's index follows from that. */
export function* artifacts(report: Report): Generator<object> {
  const seals = new Seals(report.manifest?.inputs ?? [])
  for (const { path, storedSize, format } of report.captures)
    yield {
      location: { uri: uriOf(path) },
      roles: ['analysisTarget'],
      mimeType: format === 'packet-list' ? 'text/plain' : 'application/vnd.tcpdump.pcap',
      ...(storedSize === null ? {} : { length: storedSize }),
      ...seals.take(path, storedSize),
    }
  for (const { path } of report.logs)
    yield {
      location: { uri: uriOf(path) },
      roles: ['analysisTarget'],
      mimeType: 'text/plain',
      ...seals.take(path, null),
    }
}

/** What ties a report to the bytes of its inputs, where a manifest was asked for. */
class Seals {
  readonly #left: ManifestInput[]

  constructor(inputs: readonly ManifestInput[]) {
    this.#left = [...inputs]
  }

  /**
   * The seal of the next input of that path, and of that length where it is known. Redacted, files of several folders may
   * have one path: a manifest has them in the order in which they were named, as the report has its captures and its logs.
   */
  take(path: string, length: number | null): object {
    const at = this.#left.findIndex((input) => input.path === path && (length === null || input.bytes === length))
    const [input] = at < 0 ? [] : this.#left.splice(at, 1)
    if (input === undefined) return {}
    return {
      ...(input.sha256 === null ? {} : { hashes: { 'sha-256': input.sha256 } }),
      ...(input.modified === null ? {} : { lastModifiedTimeUtc: input.modified }),
    }
  }
}

/** A frame of a capture: by its byte offset where that is known, and always by its number. */
export function frameLocation(report: Report, capture: number, frame: number, text: string): Location {
  const { path = '', compression = null } = report.captures[capture] ?? {}
  // Offsets count in the uncompressed capture: in the file itself they would point at nothing.
  const byteOffset = compression === null ? (report.frameOffset?.(capture, frame) ?? null) : null
  const artifactLocation = { uri: uriOf(path), index: capture }
  return {
    message: { text: message(text) },
    physicalLocation: { artifactLocation, ...(byteOffset === null ? {} : { region: { byteOffset } }) },
    logicalLocations: [
      { name: `frame ${frame}`, fullyQualifiedName: `capture ${capture + 1} frame ${frame}`, kind: 'frame' },
    ],
  }
}

/** A line of a log. */
export function lineLocation(report: Report, log: number, line: number, text: string): Location {
  const artifactLocation = { uri: uriOf(report.logs[log]?.path ?? ''), index: report.captures.length + log }
  return { message: { text: message(text) }, physicalLocation: { artifactLocation, region: { startLine: line } } }
}

/** Up to `limit` places of one fact: frames first, then lines. */
export function* places(report: Report, fact: Evidence, limit: number): Generator<Location> {
  let left = limit
  for (const frame of fact.frames) {
    if (fact.capture === null || left-- <= 0) break
    yield frameLocation(report, fact.capture, frame, fact.text)
  }
  for (const line of fact.lines) {
    if (fact.log === null || left-- <= 0) break
    yield lineLocation(report, fact.log, line, fact.quote ?? fact.text)
  }
}

/** A step of a code flow. */
export const step = (location: Location, order: number): ThreadFlowLocation => ({ location, executionOrder: order })

/** What could not be read, and what readers warned of. */
export function notification(report: Report): Notification[] {
  const told: Notification[] = []
  for (const [at, { path, damage, warnings }] of report.captures.entries()) {
    const artifactLocation = { uri: uriOf(path), index: at }
    for (const warning of warnings)
      told.push({
        level: 'warning',
        message: { text: message(warning) },
        locations: [{ physicalLocation: { artifactLocation } }],
      })
    if (damage === null) continue
    const text = `damaged at frame ${damage.frame}: expected ${damage.expected}, found ${damage.found}`
    const physicalLocation = { artifactLocation, region: { byteOffset: damage.offset } }
    told.push({ level: 'error', message: { text: message(text) }, locations: [{ physicalLocation }] })
  }
  for (const [at, { path, warnings }] of report.logs.entries()) {
    const artifactLocation = { uri: uriOf(path), index: report.captures.length + at }
    for (const warning of warnings)
      told.push({
        level: 'warning',
        message: { text: message(warning) },
        locations: [{ physicalLocation: { artifactLocation } }],
      })
  }
  return told
}
