import { type Position, readYaml } from '../yaml/read-yaml.ts'
import { EXPECTATION, type Expectation } from './expectation.ts'

/** An expectation that was read, and where in its file each part of it stands. */
export interface PlacedExpectation {
  readonly expected: Expectation
  /** Position of the key or item at a path, or of what is nearest around it. */
  readonly place: (path: readonly PropertyKey[]) => Position
}

/** Reads an expectation file. A Failure names line, column and, for a typo, the nearest word. */
export function readExpectation(text: string, path: string): PlacedExpectation {
  const { content, place } = readYaml(text, path, EXPECTATION, 'an expectation is a YAML map')
  return { expected: content, place }
}
