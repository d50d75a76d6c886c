import { mutateClassic, mutatePacked, mutatePcapng } from './captures.mjs'
import { Chance } from './chance.mjs'
import { mutateFrame } from './frames.mjs'
import { makeFilter, mutateText } from './texts.mjs'

/** What can be fuzzed. */
export const READERS = [
  'pcap',
  'pcapng',
  'packed',
  'list',
  'log',
  'configuration',
  'expectation',
  'filter',
  'decode',
  'whole',
]

/** The input of a case: the same for the same reader, seed and number. A Buffer, or for `filter` a text. */
export function inputOf(reader, seed, number, seeds, fields) {
  const chance = new Chance(seed, number)
  const text = (kind) => mutateText(chance.of(seeds[kind]), chance.of(seeds[kind]), chance)
  switch (reader) {
    case 'pcap':
      return mutateClassic(chance.of(seeds.pcap), chance.of(seeds.pcap), chance)
    case 'pcapng':
      return mutatePcapng(chance.of(seeds.pcapng), chance.of(seeds.pcapng), chance)
    case 'packed':
      return mutatePacked(chance.of(seeds.packed), chance)
    case 'filter':
      return makeFilter(fields, chance)
    case 'decode':
      return frames(seeds, chance)
    case 'whole':
      return { capture: aCapture(seeds, chance), log: chance.once(2) ? text('log') : null }
    default:
      return text(reader)
  }
}

function aCapture(seeds, chance) {
  const kind = chance.below(8)
  if (kind === 0) return mutateText(chance.of(seeds.list), chance.of(seeds.list), chance)
  if (kind === 1) return mutatePcapng(chance.of(seeds.pcapng), chance.of(seeds.pcapng), chance)
  return mutateClassic(chance.of(seeds.pcap), chance.of(seeds.pcap), chance)
}

/** Frames of one capture, each changed several times over. */
function frames(seeds, chance) {
  const capture = chance.of(seeds.pcap)
  const little = capture[0] !== 0xa1
  const made = []
  for (let at = 24; at + 16 <= capture.length && made.length < 16; ) {
    const length = little ? capture.readUInt32LE(at + 8) : capture.readUInt32BE(at + 8)
    let bytes = capture.subarray(at + 16, at + 16 + length)
    for (let count = chance.below(5); count > 0; count--) bytes = mutateFrame(bytes, chance)
    made.push({ bytes, linkType: chance.once(3) ? chance.of([0, 1, 12, 101, 105, 113, 228, 229, 276, 9, 50]) : 101 })
    at += 16 + length
  }
  return made
}
