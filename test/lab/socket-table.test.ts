import { describe, expect, it } from 'vitest'
import { SocketTable } from '../../fixtures/lab/network/socket-table.ts'

const nothing = () => {}

describe('the socket table', () => {
  it('loses the first of two sockets where the second looks before the first has stored', () => {
    const table = SocketTable.withSlots(4)
    const second = () => void table.attachUnlocked(8, nothing)
    expect(table.attachUnlocked(7, second)).toBe(0)
    expect(table.slotOf(7)).toBe(0)
    expect(table.slotOf(8)).toBe(-1)
  })

  it('keeps both where looking and storing is one step', () => {
    const table = SocketTable.withSlots(4)
    const slots: number[] = []
    slots.push(table.attachAtomically(7, () => void slots.push(table.attachAtomically(8, nothing))))
    expect(slots.sort()).toEqual([0, 1])
    expect(table.slotOf(7)).toBe(0)
    expect(table.slotOf(8)).toBe(1)
  })

  it('frees only the slot that still holds the socket', () => {
    const table = SocketTable.withSlots(2)
    table.attachAtomically(7, nothing)
    expect(table.detach(8)).toBe(-1)
    expect(table.slotOf(7)).toBe(0)
    expect(table.detach(7)).toBe(0)
    expect(table.attachAtomically(8, nothing)).toBe(0)
  })

  it('says so when no slot is free', () => {
    const table = SocketTable.withSlots(1)
    table.attachUnlocked(7, nothing)
    expect(table.attachUnlocked(8, nothing)).toBe(-1)
    expect(table.attachAtomically(8, nothing)).toBe(-1)
  })
})
