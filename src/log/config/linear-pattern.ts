import { RE2JS } from 're2js'
import { Failure } from '../../failure.ts'
import { visible } from '../../text/visible.ts'
import { namesDigits } from '../alike/digit-blind.ts'
import type { TextPattern } from '../pattern.ts'

/** A user's regular expression: found in linear time whatever the line. */
export interface LinearPattern extends TextPattern {
  readonly groupNames: readonly string[]
  readonly isDigitBlind: boolean
  /** Where a group begins in a text that fits; -1 where it does not take part. */
  startOf(text: string, group: string): number
}

/** Compiles a user's regular expression; a Failure says what in it cannot be run in linear time. `where` names its place. */
export function linearPattern(source: string, where: string, flags = 0): LinearPattern {
  const compiled = compile(source, where, flags)
  const groupNames = Object.keys(compiled.namedGroups())
  return {
    groupNames,
    isDigitBlind: !maySpellDigits(source),
    test: (text) => compiled.matcher(text).find(),
    exec(text) {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return null
      return { groups: Object.fromEntries(groupNames.map((name) => [name, matcher.group(name) ?? undefined])) }
    },
    startOf(text, group) {
      const matcher = compiled.matcher(text)
      return matcher.find() ? matcher.start(group) : -1
    },
  }
}

/** True where a pattern names digits, or is written as only RE2 understands it. */
function maySpellDigits(source: string): boolean {
  try {
    return namesDigits(new RegExp(source.replaceAll('(?P<', '(?<')))
  } catch {
    return true
  }
}

/** Matches without regard to case. */
export const IGNORE_CASE = RE2JS.CASE_INSENSITIVE

function compile(source: string, where: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(source, flags)
  } catch (error) {
    throw new Failure(
      `${where}: the pattern cannot be used: ${visible((error as Error).message)}`,
      "patterns are RE2's: no look-around, no back-references, repeats up to 1000, groups named (?<name>…)",
      undefined,
      error,
    )
  }
}
