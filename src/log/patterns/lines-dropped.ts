import type { EventPattern } from '../pattern.ts'
import { wording } from '../wording.ts'
import { LEVEL, LINES } from './logger-words.ts'

const OF_LOG = `log(?:ging|ger)?[ \\t]?${LINES}`
const LEFT_OUT = '(?:dropped|lost|discarded|skipped|omitted|missed|overwritten|thrown away)'

/** What a log says of lines that it left out: up to there, what it does not tell proves nothing. */
export const linesDropped: readonly EventPattern[] = [
  {
    id: 'line-repeated',
    kind: 'lines-dropped',
    keywords: ['repeated', 'message repeats', 'duplicate messages', 'identical '],
    pattern: wording`
      \bmessage (?:was )?(?:repeated|repeats) \d{1,9} (?:more )?times?\b
        (?: *: *\[ *(?<value>[^ \t].{0,500})\]$)?
      |\bskipped \d{1,9} duplicate messages?\b|\bidentical \d{1,9} lines?\b
      |\b(?:line|entry|event) repeated \d{1,9} (?:more )?times?\b
    `,
    samples: [
      { message: 'last message repeated 3 times', facts: { value: null } },
      {
        message: 'message repeated 2 times: [ accepted connection from 10.1.2.3]',
        facts: { value: 'accepted connection from 10.1.2.3' },
      },
      { message: 'Skipped 3 duplicate messages..', facts: {} },
      { message: 'uid=10065(u0_a65) Thread-5 identical 4 lines', facts: {} },
      { message: 'retry: request repeated 3 times', facts: null },
    ],
  },
  {
    // Told when it begins: how many lines it will leave out, and which, nobody knows.
    id: 'log-sampled',
    kind: 'lines-dropped',
    keywords: ['sampl', 'throttl', 'only 1 in ', 'only 1 of ', 'only one in ', 'dropping info', 'dropping debug'],
    pattern: wording`
      \blog(?:ging|ger)?s? sampling\b(?![ \t:=]+(?:is |was )?(?:off|disabled|false))
      |\bsampling (?:of )?(?:the )?(?:log|${LEVEL} ${LINES})\w{0,4}\b
      |\bsampling[ \t:=]+(?:at )?(?:1 ?(?:/|in|of|:) ?\d{1,9}|\d{1,2}(?:\.\d{1,4})? ?%) (?:of )?(?:the )?
        (?:${LEVEL} )?${LINES}\b
      |\blog(?:ging|ger)?s? (?:is |are |was )?(?:now )?(?:being )?(?:throttled|sampled)\b
      |\bonly (?:1|one) (?:in|of|out of) (?:every )?\d{1,9} (?:log )?${LINES}\b
      |\bdropping (?:all )?${LEVEL}(?:(?: *[,/&] *| and | or )${LEVEL}){0,4} ${LINES}\b
    `,
    samples: [
      { message: 'log sampling enabled initial=1 thereafter=100', facts: {} },
      { message: 'sampling 1/100 of INFO records from now on', facts: {} },
      { message: 'log throttled: only 1 in 50 messages will be written', facts: {} },
      { message: 'logs are sampled', facts: {} },
      { message: 'log partition full, dropping INFO and DEBUG records', facts: {} },
      { message: 'log sampling disabled', facts: null },
      { message: 'sampling sensor 3 at 10 Hz', facts: null },
      { message: 'request throttled for 10.1.2.3', facts: null },
    ],
  },
  {
    id: 'lines-dropped',
    kind: 'lines-dropped',
    keywords: [
      'suppress',
      'rate-limit',
      'rate limit',
      'squelched',
      'similar messages',
      'similar lines',
      'duplicate lines',
      'identical lines',
      'log messages',
      'log message',
      'log events',
      'log lines',
      'log entries',
      'log records',
      'log queue',
      'log buffer',
      'logger dropped',
      'messages dropped',
      'messages lost',
      'lost messages',
      'dropped messages',
      'drop messages',
      'drop mode',
      'queue size limit',
      'in the last second',
      ' expire ',
      'entries dropped',
      'records dropped',
      'events dropped',
      'lines dropped',
    ],
    // Callbacks that are suppressed are the kernel's own.
    pattern: wording`
      \bsuppress(?:ed|ing)[ \t:]+(?:the )?\d{1,9} (?:\w{1,20} ){0,2}${LINES}\b
      |\b\d{1,9} (?:\w{1,20} ){0,3}${LINES} (?:\w{2,5} ){0,2}(?:suppressed|squelched|rate[- ]?limited)\b
      |\b(?:${LEFT_OUT}|dropping)[ \t:]+(?:\w{1,12} )?\d{1,9} (?:\w{1,20} )?${OF_LOG}\b
      |\b\d{1,9} (?:\w{1,20} )?${OF_LOG} (?:\w{2,5} ){0,2}${LEFT_OUT}\b
      |\b${OF_LOG} (?:were )?${LEFT_OUT}\b(?![ \t:=]{0,4}0\b)
      |\blog(?:ging|ger)? (?:queue|buffer|ring) (?:is |was )?(?:full|overflow(?:ed|s)?|overrun)\b
      |\blogger dropped messages\b
      |\b\d{1,9} message(?:s|\(s\))? (?:dropped|lost) (?:because of queue size|due to rate)
      |\bbegins? to drop messages\b|\blost \d{1,9} messages from pid\b|^-{2,3} *\d{1,9} messages dropped\b
      |\bto drop mode\b
      |\bdropped \d{1,9} messages in the last second\b
      |\bexpire \d{1,9} lines?\b
      |\brate[- ]?limit\w{0,3}\b.{0,40}\blog(?:ging|ger)? (?:messages|lines|output|entries)\b
      |\blog(?:ging|ger)? rate[- ]?limit\w{0,3}\b
      |\brate[- ]?limited\b.{0,12}\b\d{1,9} (?:messages|lines) dropped\b
      |\blog(?:ging|ger)?\b.{0,20}\b\d{1,9} ${LINES} (?:were )?${LEFT_OUT}\b
      |\b(?:event|message|line|record)s?\b.{0,60}\bsuppressed \d{1,9} times\b
      |\b\d{1,9} (?:more )?(?:similar|duplicate|identical) (?:messages?|lines?)\b
    `,
    samples: [
      { message: 'Suppressed 15 messages from gated.service', facts: {} },
      { message: '12 similar messages were suppressed', facts: {} },
      { message: 'imuxsock lost 47 messages from pid 512 due to rate-limiting', facts: {} },
      { message: 'imjournal: begin to drop messages due to rate-limiting', facts: {} },
      { message: 'imjournal: 52 messages lost due to rate-limiting (600 allowed within 60 seconds)', facts: {} },
      { message: 'Dropped 12 log events', facts: {} },
      { message: 'AsyncAppender: 12 log messages were dropped', facts: {} },
      { message: 'log messages lost: 12', facts: {} },
      { message: 'slog-async: logger dropped messages due to channel overflow, count: 12', facts: {} },
      { message: '12 message(s) dropped because of queue size limit.', facts: {} },
      { message: '--- 12 messages dropped ---', facts: {} },
      { message: 'Handler default switched from sync to drop mode', facts: {} },
      { message: 'lager_error_logger_h dropped 23 messages in the last second that exceeded the limit', facts: {} },
      { message: 'uid=10065(u0_a65) Thread-5 expire 12 lines', facts: {} },
      { message: 'log queue full', facts: {} },
      { message: 'rate limited: 14 messages dropped', facts: {} },
      { message: 'logging rate limit reached, 14 lines dropped', facts: {} },
      { message: '... 14 duplicate lines omitted ...', facts: {} },
      { message: '(14 more similar lines)', facts: {} },
      { message: 'logger: 14 entries dropped (buffer full)', facts: {} },
      { message: 'Internal log [event] has been suppressed 10 times.', facts: {} },
      { message: 'net_ratelimit: 12 callbacks suppressed', facts: null },
      { message: 'dropped 3 messages of queue orders', facts: null },
      { message: 'rate limit exceeded for 10.1.2.3', facts: null },
      { message: 'log messages lost: 0', facts: null },
    ],
  },
]
