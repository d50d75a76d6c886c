import type { TimelineView } from '../report/timeline/timeline-view.ts'
import type { AddressMap } from './address-map.ts'
import { TextRedaction } from './redact-text.ts'

/** The timeline as it may be shared: lines of logs masked, addresses mapped, files by their base names. */
export function redactTimeline(view: TimelineView, addresses: AddressMap): TimelineView {
  const texts = new TextRedaction(addresses, [...view.capturePaths, ...view.logPaths])
  return {
    ...view,
    capturePaths: view.capturePaths.map(texts.path),
    logPaths: view.logPaths.map(texts.path),
    entries: view.entries.map((entry) => ({
      ...entry,
      text: entry.source === 'log' ? quote(entry.text, texts) : texts.text(entry.text),
    })),
  }
}

/** The program's own words behind the line of a log stay: how often it stands there. */
function quote(text: string, texts: TextRedaction): string {
  const [, line = text, times = ''] = /^(.*?)( \(\d{1,9} times\))?$/s.exec(text) ?? []
  return texts.quote(line) + times
}
