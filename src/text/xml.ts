import { visible } from './visible.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text from outside as XML or HTML text or attribute: characters that XML forbids are written out as `visible` does. */
export function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}
