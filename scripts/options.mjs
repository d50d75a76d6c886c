import { parseArgs } from 'node:util'

/** Ends with a sentence about what was typed, and how it is used. */
export function refuse(sentence, usage) {
  process.stderr.write(`${sentence}\nusage: ${usage}\n`)
  process.exit(2)
}

/** The options that were typed; `counts` are those whose value is a whole number. */
export function readOptions(options, usage, counts = []) {
  const values = parsed(options, usage)
  for (const name of counts) {
    if (values[name] === undefined) continue
    if (!/^\d{1,15}$/.test(values[name])) refuse(`--${name} takes a whole number, not "${values[name]}"`, usage)
    values[name] = Number(values[name])
  }
  return values
}

function parsed(options, usage) {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    if (String(error.code).startsWith('ERR_PARSE_ARGS')) return refuse(error.message, usage)
    throw error
  }
}
