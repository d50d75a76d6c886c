/** Letters of English text, the most frequent first. */
const FREQUENT = ' etaoinsrhldcumfpgwybvkxjqz'

/** What logs are full of that tells no event: its groups of letters are the common ones. */
const ORDINARY = `
info debug trace warn error level message service server client user name value type index number count total size
processing request id from user with params for response status time took in ms for query result rows cache hit miss
lookup key for session token page item next run scheduled task queue depth worker pool thread job batch step stage
loading the configuration file from path and reading settings default option enabled disabled version module component
update table select where order by insert into values set transaction commit index scan cost rows width
memory used free heap garbage collected in seconds percent average rate limit interval retry attempt after delay
started finished completed done starting loaded initialized created updated deleted received processed handled called
metrics report summary statistics latency load current previous first last new old true false null none ok
the quick check of this state is that there are not any other changes to be made before it was sent on by all
http get post put api items list data json text content length host agent code reason event handler method class
internal external network resource account customer payment product search filter sort action context parent child
`

const counts = new Map<string, number>()
for (let i = 0; i + 3 <= ORDINARY.length; i++) {
  const group = ORDINARY.slice(i, i + 3).replaceAll('\n', ' ')
  counts.set(group, (counts.get(group) ?? 0) + 1)
}

/** How rare three characters in lower case are in logs: the higher, the rarer. */
export function rarityOf(group: string): number {
  let rarity = -FREQUENT.length * (counts.get(group) ?? 0)
  for (const character of group) {
    const rank = FREQUENT.indexOf(character)
    rarity += rank < 0 ? FREQUENT.length : rank
  }
  return rarity
}
