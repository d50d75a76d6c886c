import { z } from 'zod'
import { CAUSE_NAMES } from '../correlation/causes/cause-meaning.ts'
import { VERDICTS, type Verdict } from '../diagnosis/verdict.ts'
import { RULE_TEXTS } from '../report/rule-texts.ts'

const verdict = z.enum(VERDICTS)
const verdicts = z.union([verdict, z.array(verdict).min(1)])
const count = z.int().min(0)
/** A rule that there is not never fires: a typo among the silent ones would always be met. */
const rule = z.enum(RULE_TEXTS.map(({ id }) => id))
const verdictCounts = z.partialRecord(verdict, count)

const listener = z
  .strictObject({
    verdict: verdicts.optional().describe('Its verdict, or those of which one must be given'),
    connections: count.optional().describe('Connections that reached it, attempts included'),
    served: count.optional().describe('Those that got a payload byte from it'),
    verdicts: verdictCounts.optional().describe('How many of its connections have each verdict; none has another'),
  })
  .describe('What is expected of the connections to one port')

const flow = z
  .strictObject({
    stream: count.describe("Wireshark's tcp.stream"),
    verdict: verdicts.describe('The verdict, or those of which one must be given'),
    confidence: z.enum(['certain', 'likely', 'suspected']).optional(),
  })
  .describe('What is expected of one connection')

/** What is expected of a capture: `name.expect.yaml` beside `name.pcap`. Everything in it is optional. */
export const EXPECTATION = z
  .strictObject({
    about: z.string().optional().describe('What the capture shows, for those who read this file'),
    logs: z.array(z.string()).optional().describe('Logs to use, relative to this file'),
    complete: z.boolean().optional().describe('Whether the capture can be read to its end'),
    connections: count.optional().describe('How many connections the capture holds'),
    verdicts: verdictCounts.optional().describe('How many connections have each verdict; none has another'),
    listeners: z
      .record(z.string(), listener)
      .optional()
      .describe('By port; where several addresses listen on it, of all of them'),
    flows: z.array(flow).optional(),
    fires: z
      .partialRecord(rule, z.union([count.min(1), z.literal('any')]))
      .optional()
      .describe('Rules that must fire, and how often; any: at least once'),
    silent: z.array(rule).optional().describe('Rules that must not fire'),
    rootCause: z
      .enum([...VERDICTS, ...CAUSE_NAMES])
      .nullable()
      .optional()
      .describe('What lies behind it all, as correlate names it; null: none is named'),
  })
  .describe('What noaccept check expects of the capture beside this file')

export type Expectation = z.infer<typeof EXPECTATION>

/** The verdicts of which one must be given. */
export const allowedVerdicts = (wanted: z.infer<typeof verdicts>): readonly Verdict[] =>
  Array.isArray(wanted) ? wanted : [wanted]

/** The schema by which editors complete and check expectation files. */
export const expectationSchema = (): object => ({
  title: 'Expectation of noaccept check',
  ...z.toJSONSchema(EXPECTATION, { target: 'draft-7' }),
})
