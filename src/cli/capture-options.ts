import { type Command, InvalidArgumentError } from 'commander'
import type { AnalyzeOptions } from '../analyze.ts'
import { expandPaths } from '../capture/expand.ts'
import type { Io } from './io.ts'

/** What a command that reads captures was told. */
export interface CaptureChoice {
  /** Files; `-` for standard input. */
  readonly paths: readonly string[]
  readonly options: AnalyzeOptions
}

/** Declares the options that choose among a capture's flows. */
export function addCaptureOptions(command: Command): Command {
  return command
    .option(
      '-p, --port <port>',
      'only connections with this port (repeatable); a masked port of a packet list as it stands there',
      collectPort,
      [],
    )
    .option(
      '--filter <expression>',
      'only connections of which this Wireshark display filter lets a packet through; flow.* are final values, as in flow.duration > 5',
    )
}

/** Reads them. Throws a Failure where a glob matches nothing. */
export async function readCaptureOptions(
  command: Command,
  patterns: readonly string[],
  io: Io,
): Promise<CaptureChoice> {
  const { port, filter } = command.opts<{ port: (number | string)[]; filter?: string }>()
  const filtered = filter === undefined ? {} : { filter }
  return { paths: expandPaths(patterns), options: { ports: port, stdin: io.stdin, signal: io.signal, ...filtered } }
}

function collectPort(text: string, before: readonly (number | string)[]): (number | string)[] {
  if (/^\d+$/.test(text)) {
    const port = Number(text)
    if (port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535')
    return [...before, port]
  }
  if (/^[\w*?.-]{1,32}$/.test(text)) return [...before, text]
  throw new InvalidArgumentError('a port is a number from 0 to 65535, or a label such as xx')
}
