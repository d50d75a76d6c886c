import type { Connection } from '../diagnosis/connection.ts'
import type { Evidence, Finding } from '../diagnosis/finding.ts'
import type { Report } from '../report/report.ts'
import { AddressMap } from './address-map.ts'
import { redactCapture } from './redact-capture.ts'
import { TextRedaction } from './redact-text.ts'

/**
 * The report as it may be shared: addresses mapped alike wherever they stand, in packets and logs, files by their base
 * names, values of quoted log lines masked, comments and interface names left out, and what a page shows of packets.
 * The same key makes the same addresses.
 */
export function redactReport(report: Report, key: Uint8Array | string | AddressMap): Report {
  const addresses = key instanceof AddressMap ? key : new AddressMap(key)
  return new ReportRedaction(addresses, report).report(report)
}

/** Redacts a report, or parts of one that are shown by themselves. */
export class ReportRedaction {
  readonly #addresses: AddressMap
  readonly #texts: TextRedaction

  constructor(addresses: AddressMap, { captures, logs }: Pick<Report, 'captures' | 'logs'>) {
    this.#addresses = addresses
    this.#texts = new TextRedaction(
      addresses,
      [...captures, ...logs].map(({ path }) => path),
    )
  }

  report(report: Report): Report {
    const { text } = this.#texts
    const { details: _, connectionOf, connections, manifest, ...rest } = report
    const { connection } = this
    return {
      ...rest,
      captures: report.captures.map((capture) => redactCapture(capture, this.#texts)),
      logs: report.logs.map((log) => ({ ...log, path: this.#texts.path(log.path), warnings: log.warnings.map(text) })),
      listeners: report.listeners.map((one) => ({ ...one, address: this.#addresses.of(one.address) })),
      connections: function* () {
        for (const one of connections()) yield connection(one)
      },
      ...(connectionOf === undefined
        ? {}
        : {
            connectionOf: (stream: number) => {
              const one = connectionOf(stream)
              return one && connection(one)
            },
          }),
      findings: report.findings.map((finding) => this.#finding(finding)),
      chain: report.chain.map((step) => ({
        ...step,
        claim: text(step.claim),
        evidence: step.evidence.map((one) => this.#evidence(one)),
      })),
      rootCause: report.rootCause && { ...report.rootCause, claim: text(report.rootCause.claim) },
      ...(manifest === undefined ? {} : { manifest: this.#manifest(manifest) }),
    }
  }

  readonly connection = (connection: Connection): Connection => {
    const of = <End extends Connection['client']>(end: End): End => ({
      ...end,
      address: this.#addresses.of(end.address),
    })
    return {
      ...connection,
      client: of(connection.client),
      server: of(connection.server),
      candidates: connection.candidates.map((one) => ({ ...one, reasons: one.reasons.map(this.#texts.text) })),
    }
  }

  #finding(finding: Finding): Finding {
    const { text } = this.#texts
    return {
      ...finding,
      title: text(finding.title),
      explanation: text(finding.explanation),
      evidence: finding.evidence.map((one) => this.#evidence(one)),
      nextSteps: finding.nextSteps.map(text),
      filter: finding.filter && text(finding.filter),
      ...(finding.ladder === undefined
        ? {}
        : {
            ladder: finding.ladder.map((row) => ({ ...row, text: text(row.text), note: row.note && text(row.note) })),
          }),
    }
  }

  #evidence(evidence: Evidence): Evidence {
    const { quote } = evidence
    const text = this.#texts.text(evidence.text)
    return quote === undefined ? { ...evidence, text } : { ...evidence, text, quote: this.#texts.quote(quote) }
  }

  #manifest(manifest: NonNullable<Report['manifest']>): NonNullable<Report['manifest']> {
    return {
      ...manifest,
      inputs: manifest.inputs.map((input) => ({ ...input, path: this.#texts.path(input.path) })),
      // What was typed names files, addresses and the key itself.
      options: {},
    }
  }
}
