import type { Connection } from '../../diagnosis/connection.ts'
import type { StepRule } from '../chain-step.ts'
import { frames, lines, paired } from '../scene.ts'
import { whyRefused } from '../sockets/why-refused.ts'
import type { Moment } from '../wire/moment-log.ts'
import { formatRefused, refusedAttempts } from '../wire/refused-attempts.ts'

/** The client asks for the connection; earlier refusals belong to it where nothing listened yet. */
export const clientConnects: StepRule = ({ facts, scene }) => {
  const { wire } = facts
  const syn = wire.syns[0]
  const { client, server } = wire.connection
  const others = scene.wire.ofServerPort(server.port).filter((other) => isOfOneHost(other.connection, wire.connection))
  const refused = others.flatMap((other) => other.refusals).filter((refusal) => refusal.time < wire.start)
  const before = formatRefused(refusedAttempts(others, wire.start))
  const said = scene.clients.get(wire)
  if (!syn)
    return {
      claim: `The client (port ${client.port}) was connected to port ${server.port} before the capture began`,
      standing: 'inferred',
      evidence: [
        frames(
          [wire.clientPushes[0] ?? wire.serverPushes[0] ?? wire.clientCloses[0]],
          'the first of it in the capture',
        ),
      ],
    }
  return {
    claim: `The client (port ${client.port}) connects to port ${server.port}${before}`,
    standing: 'observed',
    evidence: [
      frames(wire.syns, 'SYN'),
      ...(said ? [paired(wire.established ?? syn, said.process, said.connected, 'the client’s log says so')] : []),
      ...(refused.length > 0 ? [frames(refused, 'refused: no listener, or its queue full')] : []),
    ],
  }
}

/** The same host asked; on one host a name’s next address has another address for the client, too. */
const isOfOneHost = (other: Connection, own: Connection): boolean =>
  other.client.address === own.client.address || (isLocal(other) && isLocal(own))

const isLocal = ({ client, server }: Connection): boolean => client.address === server.address

/** Nothing listens where the client knocks, and a log tells why. */
export const kernelRefuses: StepRule = ({ facts, judgement, scene }) => {
  const why = judgement.verdict === 'refused' ? whyRefused(facts, scene) : null
  if (!why) return null
  return {
    claim: `The server’s kernel refuses it: ${why.because}`,
    standing: 'observed',
    evidence: [frames(facts.wire.refusals, 'refused'), lines(why.process, [why.event], 'what the log says')],
  }
}

/** The kernel finishes the handshake on its own: no process takes part in it. */
export const kernelCompletes: StepRule = ({ facts, judgement }) => {
  const { established, synAcks, clientPushes, serverPushes } = facts.wire
  if (established && synAcks[0] && judgement.verdict === 'backlog-overflow' && serverPushes.length === 0)
    return {
      claim: 'The server’s kernel answers the SYN, and does not take the connection when the client acknowledges it',
      standing: 'inferred',
      evidence: [frames([synAcks[0], established], 'SYN-ACK and its ACK')],
    }
  if (established && synAcks[0])
    return {
      claim: 'The server’s kernel completes the handshake; the process has no part in it',
      standing: 'observed',
      evidence: [frames([synAcks[0], established], 'SYN-ACK and its ACK')],
    }
  const sign: Moment | undefined = clientPushes[0]
  if (synAcks.length > 0 || !sign || facts.wire.syns.length > 0) return null
  return {
    claim: 'The handshake was completed before the capture began: data is exchanged',
    standing: 'inferred',
    evidence: [frames([sign], 'data of an established connection')],
  }
}
