// Preloaded into a program that is watched: tells the sizes of its process by file descriptor 3, once a second.
import { writeSync } from 'node:fs'

const timer = setInterval(() => {
  const { rss, heapUsed, external } = process.memoryUsage()
  try {
    writeSync(3, `${JSON.stringify({ rss, heapUsed, external })}\n`)
  } catch {
    // Who watches has gone.
    clearInterval(timer)
  }
}, 1000)
timer.unref()
