import type { Finding } from '../diagnosis/finding.ts'
import type { Listener } from '../diagnosis/listeners/listener.ts'

/** Listeners with all findings that are about them: their own, and those about their connections. */
export function withFindingsOfStreams(listeners: readonly Listener[], findings: readonly Finding[]): Listener[] {
  const ofStream = new Map<number, number[]>()
  for (const [index, { stream }] of findings.entries()) {
    if (stream === null) continue
    const known = ofStream.get(stream)
    if (known === undefined) ofStream.set(stream, [index])
    else known.push(index)
  }
  return listeners.map((listener) => {
    const about = new Set(listener.findings)
    for (const stream of listener.streams) for (const index of ofStream.get(stream) ?? []) about.add(index)
    return about.size === listener.findings.length
      ? listener
      : { ...listener, findings: [...about].sort((a, b) => a - b) }
  })
}
