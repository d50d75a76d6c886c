import { readFileSync } from 'node:fs'
import { noAddressSpace } from './address-space.ts'
import type { Assembly, Engine, EngineMemory } from './engine.ts'
import { FIRST_PAGES, MOST_PAGES } from './memory-map.ts'

/** Compiled once a process; it holds nothing of a run. */
let compiled: object | undefined

/** Starts an engine with memory of its own. Throws a Failure where the system has no address space for it. */
export function startEngine(): Engine {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../../dist/engine.wasm', import.meta.url)))
  const memory = newMemory()
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return { ...(exports as Assembly), memory }
}

function newMemory(): EngineMemory {
  try {
    return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true })
  } catch (cause) {
    throw noAddressSpace(cause)
  }
}
