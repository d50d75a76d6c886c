import { basename, dirname } from 'node:path'

const COMPRESSED = /\.(?:gz|zst|lz4)$/i
/** `.1`, `-20261123`, `.2026-11-23`, `.2026-11-23.2`, before or after the extension. */
const SUFFIX = /[.-](\d{4}-\d\d-\d\d(?:[-_T.]\d{1,6})?|\d{8}(?:[-_T.]?\d{1,6})?|\d{1,4})(?=$|\.(?:log|txt|json|out)$)/i

interface Part {
  readonly path: string
  readonly stem: string
  /** A rotation's number counts back in time, a date forward; null is the file that is still written. */
  readonly suffix: string | null
}

/** The files of one log that was cut into several, by their names, the oldest first. */
export interface RotatedSet {
  readonly stem: string
  readonly paths: readonly string[]
}

/** Groups paths whose names differ by a rotation's number or date only. Others are sets of one. */
export function rotatedSets(paths: readonly string[]): readonly RotatedSet[] {
  const sets = new Map<string, Part[]>()
  for (const path of paths) {
    const part = partOf(path)
    const parts = sets.get(part.stem)
    if (parts === undefined) sets.set(part.stem, [part])
    else parts.push(part)
  }
  return [...sets].map(([stem, parts]) => ({ stem, paths: parts.sort(older).map((part) => part.path) }))
}

function partOf(path: string): Part {
  const name = basename(path).replace(COMPRESSED, '')
  const suffix = SUFFIX.exec(name)
  const stem = suffix === null ? name : name.slice(0, suffix.index) + name.slice(suffix.index + suffix[0].length)
  return { path, stem: `${dirname(path)}/${stem}`, suffix: suffix?.[1] ?? null }
}

function older(a: Part, b: Part): number {
  if (a.suffix === null || b.suffix === null) return a.suffix === b.suffix ? 0 : a.suffix === null ? 1 : -1
  const counted = a.suffix.length <= 4 && b.suffix.length <= 4
  if (counted) return Number(b.suffix) - Number(a.suffix)
  return a.suffix < b.suffix ? -1 : a.suffix > b.suffix ? 1 : 0
}
