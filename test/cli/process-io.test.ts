import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const built = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))
const isBuilt = existsSync(built('cli/main.js'))

/** A module that runs `body` with the process's io, as a command would. */
function program(body: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'noaccept-io-')), 'program.mjs')
  const load = (name: string) => JSON.stringify(`file://${built(name)}`)
  writeFileSync(
    path,
    `import { processIo } from ${load('cli/process-io.js')}
     import { deliverText } from ${load('cli/deliver.js')}
     const io = processIo()
     const endless = function* () { for (;;) yield 'x'.repeat(1 << 16) }
     ${body}`,
  )
  return path
}

describe.runIf(isBuilt)('the process', () => {
  it('ends quietly with 0 when the reader of its output goes away', async () => {
    const path = program(`await deliverText(endless(), { output: null }, io); io.exitWith(1)`)
    const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (data) => {
      stderr += data
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'close')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it.runIf(existsSync('/dev/full'))('says that its output is lost, and ends with 2, when no space is left', () => {
    const full = openSync('/dev/full', 'w')
    const path = program(`await deliverText(endless(), { output: null }, io); io.exitWith(1)`)
    const { status, stderr } = spawnSync(process.execPath, [path], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect(status).toBe(2)
    expect(stderr).toBe(
      'noaccept: cannot write to standard output: no space is left on the device\n  help: what was written before is not all of the result\n',
    )
  })

  it('takes a terminal without a size, as some containers give one, for one of 80 columns', () => {
    const path = program(`
      Object.defineProperty(process.stdout, 'columns', { value: 0 })
      process.stdout.write(String(processIo().columns))`)
    const env = { ...process.env, COLUMNS: '' }
    expect(spawnSync(process.execPath, [path], { encoding: 'utf8', env }).stdout).toBe('80')
  })

  it.each([
    ['132', '132'],
    ['wide', '80'],
    ['0', '80'],
  ])('takes a pipe for as wide as the variable COLUMNS says: %s is %s', (told, columns) => {
    const path = program('process.stdout.write(String(processIo().columns))')
    const env = { ...process.env, COLUMNS: told }
    expect(spawnSync(process.execPath, [path], { encoding: 'utf8', env }).stdout).toBe(columns)
  })

  it('writes text and bytes to a file in their order, while more of them are made', async () => {
    const path = program(`
      const two = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)]
      const mixed = function* () {
        for (let at = 0; at < 26; at++) {
          yield two[at & 1].fill(97 + at)
          yield at + ' '
        }
      }
      await deliverText(mixed(), { output: null }, io)`)
    const folder = mkdtempSync(join(tmpdir(), 'noaccept-file-'))
    const output = openSync(join(folder, 'out'), 'w')
    const { status, stderr } = spawnSync(process.execPath, [path], {
      stdio: ['ignore', output, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(output)
    const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at).repeat(1 << 20))
    const whole = letters.map((text, at) => `${text}${at} `).join('')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(readFileSync(join(folder, 'out'), 'utf8') === whole).toBe(true)
  })

  it('finishes with what it has at the first interrupt, and tells so', async () => {
    const path = program(`
      const timer = setInterval(() => {}, 1000)
      io.signal.addEventListener('abort', async () => {
        clearInterval(timer)
        await io.out('partial\\n')
        io.exitWith(1)
        io.exitWith(130)
      })
      io.note('ready')`)
    const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    child.stdout.on('data', (data) => {
      stdout += data
    })
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'partial\n' })
  })

  it('leaves no half result behind when the second interrupt ends it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'noaccept-half-'))
    const path = program(`
      async function* slow() { yield 'x'.repeat(1 << 20); io.note('ready'); await new Promise(() => setInterval(() => {}, 1000)) }
      const { writeWhole } = await import(${JSON.stringify(`file://${built('cli/output-file.js')}`)})
      await writeWhole(${JSON.stringify(join(folder, 'r.json'))}, slow())`)
    const child = spawn(process.execPath, [path], { stdio: ['ignore', 'ignore', 'pipe'] })
    await once(child.stderr, 'data')
    expect(readdirSync(folder)).toHaveLength(1)
    child.kill('SIGINT')
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect(code).toBe(130)
    expect(readdirSync(folder)).toEqual([])
  })
})
