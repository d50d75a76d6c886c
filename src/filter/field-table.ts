import { editDistance } from '../text/nearest.ts'
import type { Field } from './field.ts'
import { FLOW_FIELDS } from './fields/flow.ts'
import { FRAME_FIELDS } from './fields/frame.ts'
import { LINK_FIELDS } from './fields/link.ts'
import { NETWORK_FIELDS } from './fields/network.ts'
import { OTHER_TRANSPORT_FIELDS } from './fields/other-transports.ts'
import { TCP_FIELDS } from './fields/tcp.ts'
import { TCP_ANALYSIS_FIELDS } from './fields/tcp-analysis.ts'
import { TCP_COMPLETENESS_FIELDS } from './fields/tcp-completeness.ts'
import { TCP_OPTION_FIELDS } from './fields/tcp-options.ts'

/** Every field that a filter can name. */
export const FIELD_TABLE: ReadonlyMap<string, Field> = new Map(
  [
    FRAME_FIELDS,
    LINK_FIELDS,
    NETWORK_FIELDS,
    TCP_FIELDS,
    TCP_COMPLETENESS_FIELDS,
    TCP_OPTION_FIELDS,
    TCP_ANALYSIS_FIELDS,
    OTHER_TRANSPORT_FIELDS,
    FLOW_FIELDS,
  ].flatMap((fields) => Object.entries(fields)),
)

/** Names that other tools or versions have for the same field. */
const ALSO_KNOWN_AS: ReadonlyMap<string, string> = new Map([
  ['tcp.flags.psh', 'tcp.flags.push'],
  ['tcp.flags.rst', 'tcp.flags.reset'],
  ['tcp.window', 'tcp.window_size'],
  ['frame.time_delta_displayed', 'frame.time_delta'],
  ['tcp.segment_data', 'tcp.payload'],
  ['data', 'tcp.payload'],
  ['data.data', 'tcp.payload'],
  ['data.len', 'tcp.len'],
])

/** What Wireshark takes apart behind TCP and UDP, as far as it is often asked for. */
const APPLICATIONS: ReadonlySet<string> = new Set(
  'amqp dcerpc dhcp dns ftp grpc http http2 http3 imap json kafka kerberos ldap mdns modbus mongo mqtt mysql ntp opcua pgsql pop quic rdp redis rtp s7comm sip smb smb2 smtp snmp ssh ssl tds telnet tls websocket xml'.split(
    ' ',
  ),
)

/** True for a field of an application's protocol, of which there are none. */
export const isOfApplication = (name: string): boolean => APPLICATIONS.has(name.split('.')[0]!.toLowerCase())

/** The name most like `name`; null where none is like it. */
export function nearestField(name: string): string | null {
  const known = ALSO_KNOWN_AS.get(name)
  if (known !== undefined) return known
  let nearest: string | null = null
  // A third of a long name changed is another name, and half of a short one.
  let least = Math.min(Math.floor(name.length / 2), Math.max(2, Math.floor(name.length / 3)))
  for (const candidate of FIELD_TABLE.keys()) {
    const edits = editDistance(name.toLowerCase(), candidate)
    if (edits < least || (edits === least && nearest === null)) [nearest, least] = [candidate, edits]
  }
  return nearest
}
