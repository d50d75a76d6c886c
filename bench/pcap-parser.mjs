// Reads a capture with pcap-parser and counts its packets.
//   node bench/pcap-parser.mjs FILE
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const [path] = process.argv.slice(2)

if (path === '--version') {
  const manifest = new URL('../node_modules/pcap-parser/package.json', import.meta.url)
  console.log(JSON.parse(readFileSync(manifest, 'utf8')).version)
} else {
  let packets = 0
  const parser = require('pcap-parser').parse(path)
  parser.on('packet', () => packets++)
  parser.on('end', () => console.log(packets))
  parser.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 2
  })
}
