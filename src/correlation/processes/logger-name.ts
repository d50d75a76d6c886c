import type { LogEvent } from '../../log/event.ts'

/** Names of loggers have parts, as packages and modules do: one word alone may be any. */
const NAME = String.raw`[A-Za-z_$][\w$]{0,60}(?:(?:\.|::)[A-Za-z_$][\w$]{0,60}){1,12}`
/** The logger whose level a line says was set. */
const SET = new RegExp(String.raw`\b(?:logger|for|of)[ \t]*[=:]?[ \t]*(?:logger[ \t]+)?["'[(]?(${NAME})`, 'i')
/** The logger that wrote a line, which stands before its words: `a.b.C - `, `a::b: `, `a.b.C[0]`. */
const WRITER = new RegExp(String.raw`^(?:\[[^\]]{0,80}\][ \t]*)*(${NAME})(?:[ \t]*:(?!:)|[ \t]+-[ \t]|\[\d{1,6}\])`)

/** The one logger that a change of level is about; null where it is about all, or does not say. */
export const loggerSet = ({ text }: LogEvent): string | null => SET.exec(text)?.[1] ?? null

/** The logger that wrote a line; null where the line does not name it. */
export const loggerOf = ({ text }: LogEvent): string | null => WRITER.exec(text)?.[1] ?? null

/** Whether a logger's level is, or may be, that of another one's lines: loggers take it over from those above them. */
export function isAbove(logger: string, writer: string): boolean {
  const own = partsOf(writer)
  return partsOf(logger).every((part, index) => isShortFor(part, own[index]))
}

const partsOf = (name: string): string[] => name.split(/\.|::/)

/** Layouts shorten packages: `c.a.gate.Acceptor`. */
const isShortFor = (part: string, other: string | undefined): boolean =>
  other !== undefined && (part.startsWith(other) || other.startsWith(part))
