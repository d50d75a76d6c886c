import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AnalyzeOptions } from '../analyze.ts'
import { expandPaths } from '../capture/source/expand.ts'
import type { Io } from './io.ts'

/** Of the machine's memory, for connections where nothing else is said: the rest is for the report and for others. */
const SHARE = 0.75
const LEAST_MEMORY = 1 << 20

interface Given {
  readonly port: (number | string)[]
  readonly filter?: string
  readonly maxMemory?: number
}

/** What a command that reads captures was told. */
export interface CaptureChoice {
  /** Files; `-` for standard input. */
  readonly paths: readonly string[]
  readonly options: AnalyzeOptions
}

/** Which connections by their ports: numbers, or labels of a packet list. */
export const portOption = (description: string): Option =>
  new Option('-p, --port <port>', description).argParser(collectPort).default([], 'all ports')

/** What a filter leaves of a capture: whole connections, or the packets that it lets through. */
const FILTERED = {
  connections:
    'only connections of which this Wireshark display filter lets a packet through; flow.* are final values, as in flow.duration > 5',
  packets:
    'only packets that this Wireshark display filter lets through; flow.* are final values of their connections, as in flow.duration > 5',
} as const

/** Declares the options that choose among a capture's flows, or among their packets. */
export function addCaptureOptions(command: Command, chosen: keyof typeof FILTERED = 'connections'): Command {
  return command
    .addOption(
      portOption(`only ${chosen} with this port (repeatable); a masked port of a packet list as it stands there`),
    )
    .option('--filter <expression>', FILTERED[chosen])
    .option(
      '--max-memory <size>',
      'memory for what is kept of connections, as in 512M or 2G; later ones are counted and not followed (default: three quarters of what the machine allows)',
      memorySize,
    )
}

/** Reads them. Throws a Failure where a glob matches nothing. */
export async function readCaptureOptions(
  command: Command,
  patterns: readonly string[],
  io: Io,
): Promise<CaptureChoice> {
  const { port, filter, maxMemory } = command.opts<Given>()
  const filtered = filter === undefined ? {} : { filter }
  const given = { ports: port, stdin: io.stdin, signal: io.signal, maxMemory: maxMemory ?? io.memory * SHARE }
  return { paths: expandPaths(patterns), options: { ...given, ...filtered } }
}

/** `512M` and the like in bytes. */
function memorySize(text: string): number {
  const [, amount, unit] = /^(\d{1,9})([KMGT]?)i?B?$/i.exec(text) ?? []
  const bytes = Number(amount) * 1024 ** ' KMGT'.indexOf(unit?.toUpperCase() || ' ')
  if (amount !== undefined && bytes >= LEAST_MEMORY) return bytes
  throw new InvalidArgumentError('a size is a number with K, M, G or T behind it, as in 512M, and at least 1M')
}

function collectPort(text: string, before: readonly (number | string)[]): (number | string)[] {
  if (/^\d+$/.test(text)) {
    const port = Number(text)
    if (port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535')
    return [...before, port]
  }
  if (/^[\w*?.][\w*?.-]{0,31}$/.test(text)) return [...before, text]
  throw new InvalidArgumentError('a port is a number from 0 to 65535, or a label such as xx')
}
