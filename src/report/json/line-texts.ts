import type { Engine } from '../../engine/engine.ts'
import {
  LINE_BYTES,
  LINES,
  Line,
  MANNER_WORDS,
  Manner,
  MOST_MANNERS,
  PASSAGE_BITS,
  PASSAGE_WORDS,
  PassageWord,
  TEXTS,
  TextField,
} from '../../engine/memory-map.ts'

/** Room for the texts of all manners and passages. */
const ROOM = LINES - TEXTS
/** What a line has besides is shorter than the other half. */
const LONGEST = LINE_BYTES / 2
/** Knuth's multiplicative hash: its upper bits depend on all of them. */
const MIX = 0x9e3779b1
const HASH_SHIFT = 32 - PASSAGE_BITS

/** Where frames are counted from in one capture, and how finely its times are told. */
export interface CaptureFrames {
  /** Id before its first frame. */
  readonly base: number
  /** Digits after the second. */
  readonly digits: number
}

let owners = 0

/** What stands in many lines that the engine writes. Kept here, too: reports that are written at a time share its memory. */
export class LineTexts {
  readonly #kept = new DataView(new ArrayBuffer(ROOM))
  readonly #shared: DataView
  /** Where they are written to: at first, others' may still lie where the engine looks. */
  #views: readonly DataView[] = [this.#kept]
  readonly #owner = ++owners
  #end: number = TextField.BYTES
  #manners = 0

  /** `next` stands before each line. */
  constructor(engine: Engine, next: Uint8Array, captures: readonly CaptureFrames[]) {
    this.#shared = new DataView(engine.memory.buffer, TEXTS, ROOM)
    this.#word(TextField.OWNER, this.#owner)
    this.#text(TextField.NEXT, next)
    this.#word(TextField.CAPTURE_COUNT, captures.length)
    for (const [index, { base, digits }] of captures.entries()) {
      this.#word(TextField.CAPTURES + index * 8, base)
      this.#word(TextField.CAPTURES + index * 8 + 4, digits)
    }
    this.#views = [this.#kept, this.#shared]
  }

  /** Puts them where the engine looks for them, unless they are there. To be called before more are added, or lines written. */
  handOver(): void {
    if (this.#shared.getInt32(TextField.OWNER, true) === this.#owner) return
    bytesOf(this.#shared).set(bytesOf(this.#kept).subarray(0, this.#end))
  }

  /**
   * Adds a way to tell a judgement: a text, or what stands before and after one that tells of response times. Returns its
   * number, or Line.LEFT where there is no room for it.
   */
  addManner(head: string, tail: string | null): number {
    const [before, after] = [Buffer.from(head), Buffer.from(tail ?? '')]
    const length = before.length + after.length
    if (this.#manners === MOST_MANNERS || length > LONGEST || !this.#hasRoom(length)) return Line.LEFT
    const at = TextField.MANNERS + this.#manners * MANNER_WORDS * 4
    this.#text(at + Manner.HEAD * 4, before)
    this.#text(at + Manner.TAIL * 4, after)
    this.#word(at + Manner.TELLS_TIMES * 4, tail === null ? 0 : 1)
    return this.#manners++
  }

  /** Whether it is known what is told of flows whose likeness this is. */
  hasPassage(likeness: number): boolean {
    const at = passageAt(likeness)
    const isKnown = this.#kept.getInt32(at + PassageWord.LENGTH * 4, true) > 0
    return isKnown && this.#kept.getInt32(at + PassageWord.KEY * 4, true) === likeness
  }

  /** Adds it, unless another has its place, which shares its hash: they would take turns. */
  addPassage(likeness: number, text: string): void {
    const at = passageAt(likeness)
    const bytes = Buffer.from(text)
    if (this.#kept.getInt32(at + PassageWord.LENGTH * 4, true) > 0 || !this.#hasRoom(bytes.length)) return
    this.#word(at + PassageWord.KEY * 4, likeness)
    this.#text(at + PassageWord.TEXT * 4, bytes)
  }

  /** With what a copy of whole strides reads behind it. */
  #hasRoom(length: number): boolean {
    return this.#end + length + 8 <= ROOM
  }

  /** Keeps a text, and at a place where it starts in the memory and how long it is. */
  #text(place: number, text: Uint8Array): void {
    for (const view of this.#views) bytesOf(view).set(text, this.#end)
    this.#word(place, TEXTS + this.#end)
    this.#word(place + 4, text.length)
    this.#end += text.length
  }

  #word(place: number, value: number): void {
    for (const view of this.#views) view.setInt32(place, value, true)
  }
}

const passageAt = (likeness: number): number =>
  TextField.PASSAGES + (Math.imul(likeness, MIX) >>> HASH_SHIFT) * PASSAGE_WORDS * 4

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
