/**
 * What stands between the numbers of a connection's JSON line, in the order of the line. The engine writes the two
 * stretches that hold nearly all of its numbers: from the stream to the server's port, and from behind the name of the
 * first frame to the list of findings. Or it writes the line as a whole: the last of them are for that.
 */
export const CONNECTION_LABELS = {
  STREAM: '"stream":',
  CAPTURE: ',"capture":',
  CLIENT: ',"client":{"address":"',
  PORT: '","port":',
  SERVER: '},"server":{"address":"',
  LAST_FRAME: ',"lastFrame":',
  START: ',"start":"',
  END: '","end":"',
  TO_SERVER: '","clientToServer":{"packets":',
  TO_CLIENT: '},"serverToClient":{"packets":',
  BYTES: ',"bytes":',
  PAYLOAD_BYTES: ',"payloadBytes":',
  RETRANSMISSIONS: ',"retransmissions":',
  NO_HEARTBEAT: '},"heartbeat":null,"findings":[',
  HEARTBEAT: '},"heartbeat":{"payloadBytes":',
  COUNT: ',"count":',
  PERIOD: ',"periodMs":',
  JITTER: ',"jitterMs":',
  ANSWERED: ',"answered":',
  FINDINGS: '},"findings":[',
  LINE_END: ']}',
  ANSWER: ' answer after ',
  ANSWERS: ' answers after ',
  MILLISECONDS: ' ms',
  SECONDS: ' s',
  ON_AVERAGE: ' on average',
} as const

/**
 * Where each label starts in all of them together, and how many bytes it has: read by the build for the assembly.
 * @public
 */
export function labelPlaces(): Record<string, number> {
  const places: Record<string, number> = {}
  let at = 0
  for (const [name, text] of Object.entries(CONNECTION_LABELS)) {
    places[name] = at
    places[`${name}_LENGTH`] = text.length
    at += text.length
  }
  return places
}
