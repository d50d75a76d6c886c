import { Failure } from '../failure.ts'

/**
 * What to say where memory for WebAssembly is refused, which is a RangeError. V8 guards such memory by ten gigabytes of
 * addresses behind which there is none, unless it is told not to.
 */
export const noAddressSpace = (cause: unknown): Failure =>
  new Failure(
    'this process may not have the address space that WebAssembly takes, 10 GB for each module, whatever memory is used',
    'lift the limit (ulimit -v unlimited), or do without guards: NODE_OPTIONS=--disable-wasm-trap-handler',
    undefined,
    cause,
  )
