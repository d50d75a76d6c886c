import { TextDecoder } from 'node:util'
import type { ByteSource } from './byte-source.ts'
import { DecodedSource } from './decoded-source.ts'
import { Window } from './window.ts'
import { WindowSource } from './window-source.ts'

const INPUT_BYTES = 65_536
const BYTE_ORDER_MARKS: Readonly<Record<number, string>> = { 65534: 'utf-16le', 65279: 'utf-16be' }

/** Turns UTF-16, as PowerShell redirects what programs print, into UTF-8. */
class Utf16Source extends DecodedSource {
  readonly #decoder: TextDecoder
  readonly #input = new Uint8Array(INPUT_BYTES)

  constructor(packed: ByteSource, encoding: string) {
    super(packed)
    this.#decoder = new TextDecoder(encoding)
  }

  protected override async unpack(): Promise<boolean> {
    const count = await this.packed.read(this.#input, 0)
    const text = this.#decoder.decode(this.#input.subarray(0, count), { stream: count > 0 })
    this.put(Buffer.from(text, 'utf8'))
    return count > 0
  }
}

/** The same window, or one that turns what it holds into UTF-8 where a byte-order mark says that it is UTF-16. */
export async function textWindow(window: Window): Promise<Window> {
  if (!(await window.fill(2))) return window
  const encoding = BYTE_ORDER_MARKS[window.view.getUint16(window.position)]
  return encoding === undefined ? window : new Window(new Utf16Source(new WindowSource(window), encoding))
}
