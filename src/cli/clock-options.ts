import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { expandPaths } from '../capture/source/expand.ts'
import type { ClockOptions } from '../correlation/clocks/log-clocks.ts'
import { Failure } from '../failure.ts'
import type { LogFile } from '../log/event.ts'
import { calendarDay } from '../text/calendar-day.ts'
import { parseDuration } from '../text/parse-duration.ts'
import { visible } from '../text/visible.ts'
import { zoneOffset } from '../text/zone.ts'

interface Given {
  readonly log: readonly string[]
  readonly tz?: string
  readonly logDate?: string
  readonly clockOffset: readonly string[]
}

/** Log files that were named, and what was said of their clocks. */
export interface LogChoice {
  readonly paths: readonly string[]
  readonly clocks: (logs: readonly LogFile[], captureSeconds: number) => ClockOptions
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text]

/** Declares the options that name logs and set their clocks. */
export function addLogOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-l, --log <file>',
        'a log of a process at either end (repeatable), also in gzip, zstd or lz4; - for standard input',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--log-config <file>', 'more formats and events: YAML, or an lnav format file')
    .option('--tz <zone>', 'zone of stamps without one: +02:00, UTC or Europe/Berlin (default: found from the packets)')
    .option('--log-date <date>', 'day of stamps without date, YYYY-MM-DD (default: the capture’s)')
    .addOption(
      new Option('--clock-offset <log=duration>', 'what to add to a log’s stamps: server.log=+1.5s (repeatable)')
        .argParser(collect)
        .default([], 'found from the packets'),
    )
}

/** Reads them. Throws a Failure where one cannot be understood, or where a glob matches nothing. */
export function readLogOptions(command: Command): LogChoice {
  const given = command.opts<Given>()
  const offsets = given.clockOffset.map(offsetOf)
  const logDate = given.logDate === undefined ? null : dayOf(given.logDate)
  if (given.tz !== undefined) zoneOf(given.tz, 0)
  return {
    paths: expandPaths(given.log),
    clocks: (logs, captureSeconds) => ({
      zone: given.tz === undefined ? null : -zoneOf(given.tz, captureSeconds),
      logDate,
      offsets: new Map(offsets.flatMap(({ name, offset }) => logsNamed(name, logs).map((index) => [index, offset]))),
    }),
  }
}

function zoneOf(zone: string, seconds: number): number {
  const offset = zoneOffset(zone, Number.isNaN(seconds) ? 0 : seconds)
  if (offset !== null) return offset
  throw new Failure(`--tz ${visible(zone)} is not a time zone`, 'give one as +02:00, UTC or Europe/Berlin')
}

function dayOf(date: string): number {
  const day = calendarDay(date)
  if (day !== null) return day
  throw new Failure(`--log-date ${visible(date)} is not a date`, 'give a day of the calendar, as 2026-11-23')
}

function offsetOf(text: string): { name: string; offset: number } {
  const at = text.lastIndexOf('=')
  const offset = at < 1 ? null : parseDuration(text.slice(at + 1))
  if (offset !== null) return { name: text.slice(0, at), offset }
  throw new Failure(
    `--clock-offset ${visible(text)} cannot be understood`,
    'give the log and what to add, with its unit: server.log=-2.5s',
  )
}

function logsNamed(name: string, logs: readonly LogFile[]): number[] {
  const found = logs.flatMap(({ path }, index) => (path === name || basename(path) === name ? [index] : []))
  if (found.length > 0) return found
  throw new Failure(
    `--clock-offset names ${visible(name)}, which is none of the logs`,
    'name a log as it was given, or by its file name',
  )
}
