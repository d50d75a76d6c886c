import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

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

  it('is tested by the line that the README gives', () => {
    const [, tests] =
      at('README.md').match(/```sh\nnpm ci && npm run build[^\n]*\n```[\s\S]*?```sh\n([^\n]+)\n```/) ?? []
    expect(tests).toBe('npm ci && npm test')
    expect(at('.ci/run')).toContain(`\n${tests}\n`)
  })
})
