import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'

/** As much of JSON Schema as the schemas of this package use. */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
}

const FOLDER = new URL('../../schemas/', import.meta.url)

const read = (file: string) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema

/** The schemas of what commands write, by their file's name. */
const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER)
    .filter((file) => file !== 'expect.schema.json')
    .map((file) => [file, read(file)]),
)
const ajv = new Ajv2020.default({ allErrors: true, allowUnionTypes: true, strict: true })
for (const [file, schema] of SCHEMAS) ajv.addSchema(schema, file)

/** A part of a schema, and the file in which its references are understood. */
interface Placed {
  readonly schema: Schema
  readonly file: string
}

/** Names as references have them: `flows.schema.json`, `flows.schema.json#/$defs/flow`. */
function placed(ref: string, from: string): Placed {
  const [name = '', pointer] = ref.split('#')
  const file = name === '' ? from : name
  const whole = SCHEMAS.get(file)!
  return { file, schema: pointer === undefined ? whole : whole.$defs![pointer.replace('/$defs/', '')]! }
}

export const schemaOf = (ref: string): Schema => placed(ref, '').schema

/** What the schema has against a value; null where nothing. */
export function objections(value: unknown, ref: string): string | null {
  const validate = ajv.getSchema(ref)!
  return validate(value) ? null : JSON.stringify(validate.errors)
}

/** A part with what its reference adds, one by one. */
function* parts({ schema, file }: Placed): Generator<Placed> {
  yield { schema, file }
  if (schema.$ref !== undefined) yield* parts(placed(schema.$ref, file))
}

/** Paths of fields that a value has and the schema does not describe. Tells `meet` of each that it does describe. */
export function undescribed(value: unknown, ref: string, meet: (field: string) => void = () => {}): string[] {
  return [...walk(value, placed(ref, ''), ref, meet)]
}

function* walk(value: unknown, place: Placed, path: string, meet: (field: string) => void): Generator<string> {
  if (value === null || typeof value !== 'object') return
  const all = [...parts(place)]
  for (const { schema, file } of all) {
    // The other alternative is null everywhere.
    if (schema.anyOf !== undefined) return yield* walk(value, { schema: schema.anyOf[0]!, file }, path, meet)
    if (Array.isArray(value) && schema.items !== undefined) {
      for (const item of value) yield* walk(item, { schema: schema.items, file }, `${path}[]`, meet)
      return
    }
  }
  for (const [name, field] of Object.entries(value)) {
    const found = all.find(({ schema }) => fieldOf(schema, name) !== undefined)
    if (found === undefined) {
      yield `${path}.${name}`
      continue
    }
    meet(`${path}.${name}`)
    yield* walk(field, { schema: fieldOf(found.schema, name)!, file: found.file }, `${path}.${name}`, meet)
  }
}

const fieldOf = ({ properties, additionalProperties }: Schema, name: string): Schema | undefined =>
  properties?.[name] ?? additionalProperties

/** Paths of all fields that a schema describes. */
export const fieldsOf = (ref: string): Iterable<string> => described(placed(ref, ''), ref)

function* described(place: Placed, path: string): Generator<string> {
  for (const { schema, file } of parts(place)) {
    const inner = schema.anyOf?.[0]
    if (inner !== undefined) yield* described({ schema: inner, file }, path)
    if (schema.items !== undefined) yield* described({ schema: schema.items, file }, `${path}[]`)
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      yield `${path}.${name}`
      yield* described({ schema: field, file }, `${path}.${name}`)
    }
  }
}
