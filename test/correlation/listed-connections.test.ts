import { describe, expect, it } from 'vitest'
import { correlate } from '../../src/correlation/correlate.ts'
import { logOf } from '../support/log-text.ts'
import { captureOf, type Told, wireOf } from '../support/wire.ts'

const MUTE: Told = { clientPort: 50_022, open: 1, pushes: [1.1, 2.1, 3.1].map((time) => [time, 44]) }

/** A connection to 127.0.0.1:9000, and what somebody listed of the system's sockets, in a file without stamps. */
const judged = async (listing: string, ...told: readonly Told[]) => {
  const connections = (told.length === 0 ? [MUTE] : told).map((each, stream) => wireOf({ stream, ...each }))
  const options = { zone: 0, logDate: null, offsets: new Map() }
  return correlate(connections, captureOf(20), [await logOf(listing)], options)
}
const verdictOf = async (listing: string, ...told: readonly Told[]) => {
  const { overrides } = await judged(listing, ...told)
  const { verdict, confidence } = overrides.get(0) ?? {}
  return verdict === undefined ? null : `${verdict}, ${confidence}`
}

const ENDS = '127.0.0.1:9000 127.0.0.1:50022'
const LISTENS = 'LISTEN 0 128 0.0.0.0:9000 0.0.0.0:* users:(("gated",pid=512,fd=5)) ino:42 sk:1'

describe('a row of a listing about the connection itself', () => {
  it.each([
    ['ss, by an inode of 0', `ESTAB 132 0 ${ENDS} ino:0 sk:2 <->`],
    ['ss, without a process where the listener has one', `${LISTENS.replace(' ino:42', '')}\nESTAB 132 0 ${ENDS}`],
    [
      'netstat, without a process where the listener has one',
      `tcp 0 0 0.0.0.0:9000 0.0.0.0:* LISTEN 512/gated\ntcp 132 0 ${ENDS} ESTABLISHED -`,
    ],
    ['ss, after the client has closed', `CLOSE-WAIT 133 0 ${ENDS} ino:0 sk:2 <->`],
  ])('proves that nothing accepted it: %s', async (_, listing) => {
    expect(await verdictOf(listing)).toBe('never-accepted, certain')
  })

  it('is likely to show it where the client sent more than had come when it was listed', async () => {
    expect(await verdictOf(`ESTAB 88 0 ${ENDS} ino:0 sk:2`)).toBe('never-accepted, likely')
  })

  it('shows an onset where the port had been served before', async () => {
    const served: Told = { clientPort: 50_001, open: 0.1, pushes: [[0.2, 4]], replies: [[0.3, 4]], verdict: 'healthy' }
    const { overrides } = await judged(`ESTAB 132 0 ${ENDS} ino:0 sk:2`, served, MUTE)
    expect(overrides.get(1)?.verdict).toBe('accept-stopped')
  })

  it.each([
    ['all that had come', 132, 'accepted-never-read, likely'],
    ['what may be all that had come, or the last of it', 88, 'accepted-never-read, suspected'],
    ['nothing', 0, 'accepted-no-reply, likely'],
    ['part of a request', 30, 'accepted-no-reply, likely'],
  ])('shows that a process has it, and left %s unread', async (_, unread, verdict) => {
    expect(await verdictOf(`ESTAB ${unread} 0 ${ENDS} users:(("gated",pid=512,fd=7)) ino:43 sk:2`)).toBe(verdict)
  })

  it('names the process, whichever program lists it', async () => {
    for (const row of [
      `ESTAB 0 0 ${ENDS} users:(("gated",pid=512,fd=7))`,
      `tcp 0 0 ${ENDS} ESTABLISHED 512/gated`,
      'gated 512 root 7u IPv4 43 0t0 TCP 127.0.0.1:9000->127.0.0.1:50022 (ESTABLISHED)',
    ]) {
      const { overrides } = await judged(row)
      expect(overrides.get(0)?.candidates[0]?.reasons[0]).toContain('gated, pid 512')
    }
  })

  it('does not tell from lsof, which shows no queue, whether it was read', async () => {
    const row = 'gated 512 root 7u IPv4 43 0t0 TCP 127.0.0.1:9000->127.0.0.1:50022 (ESTABLISHED)'
    expect(await verdictOf(row)).toBe('accepted-no-reply, suspected')
  })

  it.each([
    ['as many are listed as wait', 'LISTEN 1 128 0.0.0.0:9000 0.0.0.0:*', 'never-accepted, likely'],
    ['none waits', 'LISTEN 0 128 0.0.0.0:9000 0.0.0.0:*', 'accepted-never-read, likely'],
    ['others are listed than wait', 'LISTEN 2 128 0.0.0.0:9000 0.0.0.0:*', null],
    ['two sockets listen', 'LISTEN 1 128 127.0.0.1:9000 0.0.0.0:*\nLISTEN 0 128 127.0.0.2:9000 0.0.0.0:*', null],
    ['no socket that listens is listed', 'LISTEN 0 128 0.0.0.0:9001 0.0.0.0:*', null],
  ])('counts without owners: %s', async (_, listening, verdict) => {
    expect(await verdictOf(`${listening}\nESTAB 132 0 ${ENDS}`)).toBe(verdict)
  })

  it.each([
    ['netstat could not see whose it is', `tcp 132 0 ${ENDS} ESTABLISHED -`],
    ['Windows gives it to the process that listens', `  TCP    127.0.0.1:9000  127.0.0.1:50022  ESTABLISHED  512`],
    ['it is of another connection', 'ESTAB 132 0 127.0.0.1:9000 127.0.0.1:50023 ino:0 sk:2'],
    ['it is of another host', 'ESTAB 132 0 10.1.2.9:9000 10.1.2.3:50022 ino:0 sk:2'],
    ['it is the client’s end', 'ESTAB 0 0 127.0.0.1:50022 127.0.0.1:9000 ino:0 sk:2'],
  ])('says nothing where %s', async (_, listing) => {
    expect(await verdictOf(listing)).toBeNull()
  })

  it('says nothing without a stamp where the client’s port was used twice', async () => {
    const again: Told = { ...MUTE, open: 11, pushes: [[11.1, 44]] }
    expect(await verdictOf(`ESTAB 132 0 ${ENDS} ino:0 sk:2`, MUTE, again)).toBeNull()
  })

  it('says nothing of a connection that was answered', async () => {
    const answered: Told = { ...MUTE, replies: [[1.2, 4]] }
    expect(await verdictOf(`ESTAB 88 0 ${ENDS} ino:0 sk:2`, answered)).toBeNull()
  })

  it('leaves alone what is only told, and was read', async () => {
    const told: Told = { ...MUTE, verdict: 'healthy-one-way' }
    expect(await verdictOf(`ESTAB 0 0 ${ENDS} users:(("gated",pid=512,fd=7))`, told)).toBeNull()
  })

  it('is a step of the chain and a finding, and its file is no log of another run', async () => {
    const { chain, findings, rootCause } = await judged(`${LISTENS}\nESTAB 132 0 ${ENDS} ino:0 sk:2`)
    expect(chain.find(({ claim }) => claim.includes('accept queue'))?.evidence).toMatchObject([{ lines: [2] }])
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([['accept-queue-listed', 'certain']])
    expect(rootCause).toMatchObject({ verdict: 'never-accepted', confidence: 'certain' })
    expect(rootCause?.claim).toContain('no log tells why')
  })
})
