const LARGEST_PORT = 65_535
const NUMBER = /^\d{1,5}$/

/** Numbers for ports that a packet list masks (`xx`) or names (`http`): ones that occur nowhere else in it. */
export class PortLabels {
  /** Every label, by the number that stands for it. */
  readonly byNumber = new Map<number, string>()
  readonly #byLabel = new Map<string, number>()
  readonly #used = new Uint8Array(LARGEST_PORT + 1)
  #candidate = 1

  /** Remembers that a number is in use, so that it stands for no label; labels are kept for {@link settle}. */
  note(port: string): void {
    const number = numeric(port)
    if (number !== null) this.#used[number] = 1
    else if (this.#byLabel.size < LARGEST_PORT) this.#byLabel.set(port, this.#byLabel.get(port) ?? -1)
  }

  /** Gives each label noted so far its number: the one named by the caller, or the lowest free one. */
  settle(named: ReadonlyMap<string, number>): void {
    for (const number of named.values()) this.#used[number] = 1
    for (const [label, number] of this.#byLabel) if (number < 0) this.#assign(label, named.get(label) ?? this.#free())
  }

  /** The number behind a port as printed. */
  numberOf(port: string): number {
    const number = numeric(port)
    if (number !== null) return number
    const known = this.#byLabel.get(port)
    return known !== undefined && known >= 0 ? known : this.#assign(port, this.#free())
  }

  #assign(label: string, number: number): number {
    this.#byLabel.set(label, number)
    this.byNumber.set(number, label)
    this.#used[number] = 1
    return number
  }

  #free(): number {
    while (this.#candidate < LARGEST_PORT && this.#used[this.#candidate] === 1) this.#candidate++
    return this.#candidate
  }
}

function numeric(port: string): number | null {
  const number = NUMBER.test(port) ? Number(port) : Number.NaN
  return number <= LARGEST_PORT ? number : null
}
