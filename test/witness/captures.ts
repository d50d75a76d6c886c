import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const corpus = resolve(import.meta.dirname, '../../../shared/corpus')
/** As many as have cores. */
const AT_ONCE = 2

/** The analysis is that of the 4.0 series: later ones name some segments differently. Null where tshark is missing. */
export const tsharkVersion =
  spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout?.match(/ (\d+\.\d+)\./)?.[1] ?? null

/** The project's own captures. */
export const fixtures = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(pcap|pcapng)(\.(gz|zst|lz4))?$/.test(path))
  .map((path) => join('fixtures', path))
  .sort()

/** A folder of public captures beside the project; null where there is none. */
export const publicCaptures: readonly string[] | null = existsSync(corpus)
  ? readFileSync(join(corpus, 'open.txt'), 'utf8')
      .split('\n')
      .map((line) => line.split('\t')[0]!)
      .filter((path) => path !== '' && !path.startsWith('#'))
      .map((path) => join(corpus, path))
  : null

/** What tshark prints of a capture, also of one that ends in the middle; null where it prints nothing. */
export const tshark = (...args: readonly string[]): Promise<string | null> =>
  promisify(execFile)('tshark', args, { maxBuffer: 1 << 28, encoding: 'utf8' }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout?: string }) => stdout || null,
  )

/** Calls `compare` for each file, for as many at once as have cores. */
export async function forEachAtOnce(files: readonly string[], compare: (file: string) => Promise<void>): Promise<void> {
  const left = [...files]
  const work = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) await compare(file)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
