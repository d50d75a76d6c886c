import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate, SHAPES } from './generate.mjs'
import { generateLog, STYLES } from './generate-log.mjs'

const FOLDER = fileURLToPath(new URL('../.bench/', import.meta.url))

/** Makes the file unless an earlier run has; never leaves half of one under its name. */
function once(name, make) {
  mkdirSync(FOLDER, { recursive: true })
  const path = `${FOLDER}${name}`
  if (existsSync(path)) return path
  console.error(`making .bench/${name}`)
  make(`${path}.part`)
  renameSync(`${path}.part`, path)
  return path
}

/** The first `packets` packets of a shape: the seed is the same, so that it is the beginning of the longer one. */
export const captureOf = (shape, packets) =>
  once(`${shape}-${packets}.pcap`, (path) => generate({ ...SHAPES[shape], packets }, path))

/** The same, packed by a command that writes to standard output; null where it is not installed. */
export function packedOf(shape, packets, command, extension) {
  const plain = captureOf(shape, packets)
  try {
    return once(`${shape}-${packets}.pcap.${extension}`, (path) => {
      const { status } = spawnSync('/bin/sh', ['-c', `${command} '${plain}' > '${path}' 2>/dev/null`])
      if (status !== 0) throw new Error(`${command} is not installed`)
    })
  } catch (error) {
    console.error(error.message)
    return null
  }
}

export const logOf = (lines, style = 'plain') =>
  once(`server-${style}-${lines}.log`, (path) => generateLog(lines, path, STYLES[style]))

/** Megabytes of a file. */
export const sizeOf = (path) => statSync(path).size / 1e6
