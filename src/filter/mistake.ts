/** Something wrong in a filter's text, from `start` to `end`. Never leaves this folder: it becomes a Failure. */
export class Mistake extends Error {
  override readonly name = 'Mistake'
  readonly start: number
  readonly end: number
  /** What to write instead, or null. */
  readonly hint: string | null

  constructor(message: string, start: number, end: number, hint: string | null = null) {
    super(message)
    this.start = start
    this.end = end
    this.hint = hint
  }
}
