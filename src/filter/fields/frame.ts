import { bytesField, type Fields, Need, numberField } from '../field.ts'

const always = () => true
const once = () => 1

/** Fields of every frame. */
export const FRAME_FIELDS: Fields = {
  frame: bytesField('protocol', once, (scope) => {
    const { bytes, start, end } = scope.current.frame
    scope.found(bytes, start, end)
  }),
  'frame.number': numberField('integer', always, (scope) => scope.current.frame.number),
  'frame.len': numberField('integer', always, (scope) => scope.current.frame.originalLength),
  'frame.cap_len': numberField('integer', always, ({ current: { frame } }) => frame.end - frame.start),
  'frame.interface_id': numberField(
    'integer',
    (scope) => scope.current.frame.interfaceId >= 0,
    (scope) => scope.current.frame.interfaceId,
  ),
  'frame.time_relative': numberField('duration', always, (scope) => scope.clock.sinceFirst, Need.PACKETS | Need.CLOCK),
  'frame.time_delta': numberField('duration', always, (scope) => scope.clock.sinceLast, Need.PACKETS | Need.CLOCK),
  'frame.time_epoch': numberField(
    'duration',
    (scope) => !Number.isNaN(scope.epoch.seconds),
    (scope) => scope.epoch.seconds * 1e9 + scope.current.frame.time,
    Need.PACKETS,
  ),
}
