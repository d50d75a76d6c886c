import type { Connection, Endpoint, Heartbeat, Traffic } from '../diagnosis/connection.ts'
import type { Candidate, Verdict } from '../diagnosis/verdict.ts'
import { formatTime } from '../text/time.ts'
import { visibleJson } from '../text/visible-json.ts'
import { connectionJson, rounded } from './json-model.ts'
import type { Report } from './report.ts'

/**
 * Writes connections as JSON: what `visibleJson(connectionJson(…))` gives, which a test holds it to, without the
 * nested object. Numbers, addresses and the words of the verdicts need no escaping; labels of ports and reasons may.
 */
export class ConnectionLines {
  readonly #report: Report
  /** What was written last for each verdict: rules without reasons of the flow's own give the same array again. */
  readonly #candidates = new Map<Verdict, { readonly list: readonly Candidate[]; readonly text: string }>()

  constructor(report: Report) {
    this.#report = report
  }

  /** One connection on one line, without its end. */
  line(connection: Connection): string {
    if (!isPlain(connection)) return visibleJson(connectionJson(this.#report, connection))
    const { epochSeconds, captures } = this.#report
    const digits = captures[connection.capture]?.timeDigits ?? 9
    return (
      `{"stream":${connection.stream},"capture":${connection.capture}` +
      `,"client":${endpoint(connection.client)},"server":${endpoint(connection.server)}` +
      `,"verdict":"${connection.verdict}","confidence":"${connection.confidence}"` +
      `,"candidates":${this.#candidatesOf(connection)}` +
      `,"state":"${connection.state}","history":"${connection.history}"` +
      `,"firstFrame":${connection.firstFrame},"lastFrame":${connection.lastFrame}` +
      `,"start":"${formatTime(epochSeconds, connection.start, digits)}"` +
      `,"end":"${formatTime(epochSeconds, connection.end, digits)}"` +
      `,"clientToServer":${traffic(connection.clientToServer)}` +
      `,"serverToClient":${traffic(connection.serverToClient)}` +
      `,"heartbeat":${connection.heartbeat === null ? 'null' : heartbeat(connection.heartbeat)}` +
      `,"findings":[${connection.findings.length === 0 ? '' : connection.findings.join(',')}]}`
    )
  }

  #candidatesOf({ verdict, candidates }: Connection): string {
    const known = this.#candidates.get(verdict)
    if (known?.list === candidates) return known.text
    const text = visibleJson(candidates)
    this.#candidates.set(verdict, { list: candidates, text })
    return text
  }
}

const ADDRESS = /^[0-9a-f.:]*$/

/** True where each end is an address and a number: the label of a masked port is text from outside. */
const isPlain = ({ client, server }: Connection): boolean =>
  typeof client.port === 'number' &&
  typeof server.port === 'number' &&
  ADDRESS.test(client.address) &&
  ADDRESS.test(server.address)

const endpoint = ({ address, port }: Endpoint): string => `{"address":"${address}","port":${port}}`

const traffic = ({ packets, bytes, payloadBytes, retransmissions }: Traffic): string =>
  `{"packets":${packets},"bytes":${bytes},"payloadBytes":${payloadBytes},"retransmissions":${retransmissions}}`

const heartbeat = ({ payloadBytes, count, periodMs, jitterMs, answered }: Heartbeat): string =>
  `{"payloadBytes":${payloadBytes},"count":${count},"periodMs":${rounded(periodMs)},"jitterMs":${rounded(jitterMs)},"answered":${answered}}`
