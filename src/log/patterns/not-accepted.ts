import { words } from '../wording.ts'

/** What a firewall, a kernel's table of connections or a sensor saw pass: netfilter's log lines, flow logs of AWS, Cisco's. No process has accepted it. */
export const OF_FIREWALL = words`
  (?:
    \bSPT=\d|\d ACCEPT OK\b|\bBuilt (?:in|out)bound\b|\[UNREPLIED\]
    |\b(?:conntrack|netfilter|iptables|nftables|firewall\w{0,4}|IDS|IPS|suricata|snort|zeek) *[:\]>|]
  )
`

/** What people, brokers and protocols accept that is no connection, as it stands before "accepted". */
const THINGS = words`
  (?:
    payment|order|cookie|message|e?-?mail|route|call|invite|invitation|offer|lease|transfer|certificate|cert|key
    |password|credential|proposal|vote|job|rule|packet|datagram|policy|command|licen[cs]e|setting|block
    |transaction|bid|quote|trade|candidate|upload|file|data|value|version|parameter|answer|registration
    |subscription|update|change|patch|commit|deposit|coin|ticket|contract|statement|plugin|eula|proof|nonce
    |submission
  )
`
/** A few words of the same sentence between it and "accepted", none of which is what accept() gives. */
const UP_TO = words`(?: (?!conn|client|sock|session|peer|fd\b|accept)[^ \t]{0,39}[^ \t:]){0,4}[ \t]+`

/** Where a connection still is that waits. */
const FOR_ACCEPT = words`(?<!\baccepted\b.{0,120})(?<![a-z])(?:queued|waiting|pending|ready|scheduled|due|defer(?:red)?) for accept\b`

/** What a test, a copy or a rehearsal says of connections that are none; and connections of earlier times. */
const NOT_NOW = words`
  ^[^\w]{0,3}(?:PASS|FAIL|ok \d|not ok)\b|\b(?:mock\w{0,3}|replay\w{0,3}|dry[ \t-]?run|simulat\w{2,4}|self-?test|fixture)[:\]]
  |\b(?:last|previously|formerly|earlier|most recent(?:ly)?) (?:\w{1,12} )?accepted\b
`

/** Things of other kinds that were accepted; connections that were not, or are only spoken of; names of threads; and a setting. */
export const NO_ACCEPT = words`
  (?:
    \b${THINGS}s?${UP_TO}accept(?:ed|s|ing)?\b
    |\b(?:
      will|would|should|could|can|may|might|must|if|whether|until|unless|before|calls?|calling|call to|begins?
      |try(?:ing)? to|attempt(?:s|ing)? to|going to|needs? to|ha(?:s|ve) to|wants? to
    ) (?:(?:the|a|an) )?(?:(?:server|process|program) )?accepts?(?:\(\))?(?![a-z])
    |\baccept4?(?:\(\))?[ \t:]+(?:is )?(?:waiting|blocking|blocked|pending|scheduled)\b
    |\baccept(?:ed|s)? (?:connection|socket|client) (?:settings?|parameters?|strings?|propert\w{1,3}|options?)\b
    |\baccept *: *(?:[\w*]{1,20}/[\w*+.-]{1,40})|\baccept[ \t_]mutex\b|[([][\w. -]{1,30}[ -]accept[)\]]
    |(?:^|[ \t])accept *= *(?:(?:[\d.]{7,15}|\*|\[[\da-f:]{2,45}\])?:)?\d{4,5}(?!\w)
    |(?<!\baccepted\b.{0,120})\b(?:(?:re)?try(?:ing)?|enter(?:s|ing)?) accept(?:\(\))?(?![a-z]| *[:,=-])
    |${FOR_ACCEPT}|\baccepting (?:on|at)\b|\bbreakpoint\b|\baccept(?:ed|ing)? latency\b
    |\bnot (?:yet )?accepted\b|<unfinished \.\.\.>|${NOT_NOW}
    |\baccept from \S{3,45}\/\d{1,3}(?![\w.])
  )
`

const WHO_COMES = words`(?:tcp |client |inbound )?(?:connection|client|session)`
/** Words before a new connection where none has come, or this process makes it; and words behind it where it still waits. */
const AWAITED = words`
  \b(?:
    wait(?:s|ed|ing)? for|await(?:s|ed|ing)?|expect(?:s|ed|ing)?|no|without|before|until|whether|if|when|unless
    |once|each|every|per|will open|open(?:s|ing)
    |creat(?:e|es|ing)(?!.{0,40}[ \t](?:for|from|by)\b)
  ) (?:an? |the |any |next |further )?(?:new|incoming|inbound) ${WHO_COMES}\b
`
const WAITS = words`
  \b${WHO_COMES}\b(?: from \S{1,60})? (?:is |was )?(?:still )?(?:
    not (?:yet )?(?:be(?:en)? )?accepted|waiting (?:to be accepted|for accept|in[ \t])
    |in (?:the )?(?:(?:accept|listen) )?(?:backlog|queue)\b
  )
  |\b(?:new|incoming|inbound) ${WHO_COMES} (?:pending|waiting|event|(?:request )?queued)\b
`

/** Stands before a connection that a filter or a limit kept from being taken, and behind it. */
const KEPT_OUT = words`
  \b(?:pending|queued|waiting|blocked|blocking|dropped|dropping|ignored|ignoring|discarded|discarding|filtered|throttled)[ \t]+
    (?:(?:new|incoming|inbound|tcp|client) ){0,2}connection\b
  |\bconnection\b.{0,60}\b(?:dropped|discarded|blocked|filtered) (?:before|by)\b
`

/** Connections that nobody has taken, or not from a listening socket of this process. */
export const NOT_TAKEN = String.raw`(?:${OF_FIREWALL}|\bnot (?:yet )?accepted\b|${FOR_ACCEPT}|${AWAITED}|${WAITS}|${KEPT_OUT}|${NOT_NOW}|\bpool\b[ \t:](?!.{0,200}\d[.:]\d))`

/** Stands before "client": what connects to a service that it names. */
export const OF_A_SERVICE = words`
  (?<!
    \b(?:
      db|database|sql|mysql|postgres\w{0,5}|mongo\w{0,2}|redis|kafka|ldap|etcd|consul|zookeeper|https?|rest|grpc
      |api|smtp|ftp|dns
    )[ \t_-]
  )
`
