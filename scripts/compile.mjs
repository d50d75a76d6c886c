// Compiles src to dist as tsc does, and writes numeric constants out where they are used: `Row.PORTS` becomes `2`.
// V8 loads what a module imports anew each time, with checks, and does not fold it; TypeScript would write out the
// members of a `const enum`, which is not erasable syntax. Tests run src as it stands, stories and users run dist.
import { readdirSync, rmSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

const OPERATIONS = new Map([
  [ts.SyntaxKind.PlusToken, (a, b) => a + b],
  [ts.SyntaxKind.MinusToken, (a, b) => a - b],
  [ts.SyntaxKind.AsteriskToken, (a, b) => a * b],
  [ts.SyntaxKind.SlashToken, (a, b) => a / b],
  [ts.SyntaxKind.AsteriskAsteriskToken, (a, b) => a ** b],
  [ts.SyntaxKind.BarToken, (a, b) => a | b],
  [ts.SyntaxKind.AmpersandToken, (a, b) => a & b],
  [ts.SyntaxKind.CaretToken, (a, b) => a ^ b],
  [ts.SyntaxKind.LessThanLessThanToken, (a, b) => a << b],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, (a, b) => a >> b],
])

/** Knows the numbers that expressions stand for, whatever happens at run time. */
class Constants {
  #checker
  #known = new Map()

  constructor(checker) {
    this.#checker = checker
  }

  /** The number, or undefined where the expression is not one for certain. */
  valueOf(node) {
    if (ts.isNumericLiteral(node)) return Number(node.text)
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return this.valueOf(node.expression)
    if (ts.isPrefixUnaryExpression(node)) return this.#ofPrefix(node)
    if (ts.isBinaryExpression(node)) return this.#ofOperation(node)
    if (ts.isIdentifier(node)) return this.#ofVariable(node)
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) return this.#ofMember(node)
    return undefined
  }

  #ofPrefix({ operator, operand }) {
    const value = this.valueOf(operand)
    if (value === undefined) return undefined
    if (operator === ts.SyntaxKind.MinusToken) return -value
    return operator === ts.SyntaxKind.TildeToken ? ~value : undefined
  }

  #ofOperation({ left, operatorToken, right }) {
    const operation = OPERATIONS.get(operatorToken.kind)
    const [a, b] = operation === undefined ? [] : [this.valueOf(left), this.valueOf(right)]
    return a === undefined || b === undefined ? undefined : operation(a, b)
  }

  #ofVariable(node) {
    const declaration = this.#constant(node)
    return declaration === undefined ? undefined : this.#once(declaration, () => this.valueOf(declaration.initializer))
  }

  #ofMember({ expression, name }) {
    const object = literalOf(this.#constant(expression))
    const property = object?.properties.find(
      (member) => ts.isPropertyAssignment(member) && member.name.text === name.text,
    )
    return property === undefined ? undefined : this.#once(property, () => this.valueOf(property.initializer))
  }

  /** The declaration of a constant of some module's top level that the identifier names. */
  #constant(identifier) {
    let symbol = this.#checker.getSymbolAtLocation(identifier)
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
      symbol = this.#checker.getAliasedSymbol(symbol)
    const declaration = symbol?.valueDeclaration
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      return undefined
    const isConst = (declaration.parent.flags & ts.NodeFlags.Const) !== 0
    return isConst && ts.isSourceFile(declaration.parent.parent.parent) ? declaration : undefined
  }

  #once(declaration, find) {
    if (!this.#known.has(declaration)) {
      this.#known.set(declaration, undefined)
      this.#known.set(declaration, find())
    }
    return this.#known.get(declaration)
  }
}

/** The object of `{ … } as const`, also with `satisfies` behind it. */
function literalOf(declaration) {
  let expression = declaration?.initializer
  if (expression !== undefined && ts.isSatisfiesExpression(expression)) expression = expression.expression
  if (expression === undefined || !ts.isAsExpression(expression) || !ts.isConstTypeReference(expression.type))
    return undefined
  return ts.isObjectLiteralExpression(expression.expression) ? expression.expression : undefined
}

/** Writes constants out; types, declarations and names of members are left alone. */
const writeOut = (constants) => (context) => (file) => {
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node
    if (ts.isPropertyAccessExpression(node) || (ts.isIdentifier(node) && isUse(node))) {
      const value = constants.valueOf(node)
      if (Number.isFinite(value)) return numberNode(value)
      if (ts.isIdentifier(node)) return node
      return ts.factory.updatePropertyAccessExpression(node, ts.visitNode(node.expression, visit), node.name)
    }
    return ts.visitEachChild(node, visit, context)
  }
  return ts.visitNode(file, visit)
}

/** True where an identifier is read as an expression of its own, and does not name something. */
function isUse(node) {
  const { parent } = node
  if (parent.name === node || parent.propertyName === node) return false
  return !ts.isShorthandPropertyAssignment(parent) && !ts.isPropertyAccessExpression(parent)
}

const numberNode = (value) =>
  value < 0 || Object.is(value, -0)
    ? ts.factory.createParenthesizedExpression(
        ts.factory.createPrefixUnaryExpression(ts.SyntaxKind.MinusToken, ts.factory.createNumericLiteral(-value)),
      )
    : ts.factory.createNumericLiteral(value)

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => report([diagnostic]) }
const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.build.json`, {}, host)

function report(diagnostics) {
  if (diagnostics.length === 0) return
  const names = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }
  console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, names))
  process.exit(1)
}

const program = ts.createProgram(config.fileNames, config.options)
report(ts.getPreEmitDiagnostics(program))
const written = new Set()
const write = (path, text) => {
  written.add(resolve(path))
  ts.sys.writeFile(path, text)
}
report(
  program.emit(undefined, write, undefined, false, { before: [writeOut(new Constants(program.getTypeChecker()))] })
    .diagnostics,
)

// What a source that is gone left behind would be packed and shipped. The bundles and the page have makers of their own.
const dist = `${root}dist`
const others = [resolve(dist, 'program') + sep, resolve(dist, 'report/html/template.js')]
for (const name of readdirSync(dist, { recursive: true })) {
  const path = resolve(dist, name)
  const isOurs = /\.(?:js|d\.ts)$/.test(path) && !others.some((other) => path.startsWith(other))
  if (isOurs && !written.has(path)) rmSync(path)
}
