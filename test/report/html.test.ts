import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { htmlReporter, loadHtml } from '../../src/report/html.ts'
import { pagePayload } from '../../src/report/page-payload.ts'
import { HOSTILE, hostileReport, listener, plain, report, silentConnection, silentFinding } from '../support/report.ts'
import { unopenable, writePage } from './html/page.ts'

const TEMPLATE = '<body><script type="application/json" id="report"></script><p></body>'
const filled = (given: Parameters<typeof pagePayload>[0]): string => [...htmlReporter(TEMPLATE)(given, plain)].join('')
const dataOf = (html: string): string => /id="report">([\s\S]*?)<\/script>/.exec(html)![1]!

describe('the HTML reporter', () => {
  it('puts the report as JSON into its place and leaves the page around it as it was', () => {
    const html = filled(report())
    expect(html.startsWith('<body><script')).toBe(true)
    expect(html.endsWith('</script><p></body>')).toBe(true)
    expect(JSON.parse(dataOf(html)).findings[0].title).toBe(report().findings[0]!.title)
  })

  it.each(Object.entries(HOSTILE))('lets no text end its script or deceive its reader: %s', (_, text) => {
    const data = dataOf(filled(hostileReport(text)))
    expect(data).not.toMatch(/[<\u0000-\u001f\u2028\u2029\u202a-\u202e]/)
    expect(() => JSON.parse(data)).not.toThrow()
  })

  it('keeps a text of a megabyte from growing the page', () => {
    expect(filled(hostileReport('x'.repeat(1 << 20))).length).toBeLessThan(200_000)
  })

  it('says what is to be done where the page was not built', async () => {
    const failure = await loadHtml().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect((failure as Failure).hint).toContain('npm run build')
  })
})

describe('what a page carries', () => {
  it('takes connections with findings before the others, and says how many it leaves out', () => {
    const quiet = Array.from({ length: 20_000 }, (_, stream) => silentConnection({ stream, findings: [] }))
    const list = [...quiet, silentConnection({ stream: 20_000, findings: [0] })]
    const payload = pagePayload(report({ list }))
    expect(payload.connections.stream.length).toBe(15_000)
    expect(payload.connections.stream.at(-1)).toBe(20_000)
    expect(payload.leftOut.join(' ')).toContain('5001 of 20001 connections')
  })

  it('counts all findings and listeners, and not only those that it lists', () => {
    const listeners = Array.from({ length: 1000 }, (_, port) => listener({ port, connections: 3, served: 2 }))
    const findings = Array.from({ length: 400 }, () => silentFinding())
    const payload = pagePayload(report({ listeners, findings, omitted: [{ rule: 'refused', count: 70 }] }))
    expect(payload.listeners.length).toBeLessThan(1000)
    expect(payload.totals).toEqual({ listeners: 1000, reached: 3000, served: 2000, findings: 470 })
  })
})

describe.skipIf(unopenable !== null)('the built page', () => {
  it('allows the scripts and styles that stand in it, by their hashes, and nothing else', async () => {
    const html = await writePage(report())
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src ('sha256-[^']+' ?)+; base-uri 'none'; form-action 'none'$/,
    )
    const inline = [...html.matchAll(/<(script|style)(?![^>]*json)[^>]*>([\s\S]*?)<\/\1>/g)].map((match) => match[2]!)
    expect(inline.length).toBeGreaterThan(1)
    for (const text of inline) expect(policy).toContain(createHash('sha256').update(text).digest('base64'))
    expect(html).not.toMatch(/<(?:link|img|iframe)|\bsrc=|style="/)
  })
})
