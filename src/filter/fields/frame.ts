import { bytesField, type Field, type Fields, Need, numberField, textField, textsField } from '../field.ts'
import type { Scope } from '../scope.ts'

const always = () => true
const once = () => 1

const time: Field = numberField(
  'instant',
  (scope) => !Number.isNaN(scope.epoch.seconds),
  (scope) => scope.current.frame.time,
)

const hasInterface = ({ capture, current: { frame } }: Scope): boolean => capture !== null && frame.interfaceId >= 0

/** Of one without a name Wireshark says that it is unknown. */
const interfaceName = ({ capture, current: { frame } }: Scope): string =>
  capture!.interfaces[frame.interfaceId]?.name ?? 'unknown'

/** How many comments the frame has, the first of which `scope.comment` becomes. They stand in the frames' order. */
function countComments(scope: Scope): number {
  const comments = scope.capture?.comments ?? []
  const { number } = scope.current.frame
  while (scope.comment < comments.length && (comments[scope.comment]!.frame ?? 0) < number) scope.comment++
  let end = scope.comment
  while (end < comments.length && comments[end]!.frame === number) end++
  return end - scope.comment
}

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
  'frame.interface_name': textField(hasInterface, interfaceName),
  'frame.comment': textsField(countComments, ({ capture, comment }, at) => capture!.comments[comment + at]!.text),
  'frame.time': time,
  'frame.time_epoch': time,
  'frame.time_relative': numberField('duration', always, (scope) => scope.clock.sinceFirst, Need.PACKETS | Need.CLOCK),
  'frame.time_delta': numberField('duration', always, (scope) => scope.clock.sinceLast, Need.PACKETS | Need.CLOCK),
}
