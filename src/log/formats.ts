import type { LogFormat } from './format.ts'
import { bracketed } from './formats/bracketed.ts'
import { clf } from './formats/clf.ts'
import { compact } from './formats/compact.ts'
import { cri } from './formats/cri.ts'
import { csv } from './formats/csv.ts'
import { epoch } from './formats/epoch.ts'
import { erlang } from './formats/erlang.ts'
import { glog } from './formats/glog.ts'
import { iso8601 } from './formats/iso8601.ts'
import { javaLogging } from './formats/java-logging.ts'
import { journalVerbose } from './formats/journal-verbose.ts'
import { jsonLines } from './formats/json-lines.ts'
import { labelledTime } from './formats/labelled-time.ts'
import { log4j } from './formats/log4j.ts'
import { logcat } from './formats/logcat.ts'
import { logfmt } from './formats/logfmt.ts'
import { nest } from './formats/nest.ts'
import { prefixed } from './formats/prefixed.ts'
import { ruby } from './formats/ruby.ts'
import { shortFull } from './formats/short-full.ts'
import { sinceStart } from './formats/since-start.ts'
import { sourceEngine } from './formats/source-engine.ts'
import { stern } from './formats/stern.ts'
import { strace } from './formats/strace.ts'
import { syslog } from './formats/syslog.ts'
import { syslog5424 } from './formats/syslog-5424.ts'
import { syslogIso } from './formats/syslog-iso.ts'
import { tabSeparated } from './formats/tab-separated.ts'
import { timeOnly } from './formats/time-only.ts'
import { unreal } from './formats/unreal.ts'
import { weblogic } from './formats/weblogic.ts'
import { writtenDate } from './formats/written-date.ts'
import { xmlEvents } from './formats/xml-events.ts'
import { zap } from './formats/zap.ts'

/** Every shipped log format, the more specific before the more general. */
export const FORMATS: readonly LogFormat[] = [
  strace,
  unreal,
  weblogic,
  sourceEngine,
  nest,
  shortFull,
  journalVerbose,
  glog,
  ruby,
  erlang,
  syslog5424,
  syslog,
  jsonLines,
  xmlEvents,
  labelledTime,
  logfmt,
  stern,
  clf,
  bracketed,
  cri,
  zap,
  log4j,
  syslogIso,
  iso8601,
  compact,
  logcat,
  timeOnly,
  epoch,
  javaLogging,
  writtenDate,
  sinceStart,
  csv,
  tabSeparated,
  prefixed,
]
