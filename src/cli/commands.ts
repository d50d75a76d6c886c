import type { CommandModule } from './command.ts'

/** Every command: its line in the overview, and where it lives. Only the one that is named is loaded. */
export const COMMANDS: readonly {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ readonly command: CommandModule }>
}[] = [
  {
    name: 'analyze',
    summary: 'read captures, follow their TCP connections, and say what is wrong, with proof',
    load: () => import('./commands/analyze.ts'),
  },
  {
    name: 'correlate',
    summary: 'captures and process logs on one clock: what happened, step by step, with the cause',
    load: () => import('./commands/correlate.ts'),
  },
  {
    name: 'flows',
    summary: 'the conversation table: states, histories, round trips, windows, retransmissions',
    load: () => import('./commands/flows.ts'),
  },
  {
    name: 'packets',
    summary: 'list packets, in the columns and wording of Wireshark',
    load: () => import('./commands/packets.ts'),
  },
  {
    name: 'compare',
    summary: 'two captures: same sequence or not, and the first step where they part',
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'check',
    summary: 'captures against their expectation files, for CI',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'timeline',
    summary: 'packets, log lines and findings on one axis',
    load: () => import('./commands/timeline.ts'),
  },
  {
    name: 'convert',
    summary: 'packet list to pcap or pcapng, and between capture formats',
    load: () => import('./commands/convert.ts'),
  },
  {
    name: 'annotate',
    summary: 'copy a capture with the findings as packet comments, for Wireshark',
    load: () => import('./commands/annotate.ts'),
  },
  {
    name: 'logs',
    summary: 'what is understood of logs: format, clock, events, and the lines that no pattern knows',
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'rules',
    summary: 'what can be found',
    load: () => import('./commands/rules.ts'),
  },
  {
    name: 'explain',
    summary: 'what a rule, a verdict or a root cause means, what looks like it, and what to do',
    load: () => import('./commands/explain.ts'),
  },
]
