import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Analysis, analyze } from '../../src/analyze.ts'
import type { Connection } from '../../src/diagnosis/connection.ts'
import { type CaptureRecord, writeRecords } from './records.ts'

const CLIENT = { address: 0x0a000001, port: 50_001 }
const SERVER = { address: 0x0a000002, port: 9000 }
const CONTROL = { F: 1, S: 2, R: 4, P: 8, A: 16 } as const
const RAW = 101

/**
 * What is said when (seconds), by whom: `>` the client, `<` the server. Without words it is an acknowledgment; `missing` in place of
 * flags leaves it out of the capture.
 */
export type Said = readonly [at: number, way: '>' | '<', words?: string, flags?: string]

/** Analyses one connection with its payload, which packet lists lack; what comes after the handshake is told. */
export async function spoken(...said: readonly Said[]): Promise<Analysis> {
  const sent = { '>': 0, '<': 0 }
  const handshake: Said[] = [
    [0, '>', '', 'S'],
    [0.0001, '<', '', 'SA'],
    [0.0002, '>'],
  ]
  const list = [...handshake, ...said].flatMap(([at, way, words = '', flags = words === '' ? 'A' : 'PA'], index) => {
    const record = flags === 'missing' ? [] : [segment(at, way, words, flags, sent, index)]
    sent[way] += words.length + (/[SF]/.test(flags) ? 1 : 0)
    return record
  })
  const path = join(mkdtempSync(join(tmpdir(), 'noaccept-spoken-')), 'scene.pcap')
  writeFileSync(path, writeRecords({ linkType: RAW, list }))
  return analyze([path])
}

/** The connection whose client says these words to a server whose system only acknowledges them; the capture goes on until `end`. */
export async function judgedAt(said: readonly Said[], end: number): Promise<Connection> {
  const { diagnosis } = await spoken(...said, [end, '>', '', 'A'])
  return diagnosis.connection(0)
}

function segment(
  at: number,
  way: '>' | '<',
  words: string,
  flags: string,
  sent: Readonly<Record<'>' | '<', number>>,
  index: number,
): CaptureRecord {
  const [from, to] = way === '>' ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const bytes = new Uint8Array(40 + words.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x45)
  view.setUint16(2, bytes.length)
  view.setUint16(4, index + 1)
  view.setUint8(8, 64)
  view.setUint8(9, 6)
  view.setUint32(12, from.address)
  view.setUint32(16, to.address)
  view.setUint16(20, from.port)
  view.setUint16(22, to.port)
  view.setUint32(24, sent[way])
  view.setUint32(28, sent[way === '>' ? '<' : '>'])
  view.setUint8(32, 0x50)
  for (const letter of flags) view.setUint8(33, view.getUint8(33) | CONTROL[letter as keyof typeof CONTROL])
  view.setUint16(34, 64_240)
  bytes.set(Buffer.from(words, 'latin1'), 40)
  return { time: 1_700_000_000e6 + Math.round(at * 1e6), bytes, length: bytes.length }
}
