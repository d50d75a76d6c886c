import { describe, expect, it } from 'vitest'
import { pairRoles, rolesOf } from '../../src/compare/pairing.ts'
import { scene } from '../support/segments.ts'
import { conversation, HANDSHAKE, told } from './told-story.ts'

/** Queries that are only acknowledged; and such that are answered. */
const ignored = (port: number, ...sizes: number[]) =>
  conversation(
    sizes.flatMap((size) => [
      ['>', size],
      ['<', 0],
    ]),
    port,
  )
const answered = (port: number, ...sizes: number[]) =>
  conversation(
    sizes.flatMap((size) => [
      ['>', size],
      ['<', 32],
    ]),
    port,
  )
const paired = (a: Parameters<typeof rolesOf>[0], b: Parameters<typeof rolesOf>[0]) => {
  const { roles, onlyA, onlyB } = pairRoles(rolesOf(a), rolesOf(b))
  return {
    roles: roles.map((role) => [role.a.port, role.b.port, role.by]),
    only: [onlyA.map(({ port }) => port), onlyB.map(({ port }) => port)],
  }
}

describe('which service of one capture is which of the other', () => {
  it('is told by the port where both have it, whatever is said there', () => {
    expect(paired([ignored(9000, 44)], [ignored(7000, 44), answered(9000, 500)])).toEqual({
      roles: [[9000, 9000, 'port']],
      only: [[], [7000]],
    })
  })

  it('is told by one message of the same size, where no port is the same', () => {
    expect(paired([ignored(9000, 44)], [answered(7000, 44)]).roles).toEqual([[9000, 7000, 'sizes']])
    expect(paired([ignored(9000, 44)], [answered(7000, 45)])).toEqual({ roles: [], only: [[9000], [7000]] })
  })

  it('is told by the most sizes in common', () => {
    const others = [answered(7001, 44), answered(7002, 44, 138)]
    expect(paired([ignored(9000, 44, 138)], others).roles).toEqual([[9000, 7002, 'sizes']])
    expect(paired([ignored(9000, 44, 138)], others.toReversed()).roles).toEqual([[9000, 7002, 'sizes']])
  })

  it('is told by what is said in turn before the sizes: who is ignored goes with who is ignored', () => {
    const others = [answered(7001, 44, 138, 179), ignored(7002, 44)]
    expect(paired([ignored(9000, 44, 138, 179)], others).roles).toEqual([[9000, 7002, 'sizes']])
  })
})

describe('connections of one service', () => {
  const pairsOf = (a: Parameters<typeof rolesOf>[0], b: Parameters<typeof rolesOf>[0]) =>
    pairRoles(rolesOf(a), rolesOf(b)).roles[0]!.pairs

  it('are told once where they say the same, with how many they are', () => {
    expect(pairsOf([ignored(9000, 44), ignored(9000, 50)], [ignored(9000, 44)])).toMatchObject([
      { countA: 2, countB: 1, parting: null },
    ])
  })

  it('are told beside the one that they went along with longest, where none is the same', () => {
    const closed = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      < PA seq 701 ack 145 length 32 at 20
      > FA seq 145 ack 733 at 30
      < FA seq 733 ack 146 at 31`),
    )
    const spokenFirst = told(
      scene(`${HANDSHAKE}
      < PA seq 701 ack 101 length 99 at 10
      > RA seq 101 ack 800 at 20`),
    )
    const resetAfterTheAnswer = told(
      scene(`${HANDSHAKE}
      > PA seq 101 ack 701 length 44 at 10
      < PA seq 701 ack 145 length 32 at 20
      < RA seq 733 ack 145 at 30`),
    )
    const pairs = pairsOf([closed], [spokenFirst, resetAfterTheAnswer])
    expect(pairs.map(({ b }) => b)).toEqual([resetAfterTheAnswer, spokenFirst])
    expect(pairs.map(({ parting }) => parting)).toEqual([5, 3])
  })
})
