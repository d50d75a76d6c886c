/** Finds keywords in bytes in one pass, whatever their number (Aho–Corasick, compiled to one table). */
export interface KeywordAutomaton {
  /** Class of each byte; upper and lower case share one. */
  readonly classOf: Uint8Array
  /** Next state by `state + class`. States are offsets into this table; the root is 0. */
  readonly next: Int32Array
  /** In the states from here on a keyword ends. */
  readonly firstAccepting: number
  /** Keywords that end in an accepting state, by `state - firstAccepting` (divided by `classes`). */
  readonly outputs: readonly (readonly number[])[]
  readonly classes: number
  /** Lengths of the keywords in bytes. */
  readonly lengths: readonly number[]
}

interface Node {
  readonly children: Map<number, Node>
  fail: Node | null
  outputs: number[]
  id: number
}

function node(): Node {
  return { children: new Map(), fail: null, outputs: [], id: 0 }
}

/** Compiles keywords, found without regard to ASCII case. */
export function compileKeywords(keywords: readonly string[]): KeywordAutomaton {
  const { classOf, classes } = byteClasses(keywords)
  const root = node()
  keywords.forEach((keyword, index) => {
    let at = root
    for (const byte of Buffer.from(keyword.toLowerCase())) {
      const symbol = classOf[byte]!
      const child = at.children.get(symbol) ?? node()
      at.children.set(symbol, child)
      at = child
    }
    at.outputs.push(index)
  })
  const nodes = linkFailures(root)
  const plain = nodes.filter((each) => each.outputs.length === 0)
  const accepting = nodes.filter((each) => each.outputs.length > 0)
  const ordered = [...plain, ...accepting]
  ordered.forEach((each, index) => {
    each.id = index * classes
  })
  return {
    classOf,
    next: transitions(nodes, classes),
    firstAccepting: plain.length * classes,
    outputs: accepting.map((each) => each.outputs),
    classes,
    lengths: keywords.map((keyword) => Buffer.byteLength(keyword.toLowerCase())),
  }
}

/** The keywords that a text's bytes hold. */
export function keywordsIn(automaton: KeywordAutomaton, bytes: Uint8Array): number[] {
  const { classOf, next, firstAccepting, outputs, classes } = automaton
  const found = new Set<number>()
  let state = 0
  for (const byte of bytes) {
    state = next[state + classOf[byte]!]!
    if (state < firstAccepting) continue
    for (const keyword of outputs[(state - firstAccepting) / classes]!) found.add(keyword)
  }
  return [...found]
}

function byteClasses(keywords: readonly string[]): { classOf: Uint8Array; classes: number } {
  const classOf = new Uint8Array(256)
  let classes = 1
  for (const keyword of keywords)
    for (const byte of Buffer.from(keyword.toLowerCase())) {
      if (classOf[byte] !== 0) continue
      classOf[byte] = classes
      if (byte >= 0x61 && byte <= 0x7a) classOf[byte - 0x20] = classes
      classes++
    }
  return { classOf, classes }
}

/** Breadth first, so that a node's failure is known before its children's. Returns all nodes, the root first. */
function linkFailures(root: Node): Node[] {
  const nodes = [root]
  for (let i = 0; i < nodes.length; i++) {
    const parent = nodes[i]!
    for (const [symbol, child] of parent.children) {
      let fail = parent.fail
      while (fail !== null && !fail.children.has(symbol)) fail = fail.fail
      child.fail = fail?.children.get(symbol) ?? root
      child.outputs.push(...child.fail.outputs)
      nodes.push(child)
    }
  }
  return nodes
}

/** Breadth first: where a node goes without a child of its own is where its failure goes, which is known by then. */
function transitions(nodes: readonly Node[], classes: number): Int32Array {
  const next = new Int32Array(nodes.length * classes)
  for (const { id, fail, children } of nodes) {
    if (fail !== null) next.copyWithin(id, fail.id, fail.id + classes)
    for (const [symbol, child] of children) next[id + symbol] = child.id
  }
  return next
}
