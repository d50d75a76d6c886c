import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'

/** Garbage collections while `work` runs. */
export async function collectionsDuring(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const observer = new PerformanceObserver((entries) => {
    count += entries.getEntries().length
  })
  observer.observe({ entryTypes: ['gc'] })
  await work()
  await setImmediate()
  observer.disconnect()
  return count
}
