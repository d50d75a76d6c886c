// Generates a server's log: sockets that are made, accepted, read, answered and closed. Seeded. Its hours are about those of
// the captures, so that both can be laid on one clock.
import { closeSync, openSync, writeSync } from 'node:fs'
import { random } from './generate.mjs'

/** Where its first line stands in time: the captures begin two hours later. */
const BEGIN = Date.UTC(2023, 10, 14, 20)

const LINES = [
  (socket, port) => ['INFO', 'net', `accepted connection from 10.0.${socket & 255}.7:${port} on socket ${socket}`],
  (socket) => ['DEBUG', 'net', `recv socket ${socket}: 44 bytes`],
  (socket) => ['DEBUG', 'net', `send socket ${socket}: 44 bytes`],
  (socket, port) => ['TRACE', 'cache', `lookup key=session-${port} hit=true took=${socket % 9}us`],
  (socket) => ['INFO', `worker-${socket % 8}`, `request ${socket} done in ${socket % 40} ms`],
  (socket) => ['INFO', 'net', `closed socket ${socket}`],
]

/** How a line is written. */
export const STYLES = {
  plain: (time, level, name, words) => `${time} ${level.padEnd(5)} [${name}] ${words}`,
  json: (time, level, name, words) => JSON.stringify({ level: level.toLowerCase(), time, logger: name, msg: words }),
}

/** Writes the log to `path`. */
export function generateLog(lines, path, style = STYLES.plain) {
  const file = openSync(path, 'w')
  const next = random(2)
  let text = ''
  let milliseconds = BEGIN
  for (let n = 0; n < lines; n++) {
    milliseconds += (next() * 4) | 0
    const line = LINES[(next() * LINES.length) | 0]((next() * 5000) | 0, 20_000 + ((next() * 30_000) | 0))
    text += `${style(new Date(milliseconds).toISOString(), ...line)}\n`
    if (text.length < 1 << 20) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}
