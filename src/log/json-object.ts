import type { FieldMap } from './fields.ts'

/** The object that a text holds from its first brace on; null where it holds none. */
export function objectOf(text: string): FieldMap | null {
  try {
    const value: unknown = JSON.parse(text.slice(text.indexOf('{')))
    return typeof value === 'object' && value !== null ? (value as FieldMap) : null
  } catch {
    return null
  }
}
