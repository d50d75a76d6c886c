import { words } from '../wording.ts'

/**
 * What accept() says where no connection waits, or a signal came: it is called again, and neither took a connection nor failed.
 * 10035 is Windows' number for it where an error is named; a port or a session may have it, too.
 */
const WOULD_BLOCK = words`
  (?:
    \b(?:WSA)?E(?:AGAIN|WOULDBLOCK|INTR)\b|\bwould block\b|temporarily unavailable|zur Zeit nicht verfügbar
    |temporairement non disponible|no disponible temporalmente|temporaneamente non disponibile
    |temporariamente indispon|chwilowo niedost|geçici olarak kullan|tijdelijk niet beschikbaar
    |tillfälligt otillgänglig|dočasně ne(?:dostup|přístup)|тимчасово недоступн
    |временно недоступен|暂时不可用|一時的に利用できません|interrupted system call
    |\b(?:err(?:or|no)?|code|failed|WSA\w{1,24})(?:\(\))? {0,2}[=:#]? {0,2}\(?10035\b
    |\berrno {0,2}[=:]? {0,2}11\b
  )
`

/** Ends a pattern of accept(): looked for only where the rest of it fits, so that no other line pays for it. */
export const NOT_BLOCKED = `(?<=^(?!.{0,300}${WOULD_BLOCK}).{0,1000})`
