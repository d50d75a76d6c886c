// Packs the package as it would be published, installs it in an empty folder, and runs it there once on each version of
// Node.js that is named: node scripts/try-package.mjs 20.19.0 22 24 26. The versions come from npm's package `node`.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const capture = resolve('fixtures/incident/listing-1.pcap')
const folder = mkdtempSync(join(tmpdir(), 'noaccept-package-'))
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

/** A folder of its own for each, so that no version's package stands in another's way. */
function nodeOf(version) {
  const place = mkdtempSync(join(folder, 'node-'))
  writeFileSync(join(place, 'package.json'), '{}')
  npm(['install', '--no-save', '--no-engine-strict', `node@${version}`], place)
  return join(place, 'node_modules', 'node', 'bin', 'node')
}

let failed = 0
try {
  const tarball = join(
    folder,
    JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]))[0].filename,
  )
  writeFileSync(join(folder, 'package.json'), '{}')
  npm(['install', '--no-save', '--omit=dev', tarball], folder)
  const program = join(folder, 'node_modules', 'noaccept', 'bin', 'noaccept.js')
  for (const version of process.argv.slice(2)) {
    const node = nodeOf(version)
    const name = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
    const run = spawnSync(node, [program, 'analyze', capture, '--format', 'json'], { encoding: 'utf8' })
    const verdict = run.status === 1 ? JSON.parse(run.stdout).connections[0].verdict : run.stderr
    const right = verdict === 'ack-only'
    if (!right) failed++
    console.log(`${name}: ${right ? 'the packed program says ack-only' : `exit ${run.status}: ${verdict}`}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1
