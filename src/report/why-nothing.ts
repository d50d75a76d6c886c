/** What is counted of a capture. */
interface Counted {
  readonly packets: number
  readonly tcpPackets: number
}

/** Why there is no connection to analyse: there were no packets, none of TCP, or none that was asked for. */
export function whyNothing(captures: readonly Counted[]): string {
  const packets = captures.reduce((sum, capture) => sum + capture.packets, 0)
  const tcp = captures.reduce((sum, capture) => sum + capture.tcpPackets, 0)
  if (packets === 0) return captures.length > 1 ? 'the captures hold no packet' : 'the capture holds no packet'
  if (tcp === 0) return packets === 1 ? 'the one packet is not TCP' : `none of the ${packets} packets is TCP`
  const those = tcp === 1 ? 'the one TCP packet does not match' : `none of the ${tcp} TCP packets matches`
  return `${those} the port or filter that was asked for`
}
