import { readFileSync } from 'node:fs'
import { Failure } from '../failure.ts'
import type { Assembly, Engine, EngineMemory } from './engine.ts'
import { FIRST_PAGES, MOST_PAGES } from './memory-map.ts'

/** What is used of it: TypeScript knows it as a part of browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => EngineMemory
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
}

/** Compiled once a process; it holds nothing of a run. */
let compiled: object | undefined

/** Starts an engine with memory of its own. Throws a Failure where the system has no address space for it. */
export function startEngine(): Engine {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../../dist/engine.wasm', import.meta.url)))
  const memory = newMemory()
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return { ...(exports as Assembly), memory }
}

/** V8 guards such memory by ten gigabytes of addresses behind which there is none, unless it is told not to. */
function newMemory(): EngineMemory {
  try {
    return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true })
  } catch (cause) {
    throw new Failure(
      'this process may not have the address space that WebAssembly takes, 10 GB of it, whatever memory is used',
      'lift the limit (ulimit -v unlimited), or do without guards: NODE_OPTIONS=--disable-wasm-trap-handler',
      undefined,
      cause,
    )
  }
}
