/** Class of a line's end, so that one table look-up finds both keywords and lines. */
const LINE_END_CLASS = 1

/** Finds keywords in bytes in one pass, whatever their number (Aho–Corasick, compiled to one table). */
export interface KeywordAutomaton {
  /** Class of each byte; upper and lower case share one. */
  readonly classOf: Uint8Array
  /** Next state by `state + class`. States are offsets into this table; the root is 0. */
  readonly next: Int32Array
  /** States from here on need attention: a keyword ends here, or the line does (`lineEnd`). */
  readonly firstAccepting: number
  readonly lineEnd: number
  /** Keywords that end in an accepting state, by `state - firstAccepting` (divided by `classes`). */
  readonly outputs: readonly (readonly number[])[]
  readonly classes: number
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

/** Compiles keywords, found without regard to ASCII case. `terminator` is the byte that ends a line. */
export function compileKeywords(keywords: readonly string[], terminator: number): KeywordAutomaton {
  const { classOf, classes } = byteClasses(keywords, terminator)
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
  const lineEnd = ordered.length * classes
  return {
    classOf,
    next: transitions(ordered, classes, lineEnd),
    firstAccepting: plain.length * classes,
    lineEnd,
    outputs: accepting.map((each) => each.outputs),
    classes,
  }
}

function byteClasses(keywords: readonly string[], terminator: number): { classOf: Uint8Array; classes: number } {
  const classOf = new Uint8Array(256)
  classOf[terminator] = LINE_END_CLASS
  let classes = LINE_END_CLASS + 1
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

function transitions(ordered: readonly Node[], classes: number, lineEnd: number): Int32Array {
  const next = new Int32Array((ordered.length + 1) * classes)
  for (const each of ordered)
    for (let symbol = 0; symbol < classes; symbol++) {
      let at: Node | null = each
      while (at !== null && !at.children.has(symbol)) at = at.fail
      next[each.id + symbol] = at?.children.get(symbol)?.id ?? 0
    }
  // After a line's end the next line begins as at the root.
  next.copyWithin(lineEnd, 0, classes)
  for (let row = 0; row <= lineEnd; row += classes) next[row + LINE_END_CLASS] = lineEnd
  return next
}
