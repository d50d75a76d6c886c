/** Methods that call back for elements until they know enough. */
const METHODS = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
] as const

type Callback = (...rest: unknown[]) => unknown

/** How often arrays call back while `work` runs, which is not to wait for anything: a walk over any list shows in it. */
export function callbacksDuring(work: () => void): number {
  let calls = 0
  const own = METHODS.map((name) => [name, Object.getOwnPropertyDescriptor(Array.prototype, name)!] as const)
  for (const [name, { value }] of own)
    Object.defineProperty(Array.prototype, name, {
      configurable: true,
      writable: true,
      value(this: unknown[], callback: Callback, ...rest: unknown[]) {
        const counting: Callback = (...given) => {
          calls++
          return callback(...given)
        }
        return value.call(this, counting, ...rest)
      },
    })
  try {
    work()
  } finally {
    for (const [name, descriptor] of own) Object.defineProperty(Array.prototype, name, descriptor)
  }
  return calls
}
