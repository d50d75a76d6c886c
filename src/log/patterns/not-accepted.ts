/** What a firewall, a kernel's table of connections or a sensor saw pass: netfilter's log lines, flow logs of AWS, Cisco's. No process has accepted it. */
export const OF_FIREWALL = String.raw`(?:\bSPT=\d|\bACCEPT OK\b|\bBuilt (?:in|out)bound\b|\[UNREPLIED\]|\b(?:conntrack|netfilter|iptables|nftables|firewall\w{0,4}|IDS|IPS|suricata|snort|zeek)[ \t]*[:\]>|])`

/** What people, brokers and protocols accept that is no connection, as it stands before "accepted". */
const THINGS =
  '(?:payment|order|cookie|message|e?-?mail|route|call|invite|invitation|offer|lease|transfer|certificate|cert|key|password|credential|proposal|vote|job|rule|packet|datagram|policy|command|licen[cs]e|setting|block|transaction|bid|quote|trade|candidate|upload|file|data|value|version|parameter|answer|registration|subscription|update|change|patch|commit|deposit|coin|ticket|contract|statement|plugin|eula|proof|nonce|submission)'
/** A few words of the same sentence between it and "accepted", none of which is what accept() gives. */
const UP_TO = String.raw`(?:[ \t]+(?!conn|client|sock|session|peer|fd\b|accept)[^ \t]{0,39}[^ \t:]){0,4}[ \t]+`

/** Things of other kinds that were accepted; connections that were not, or are only spoken of; names of threads; and a setting. */
export const NO_ACCEPT = String.raw`(?:\b${THINGS}s?${UP_TO}accept(?:ed|s|ing)?\b|\b(?:will|would|should|could|can|may|might|must|if|whether|until|unless|before|calls?|calling|call[ \t]+to|begins?|try(?:ing)?[ \t]+to|attempt(?:s|ing)?[ \t]+to|going[ \t]+to)[ \t]+(?:(?:the|a|an)[ \t]+)?(?:(?:server|process|program)[ \t]+)?accepts?(?:\(\))?(?![a-z])|\baccept4?(?:\(\))?[ \t:]+(?:is[ \t]+)?(?:waiting|blocking|blocked|pending|scheduled)\b|\baccept(?:ed|s)?[ \t]+connection[ \t]+(?:settings?|parameters?|strings?|propert\w{1,3}|options?)\b|\baccept[ \t]*:[ \t]*(?:[\w*]{1,20}\/[\w*+.-]{1,40})|\baccept[ \t_]mutex\b|[([][\w. -]{1,30}[ -]accept[)\]]|(?:^|[ \t])accept[ \t]*=[ \t]*(?:(?:[\d.]{7,15}|\*|\[[\da-f:]{2,45}\])?:)?\d{4,5}(?!\w)|\bnot[ \t]+(?:yet[ \t]+)?accepted\b|<unfinished \.\.\.>)`

const WHO_COMES = String.raw`(?:tcp[ \t]+|client[ \t]+|inbound[ \t]+)?(?:connection|client|session)`
/** Words before a new connection where none has come, or this process makes it; and words behind it where it still waits. */
const AWAITED = String.raw`\b(?:wait(?:s|ed|ing)?[ \t]+for|await(?:s|ed|ing)?|expect(?:s|ed|ing)?|no|without|before|until|whether|if|when|unless|once|each|every|per|will[ \t]+open|open(?:s|ing)|creat(?:e|es|ing)(?!.{0,40}[ \t](?:for|from|by)\b))[ \t]+(?:an?[ \t]+|the[ \t]+|any[ \t]+|next[ \t]+|further[ \t]+)?(?:new|incoming|inbound)[ \t]+${WHO_COMES}\b`
const WAITS = String.raw`\b${WHO_COMES}\b(?:[ \t]+from[ \t]+\S{1,60})?[ \t]+(?:is[ \t]+|was[ \t]+)?(?:still[ \t]+)?(?:not[ \t]+(?:yet[ \t]+)?(?:be(?:en)?[ \t]+)?accepted|waiting[ \t]+(?:to[ \t]+be[ \t]+accepted|for[ \t]+accept|in[ \t])|in[ \t]+(?:the[ \t]+)?(?:(?:accept|listen)[ \t]+)?(?:backlog|queue)\b)|\b(?:new|incoming|inbound)[ \t]+${WHO_COMES}[ \t]+(?:pending|waiting|event|(?:request[ \t]+)?queued)\b`

/** Connections that nobody has taken, or not from a listening socket of this process. */
export const NOT_TAKEN = String.raw`(?:${OF_FIREWALL}|${AWAITED}|${WAITS}|\bpool\b[ \t:](?!.{0,200}\d[.:]\d))`

/** Stands before "client": what connects to a service that it names. */
export const OF_A_SERVICE = String.raw`(?<!\b(?:db|database|sql|mysql|postgres\w{0,5}|mongo\w{0,2}|redis|kafka|ldap|etcd|consul|zookeeper|https?|rest|grpc|api|smtp|ftp|dns)[ \t_-])`
