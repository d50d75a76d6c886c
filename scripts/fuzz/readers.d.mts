import type { Reader } from './cases.mjs'

export interface Readers {
  attempt(name: Reader, input: unknown): Promise<unknown>
  readonly fields: readonly string[]
  clean(): void
}
export function loadReaders(load: (path: string) => Promise<unknown>, scratch: string): Promise<Readers>
