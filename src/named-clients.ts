import type { NamedClients } from './correlation/accepts/accept-grounds.ts'
import { isNamedIn, isOfConnection, type SoughtClient, soughtClients } from './correlation/named-client.ts'
import type { Scene } from './correlation/scene.ts'
import type { LogFile } from './log/event.ts'
import { hasLineWith, isReadAgain, linesWith } from './log/lines/lines-with.ts'

/** So many clients are looked for: where more wait to be accepted it is not for want of words. */
const MOST_SOUGHT = 256
/** So many words are looked for one by one in less time than together. */
const FEW = 6

/**
 * Reads logs once more where connections seem never to have been accepted: a log that names their clients in words that no
 * pattern knows is one of a process that had accepted them. What came by a pipe cannot be read twice.
 */
export async function namedClients(
  scene: Scene,
  logs: readonly LogFile[],
  signal: AbortSignal | undefined,
): Promise<NamedClients> {
  const named = new Map<number, Set<number>>()
  const sought = soughtClients(scene).slice(0, MOST_SOUGHT)
  for (const process of new Set(sought.map((each) => each.process))) {
    const own = sought.filter((each) => each.process === process)
    const streams = new Set<number>()
    for (const log of process.logs)
      for (const { found } of await namedIn(logs[log]!.path, log, own, signal)) streams.add(found.connection.stream)
    if (streams.size > 0) named.set(process.log, streams)
  }
  return named
}

async function namedIn(
  path: string,
  log: number,
  sought: readonly SoughtClient[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<SoughtClient>> {
  const named = new Set<SoughtClient>()
  if (!isReadAgain(path)) return named
  const words = [...new Set(sought.map(({ word }) => word))]
  const mayName = (text: string): boolean => sought.some((each) => isNamedIn(each, text))
  if (words.length <= FEW && !(await hasLineWith(path, words, mayName, signal))) return named
  const take = (line: number, text: string): void => {
    for (const each of sought)
      if (!named.has(each) && isNamedIn(each, text) && isOfConnection(each, log, line)) named.add(each)
  }
  await linesWith(path, words, take, signal)
  return named
}
