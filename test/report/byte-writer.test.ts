import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter, piece, utf8 } from '../../src/report/json/byte-writer.ts'
import { visibleJson } from '../../src/text/visible-json.ts'

/** What a call wrote, after something and before something else, which it must leave as it is. */
function written(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter()
  writer.put(piece('before '))
  write(writer)
  writer.put(piece(' after'))
  const text = utf8(writer.take())
  expect(text).toMatch(/^before .* after$/s)
  return text.slice('before '.length, -' after'.length)
}

function expectSame<Value>(
  values: Arbitrary<Value>,
  write: (writer: ByteWriter, value: Value) => void,
  text: (value: Value) => string,
): void {
  const check = (value: Value) => {
    expect(written((writer) => write(writer, value))).toBe(text(value))
  }
  fc.assert(fc.property(values, check))
}

const anyText = fc.string({ unit: 'binary', maxLength: 300 })
const asciiText = fc.stringMatching(/^[ -~]{0,300}$/)

describe('text that is written as bytes', () => {
  it('is any text', () => {
    expectSame(
      anyText,
      (writer, text) => writer.text(text),
      (text) => text,
    )
  })

  it('is a JSON string in which everything can be seen', () => {
    expectSame(
      fc.oneof(anyText, asciiText),
      (writer, text) => writer.json(text),
      (text) => visibleJson(text),
    )
  })

  it('is a constant of any length', () => {
    expectSame(
      asciiText,
      (writer, text) => writer.put(piece(text)),
      (text) => text,
    )
  })

  it('is a decimal fraction, as JSON has the number', () => {
    const whole = fc.oneof(
      fc.constantFrom(0, -0, 1, 10, 999_999, 1_000_000, 1_000_001, 1e15, 1e15 - 1, 2 ** 53, -1, -2_500_000),
      fc.nat(5_000_000),
      fc.integer({ min: 0, max: 1e15 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(Math.round),
    )
    expectSame(
      fc.tuple(whole, fc.constantFrom(3, 6)),
      (writer, [value, places]) => writer.decimal(value, places),
      ([value, places]) => JSON.stringify(value / 10 ** places),
    )
  })

  it('is copied from elsewhere', () => {
    const source = Buffer.alloc(1024, 'elsewhere ')
    const view = new DataView(source.buffer, source.byteOffset, source.length)
    expectSame(
      fc.tuple(fc.nat(500), fc.nat(500)),
      (writer, [from, length]) => writer.copy(view, from, from + length),
      ([from, length]) => source.toString('latin1', from, from + length),
    )
  })

  it('is longer than the buffer', () => {
    const long = 'é'.repeat(2 ** 20)
    expect(written((writer) => writer.text(long))).toBe(long)
  })
})

describe('numbers that are written as bytes', () => {
  it('are written as JSON does', () => {
    const edges = fc.constantFrom(0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32)
    const any = fc.double({ noNaN: true, noDefaultInfinity: true })
    expectSame(
      fc.oneof(edges, fc.nat(), fc.nat(100), fc.maxSafeNat(), any),
      (writer, value) => writer.number(value),
      (value) => `${value}`,
    )
  })

  it('are written one after the other, however many', () => {
    const many = Array.from({ length: 400_000 }, (_, at) => at % 1009)
    const write = (writer: ByteWriter) => {
      for (const value of many) {
        writer.put(piece(' '))
        writer.number(value)
      }
    }
    expect(written(write)).toBe(many.map((value) => ` ${value}`).join(''))
  })
})
