import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const at = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')
const manifest = JSON.parse(at('package.json')) as {
  version: string
  engines: { node: string }
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

describe('the package', () => {
  it('runs on these libraries and no others', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual([
      'chalk',
      'cli-table3',
      'commander',
      'fzstd',
      're2js',
      'xxhash-wasm',
      'yaml',
      'zod',
    ])
  })

  it('names exact versions', () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  })

  it('promises the Node.js that it is tried on', () => {
    expect(manifest.engines.node).toBe('>=20.19.0')
    expect(at('.ci/run')).toContain('try-package.mjs 20.19.0 22 24 26')
  })

  it('has its version at the head of the changelog', () => {
    expect(at('CHANGELOG.md').match(/^## (\S+)/m)?.[1]).toBe(manifest.version)
  })

  it('shows each of its pictures on a page', () => {
    const pages = at('README.md') + at('SECURITY.md')
    const pictures = readdirSync(fileURLToPath(new URL('../docs/pictures', import.meta.url)))
    expect(pictures.filter((name) => !pages.includes(`docs/pictures/${name}`))).toEqual([])
  })

  it('is tested by the line that the README gives', () => {
    const [, tests] =
      at('README.md').match(/```sh\nnpm ci && npm run build[^\n]*\n```[\s\S]*?```sh\n([^\n]+)\n```/) ?? []
    expect(tests).toBe('npm ci && npm test')
    expect(at('.ci/run')).toContain(`\n${tests}\n`)
  })
})

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const isBuilt = existsSync(join(ROOT, 'dist/index.d.ts'))

describe.runIf(isBuilt)('what is built', () => {
  it('has a source for each of its modules: nothing is left of those that are gone', () => {
    const modules = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js') && !name.startsWith('program') && !name.endsWith('template.js'))
      .map((name) => name.replace(/js$/, 'ts'))
    expect(modules.length).toBeGreaterThan(100)
    expect(modules.filter((name) => !existsSync(join(ROOT, 'src', name)))).toEqual([])
  })
})

describe.runIf(isBuilt)('the types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noaccept-types-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/noaccept'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'use.ts'),
    `import { analyze, correlate, Failure, type Report, reportOf } from 'noaccept'
const report: Report = reportOf(await analyze(['x.pcap'], { ports: [9000, 'xx'] }))
for (const { verdict, client } of report.connections()) console.log(verdict satisfies string, client.port)
export const failed = (error: unknown): string | null => (error instanceof Failure ? error.hint : null)
export const both = () => correlate(['x.pcap'], ['x.log'])
// @ts-expect-error a capture is named by its path
await analyze([1])
`,
  )

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('are those that a strict program needs: module %s, resolved as %s', (module, resolution) => {
    const options = `--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022 --types node`
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/typescript/bin/tsc'),
        ...options.split(' '),
        ...['--typeRoots', join(ROOT, 'node_modules/@types'), '--module', module, '--moduleResolution', resolution],
        'use.ts',
      ],
      { cwd: folder, encoding: 'utf8' },
    )
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})
