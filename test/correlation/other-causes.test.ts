import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import type { Finding } from '../../src/diagnosis/finding.ts'
import { logOf } from '../support/log-text.ts'
import { beats, captureOf, type Told, wireOf } from '../support/wire.ts'

/** The story of connections to 127.0.0.1:9000, the capture beginning at 03:53:40 UTC. */
const storyOf = async (log: string, ...told: readonly Told[]) => {
  const connections = told.map((each, stream) => wireOf({ stream, serverPort: 9000, ...each }))
  return correlate(connections, captureOf(20), [await logOf(log)], { zone: 0, logDate: null, offsets: new Map() })
}
const linesOf = (finding: Pick<Finding, 'evidence'>) => finding.evidence.flatMap(({ lines }) => lines)

const REFUSED: Told = { clientPort: 50_001, refused: [5], verdict: 'refused' }
const WAITS: Told = { clientPort: 50_002, open: 6, pushes: beats(6.5, 1, 8), verdict: 'ack-only' }

describe('a refused connection', () => {
  it('came to an address that the process does not listen on', async () => {
    const log = `03:53:40.500 I 1> socket created fd=5
03:53:40.501 I 1> listening fd=5 addr=::1:9000
03:53:55.000 I 1> heap 5 KB
`
    const { rootCause, chain } = await storyOf(log, REFUSED)
    expect(rootCause).toMatchObject({ verdict: 'other-address', confidence: 'likely' })
    expect(rootCause!.claim).toContain('::1 alone')
    expect(chain.flatMap(linesOf)).toContain(2)
  })

  it('came before the process listened', async () => {
    const log = `03:53:47.500 I 1> socket created fd=5
03:53:47.501 I 1> listening fd=5 addr=127.0.0.1:9000
`
    const { rootCause } = await storyOf(log, REFUSED, {
      ...WAITS,
      open: 9,
      pushes: [[9.5, 4]],
      replies: [[9.6, 4]],
      verdict: 'healthy',
    })
    expect(rootCause?.verdict).toBe('not-yet-listening')
    expect(rootCause!.claim).toContain('2.5')
  })

  it('came after the listening socket was closed', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:43.000 I 1> closing socket fd=5
03:53:55.000 I 1> heap 5 KB
`
    expect((await storyOf(log, REFUSED)).rootCause?.verdict).toBe('listener-closed')
  })

  it('has no cause in a log that says nothing of its port', async () => {
    const log = '03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9100\n03:53:55.000 I 1> heap 5 KB\n'
    expect((await storyOf(log, REFUSED)).rootCause).toBeNull()
  })
})

describe('a connection that nobody accepts', () => {
  it('waits because the accepting thread died, and the log quotes its end', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:43.000 E 1> acceptor thread died: NullPointerException
03:53:58.000 I 2> heap 5 KB
`
    const served: Told = { clientPort: 50_001, open: 1, pushes: [[1.2, 4]], replies: [[1.3, 4]], verdict: 'healthy' }
    const { rootCause, overrides } = await storyOf(log, served, WAITS)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
    expect(rootCause).toMatchObject({ verdict: 'accept-failed' })
    expect(rootCause!.claim).toContain('line 3')
  })

  it('is not laid to an accept that failed once and went on', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:41.000 E 1> accept failed: Software caused connection abort
03:53:42.000 I 1> accepted connection fd=6 peer=127.0.0.1:50001
03:53:58.000 I 2> heap 5 KB
`
    const served: Told = { clientPort: 50_001, open: 2, pushes: [[2.2, 4]], replies: [[2.3, 4]], verdict: 'healthy' }
    expect((await storyOf(log, served, WAITS)).rootCause?.verdict).not.toBe('accept-failed')
  })
})

describe('a connection that is accepted and never answered', () => {
  it('waits for a worker where the log says that none is free', async () => {
    const log = `03:53:40.500 I 1> listening fd=5 addr=127.0.0.1:9000
03:53:46.001 I 1> accepted connection fd=7 peer=127.0.0.1:50002
03:53:46.002 W 1> thread pool exhausted, 64 of 64 threads busy
03:53:58.000 I 2> heap 5 KB
`
    const { rootCause } = await storyOf(log, WAITS)
    expect(rootCause).toMatchObject({ verdict: 'workers-exhausted', confidence: 'suspected' })
  })
})

describe('a listening socket whose port only the bind names', () => {
  it('is tied to it, as strace shows it', async () => {
    const log = `512 03:53:40.500000 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5
512 03:53:40.500100 bind(5, {sa_family=AF_INET, sin_port=htons(9000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
512 03:53:40.500200 listen(5, 16) = 0
512 03:53:58.000000 close(9) = 0
`
    const { scene, overrides } = await storyOf(log, WAITS)
    expect(scene.links[0]).toMatchObject({ port: 9000, ground: 'stated' })
    expect(overrides.get(0)?.verdict).toBe('never-accepted')
  })
})
