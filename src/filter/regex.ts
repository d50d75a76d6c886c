import { Mistake } from './mistake.ts'
import type { Literal } from './source.ts'

/** Compiles a pattern to a test. Throws a {@link Mistake}. */
export type RegexCompiler = (pattern: Literal) => (text: string) => boolean

/** Loads the engine, whose time is linear in the text whatever the pattern. Upper and lower case are the same to it, as in Wireshark. */
export async function loadRegexCompiler(): Promise<RegexCompiler> {
  const { RE2JS } = await import('re2js')
  return ({ text, start, end }) => {
    try {
      // One character a byte, as the bytes that are searched.
      const pattern = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE)
      return (searched) => pattern.test(searched)
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'not understood'
      throw new Mistake(
        `this regular expression does not work: ${reason}`,
        start,
        end,
        'RE2 syntax: no lookaround and no backreferences',
      )
    }
  }
}
