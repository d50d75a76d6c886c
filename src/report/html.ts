import { checkpoint } from '../checkpoint.ts'
import { Failure } from '../failure.ts'
import { excerpt } from '../text/visible.ts'
import { pagePayload } from './page-payload.ts'
import type { Reporter } from './reporter.ts'

/** Made by scripts/build-html.mjs; not there where only the compiler ran. */
const TEMPLATE = new URL('./html/template.js', import.meta.url).href
const SLOT = '<script type="application/json" id="report">'
/** A text longer than this helps nobody on a page. */
const LONGEST = 4_000

/** The reporter that fills `template`; one page that loads nothing. */
export function htmlReporter(template: string): Reporter {
  const at = template.indexOf(SLOT)
  if (at < 0) throw new Error('the page template has no place for the report')
  const head = template.slice(0, at + SLOT.length)
  const tail = template.slice(at + SLOT.length)
  return function* (report) {
    yield head
    const payload = pagePayload(report)
    let separator = '{'
    for (const [name, value] of Object.entries(payload)) {
      yield `${separator}${JSON.stringify(name)}:${scriptJson(value)}`
      separator = ','
    }
    yield '}'
    yield tail
  }
}

/**
 * JSON that cannot end its script element. Every text is made visible on the way: what is invisible or turns the
 * direction of writing would deceive a reader of the page as well as one of a terminal.
 */
const scriptJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    checkpoint()
    return typeof part === 'string' ? shown(part) : part
  })
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')

/** Paragraphs of our own explanations keep their line breaks. */
const shown = (text: string): string =>
  text
    .split('\n')
    .map((line) => excerpt(line, LONGEST))
    .slice(0, 40)
    .join('\n')

/** Loads the page template that the package was built with. */
export async function loadHtml(): Promise<Reporter> {
  const { template } = (await import(TEMPLATE).catch((cause: unknown) => {
    throw new Failure('the page of the HTML report is not in this build', 'run: npm run build', undefined, cause)
  })) as { template: string }
  return htmlReporter(template)
}
