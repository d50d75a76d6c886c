import type { FlowView } from '../../flow/flow-view.ts'
import { Signal } from '../../flow/signal-log.ts'
import { type Field, type Fields, Need, type NumberType, numberField, textField } from '../field.ts'
import type { Scope } from '../scope.ts'

const hasFlow = (scope: Scope): boolean => scope.current.flow >= 0 && scope.flows !== null

const viewOf = (scope: Scope): FlowView => scope.flows!.view.at(scope.current.flow)

const value = (type: NumberType, read: (flow: FlowView) => number): Field =>
  numberField(type, hasFlow, (scope) => read(viewOf(scope)), Need.FLOWS)

const told = (read: (flow: FlowView) => string): Field => textField(hasFlow, (scope) => read(viewOf(scope)), Need.FLOWS)

/** From the last SYN before the handshake's end to that end, as at the capture; NaN where the capture lacks them. */
function roundTrip(flow: FlowView): number {
  const [end] = flow.signals(Signal.HANDSHAKE)
  const syns = flow.signals(Signal.SYN).filter(({ time }) => end !== undefined && time <= end.time)
  return end === undefined || syns.length === 0 ? Number.NaN : end.time - syns[syns.length - 1]!.time
}

/** How often a side told a window of zero: the server's is counted, of the client's as many are kept as signals. */
function zeroWindows(flow: FlowView, side: number): number {
  if (side === flow.server) return flow.zeroWindows
  return flow.signals(Signal.ZERO_WINDOW).filter((signal) => signal.side === side).length
}

/** Fields of one end, whose side `sideOf` tells. */
function endFields(end: 'client' | 'server', sideOf: (flow: FlowView) => number): Fields {
  const of = (read: (flow: FlowView, side: number) => number): Field =>
    value('integer', (flow) => read(flow, sideOf(flow)))
  const address = (flow: FlowView): string => flow.address(sideOf(flow))
  return {
    [`flow.${end}.packets`]: of((flow, side) => flow.packets(side)),
    [`flow.${end}.bytes`]: of((flow, side) => flow.bytes(side)),
    [`flow.${end}.payload`]: of((flow, side) => flow.payload(side)),
    [`flow.${end}.pushes`]: of((flow, side) => flow.segments(side)),
    [`flow.${end}.retransmissions`]: of((flow, side) => flow.retransmissions(side)),
    [`flow.${end}.zero_windows`]: of(zeroWindows),
    [`flow.${end}.port`]: of((flow, side) => flow.port(side)),
    [`flow.${end}.address`]: textField(hasFlow, (scope) => address(viewOf(scope)), Need.FLOWS),
  }
}

/** Final values of the packet's flow: all packets of a flow have the same. Not Wireshark's. */
export const FLOW_FIELDS: Fields = {
  'flow.stream': value('integer', (flow) => flow.row),
  'flow.packets': value('integer', (flow) => flow.packets(0) + flow.packets(1)),
  'flow.bytes': value('integer', (flow) => flow.bytes(0) + flow.bytes(1)),
  'flow.payload': value('integer', (flow) => flow.payload(0) + flow.payload(1)),
  'flow.duration': value('duration', (flow) => flow.lastTime - flow.firstTime),
  'flow.rtt': numberField(
    'duration',
    (scope) => hasFlow(scope) && !Number.isNaN(roundTrip(viewOf(scope))),
    (scope) => roundTrip(viewOf(scope)),
    Need.FLOWS,
  ),
  'flow.verdict': textField(hasFlow, (scope) => scope.flows!.verdict(scope.current.flow), Need.FLOWS),
  'flow.state': told((flow) => flow.connState),
  'flow.history': told((flow) => flow.history),
  ...endFields('client', (flow) => flow.client),
  ...endFields('server', (flow) => flow.server),
}
