// Checks which stage may know which (.dependency-cruiser.mjs), and that the checker looked at every source file: with a
// compiler that it does not understand it passes over all of them and is content.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const binary = fileURLToPath(new URL('../node_modules/.bin/depcruise', import.meta.url))
const run = spawnSync(binary, ['src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
  shell: process.platform === 'win32',
})
if (!run.stdout.startsWith('{')) {
  console.error(run.stderr || 'dependency-cruiser said nothing')
  process.exit(2)
}
const { modules, summary } = JSON.parse(run.stdout)
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`)
const sources = readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.ts')).length
const cruised = modules.filter(({ source }) => source.startsWith('src/')).length
if (cruised < sources) console.error(`only ${cruised} of ${sources} source files were looked at`)
else
  console.log(
    `${cruised} source files, ${summary.totalDependenciesCruised} dependencies, ${summary.violations.length} against the layers`,
  )
process.exit(summary.violations.length > 0 || cruised < sources ? 1 : 0)
