import { basename } from 'node:path'
import type { LogEvent, LogFile } from '../log/event.ts'
import type { AddressMap } from './address-map.ts'
import { TextRedaction } from './redact-text.ts'

/** A log as it may be shared: its lines and what was read from them masked, addresses mapped; kinds, times and counts stay. */
export function redactLog(log: LogFile, addresses: AddressMap): LogFile {
  const texts = new TextRedaction(addresses, [log.path])
  const masked = (text: string | null) => text && texts.quote(text)
  const event = (one: LogEvent): LogEvent => ({
    ...one,
    thread: masked(one.thread),
    process: masked(one.process),
    handle: masked(one.handle),
    listener: masked(one.listener),
    handles: one.handles.map((handle) => texts.quote(handle)),
    name: masked(one.name),
    value: masked(one.value),
    address: one.address && addresses.of(one.address),
    peerAddress: one.peerAddress && addresses.of(one.peerAddress),
    text: texts.quote(one.text),
  })
  return {
    ...log,
    path: texts.path(log.path),
    warnings: log.warnings.map(texts.text),
    events: log.events.map(event),
    rotation: log.rotation && { ...log.rotation, stem: basename(log.rotation.stem) },
    shapes: log.shapes.map((one) => ({ ...one, shape: texts.quote(one.shape) })),
  }
}
