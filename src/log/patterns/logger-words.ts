import { words } from '../wording.ts'

/** Levels, as loggers call them. */
export const LEVEL = words`
  (?:
    trace|debug|verbose|fine(?:st|r)?|info(?:rmation(?:al)?)?|notice|warn(?:ings?)?|err(?:ors?)?|severe
    |crit(?:ical)?|fatal|alert|emerg(?:ency)?|panic|off|none|all|quiet|silent
  )
`
/** What a logger writes, as loggers call it. */
export const LINES = '(?:messages?|message\\(s\\)|lines?|events?|entries|records?|logs)'
