/** `Linux: ss -tan "sport = :9000": what to look for`: the command in the middle, if there is one. */
const COMMAND =
  /^(?:([^:"]{1,40}): )?((?:noaccept|ss|netstat|nstat|lsof|strace|tshark|tcpdump|ip) (?:"[^"]*"|[^":]|:(?! ))+)(?:: (.*))?$/s

/** A step's command, where to run it and what to look for; null where it names none. */
export function commandOf(step: string): { where?: string; command: string; remark?: string } | null {
  const [, where, command, remark] = COMMAND.exec(step) ?? []
  if (command === undefined) return null
  return { command: command.trim(), ...(where && { where }), ...(remark && { remark }) }
}
