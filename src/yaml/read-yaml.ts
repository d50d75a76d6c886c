import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { z } from 'zod'
import { Failure } from '../failure.ts'
import { nearest } from '../text/nearest.ts'
import { visible } from '../text/visible.ts'
import { refuseDeepNesting } from './nesting.ts'

/** A place in a file, counting from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What a file holds, and where in it each part stands. */
export interface Placed<Content> {
  readonly content: Content
  /** Position of the key or item at a path, or of what is nearest around it. */
  readonly place: (path: Path) => Position
}

type Path = readonly PropertyKey[]

const MAX_ALIASES = 100

/** Reads a YAML (or JSON) file of one schema. A Failure names line, column and, for a typo, the nearest word. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  path: string,
  schema: Schema,
  whatItIs: string,
): Placed<z.infer<Schema>> {
  const lines = new LineCounter()
  refuseDeepNesting(text, path)
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const fail = (offset: number, message: string, hint: string | null, cause: unknown): never => {
    const { line, column } = position(offset)
    throw new Failure(`${visible(path)}:${line}:${column}: ${visible(message)}`, hint, undefined, cause)
  }
  const [error] = document.errors
  if (error !== undefined) fail(error.pos[0], error.message, whatItIs, error)
  const checked = schema.safeParse(contentOf(document, path) ?? {}, { reportInput: true })
  if (!checked.success) {
    const issue = deepest(checked.error.issues[0]!)
    fail(offsetOfIssue(document, issue), wordsOf(issue), hintOf(schema, issue) ?? whatItIs, checked.error)
  }
  return { content: checked.data!, place: (at) => position(offsetOf(document, at)) }
}

/** What a document stands for; a Failure where its aliases lead nowhere, or to too much. */
export function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    throw new Failure(
      `${visible(path)}: its aliases cannot be followed: ${visible((cause as Error).message)}`,
      'write out what they stand for',
      undefined,
      cause,
    )
  }
}

/** What is wrong with a value that fits none of several forms, judged by the first of them. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const inner = issue.code === 'invalid_union' ? issue.errors[0]?.[0] : undefined
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] })
}

/** The node at a path. YAML tells a port that is a number from one that is a text; a path does not. */
function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents
  for (const part of path) {
    if (isMap(node)) node = pairAt(node, part)?.value
    else if (isSeq(node)) node = node.items[Number(part)]
    else return undefined
  }
  return node
}

const pairAt = (map: YAMLMap, key: PropertyKey) =>
  map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))

function offsetOfIssue(document: Document, issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') return keyOffset(document, issue.path, issue.keys[0]!)
  if (issue.code === 'invalid_key') return keyOffset(document, issue.path.slice(0, -1), `${String(issue.path.at(-1))}`)
  return offsetOf(document, issue.path)
}

function keyOffset(document: Document, path: Path, key: string): number {
  const map = nodeAt(document, path)
  const node = isMap(map) ? pairAt(map, key)?.key : undefined
  return isNode(node) && node.range ? node.range[0] : offsetOf(document, path)
}

/** Where the key of a path's last part stands; of a list's item, the item. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(document, path.slice(0, length - 1))
    const last = path[length - 1]!
    const node = isMap(parent) ? pairAt(parent, last)?.key : nodeAt(document, path.slice(0, length))
    if (isNode(node) && node.range) return node.range[0]
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0
}

/** What is wrong with a value, in words, behind the path to it. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.')
  const before = where === '' ? '' : `${where}: `
  if (issue.code === 'unrecognized_keys') return `${before}there is no "${issue.keys[0]}" here`
  if (issue.code === 'too_small' && COUNTED.has(issue.origin))
    return `${before}this is to be ${Number(issue.minimum)} or more`
  if (isMissing(issue)) return `"${where}" is missing`
  if (issue.code === 'invalid_type')
    return `${before}this is to be ${kindOf(issue.expected)}, and is ${kindOfValue(issue.input)}`
  if (issue.code === 'invalid_value') return `${before}${quotedInput(issue)} is none of its values`
  if (issue.code === 'invalid_key') return `${before}${issue.issues[0]?.message ?? issue.message}`
  return `${before}${issue.message}`
}

/** A value that has to be there: no value is one of its kind, or of its choices. */
const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')

/** For these a minimum bounds the value, for others the length. */
const COUNTED: ReadonlySet<string> = new Set(['number', 'int'])

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
}
const kindOf = (expected: string): string => KINDS[expected] ?? expected

const kindOfValue = (value: unknown): string =>
  kindOf(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

const quotedInput = (issue: z.core.$ZodIssue): string => JSON.stringify(issue.input)

/** The words that could have been meant, nearest first where one is near. */
function hintOf(root: z.core.$ZodType, issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'unrecognized_keys') return suggestion(issue.keys[0]!, keysAt(root, issue.path))
  if (issue.code === 'invalid_value') return suggestion(String(issue.input ?? ''), issue.values.map(String))
  if (issue.code === 'invalid_key') {
    const inner = issue.issues[0]
    const words = inner?.code === 'invalid_value' ? inner.values.map(String) : []
    return words.length === 0 ? null : suggestion(String(issue.path.at(-1)), words)
  }
  return null
}

function suggestion(given: string, words: readonly string[]): string {
  const near = nearest(given, words)
  return near === null ? `known here: ${words.join(', ')}` : `did you mean "${near}"?`
}

/** Keys that the schema knows at a path. */
function keysAt(root: z.core.$ZodType, path: Path): readonly string[] {
  let schema: z.core.$ZodType | undefined = root
  for (const part of path) schema = schema === undefined ? undefined : within(schema, part)
  const object = schema === undefined ? undefined : unwrapped(schema)
  if (object instanceof z.ZodObject) return Object.keys(object.shape)
  const keys = object instanceof z.ZodRecord ? object.keyType : undefined
  return keys instanceof z.ZodEnum ? keys.options.map(String) : []
}

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema

function within(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType | undefined {
  const plain = unwrapped(schema)
  if (plain instanceof z.ZodObject) return plain.shape[String(part)] as z.core.$ZodType | undefined
  if (plain instanceof z.ZodArray) return plain.element as z.core.$ZodType
  return plain instanceof z.ZodRecord ? (plain.valueType as z.core.$ZodType) : undefined
}
