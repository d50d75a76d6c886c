import { checkpoint } from '../checkpoint.ts'
import type { Current, PacketVisitor } from '../flow/current.ts'
import { FlowView } from '../flow/flow-view.ts'
import type { Flows } from '../flow/flows.ts'
import { Protocol, Stop } from '../packet/packet.ts'
import type { ScannedCapture } from '../scan.ts'
import { FlowStory } from './flow-story.ts'
import type { Side } from './step.ts'
import { type Story, storyOf } from './story.ts'

/** Stories of more connections than these are not kept: nobody reads them, and each takes some kilobytes. */
const MOST_STORIES = 10_000

/** Records the story of every flow while a capture is scanned. */
export class StoryRecorder implements PacketVisitor {
  readonly #flows = new Map<number, FlowStory>()
  #captureEnd = 0
  /** Connections whose story was not kept. */
  omitted = 0
  #highest = -1

  visit(current: Current): void {
    const { frame, packet, flow: row } = current
    if (row < 0 || packet.stop !== Stop.NONE || packet.protocol !== Protocol.TCP) return
    this.#captureEnd = Math.max(this.#captureEnd, frame.time)
    let story = this.#flows.get(row)
    if (story === undefined) {
      if (this.#flows.size >= MOST_STORIES) {
        if (row > this.#highest) this.omitted++
        this.#highest = Math.max(this.#highest, row)
        return
      }
      checkpoint()
      story = new FlowStory(frame.time, frame.number)
      this.#highest = row
      this.#flows.set(row, story)
    }
    story.observe(packet, current.side as Side, frame.number, frame.time)
  }

  /** The stories, in order of their flows' first packets. Call once, when the scan is done. */
  stories(flows: Flows, capture: ScannedCapture): Story[] {
    const stories: Story[] = []
    const view = new FlowView(flows)
    for (const [row, flow] of this.#flows) {
      checkpoint()
      flow.finish()
      view.at(row)
      if (view.client === 1) flow.turn()
      const endpoint = (side: number) => ({
        address: view.address(side),
        port: capture.portLabels.get(view.port(side)) ?? view.port(side),
      })
      const ends = { client: endpoint(view.client), server: endpoint(view.server) }
      stories.push(storyOf(row, ends, flow, this.#captureEnd))
    }
    return stories
  }
}
