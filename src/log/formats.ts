import type { LogFormat } from './format.ts'
import { bracketed } from './formats/bracketed.ts'
import { glog } from './formats/glog.ts'
import { iso8601 } from './formats/iso8601.ts'
import { log4j } from './formats/log4j.ts'
import { syslog } from './formats/syslog.ts'
import { timeOnly } from './formats/time-only.ts'

/** Every shipped log format, the more specific before the more general. */
export const FORMATS: readonly LogFormat[] = [glog, syslog, bracketed, log4j, iso8601, timeOnly]
