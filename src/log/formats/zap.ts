import { headOfFields } from '../fields.ts'
import { headFrom, type LogFormat } from '../format.ts'
import { objectOf } from '../json-object.ts'
import { isoStamp } from '../stamps/iso-stamps.ts'

// Columns are parted by tabs: level, perhaps a name, the caller, the message, perhaps an object of fields.
const COLUMNS =
  /^\t(?<level>[A-Z]{4,6}|[a-z]{4,6})\t(?:[^\t]{1,80}\t)?(?:[^\t]{1,120}:\d{1,6}\t)?(?<message>[^\t{]{1,500})(?:\t(?<fields>\{.*\}))?$/

export const zap: LogFormat = {
  id: 'zap',
  title: 'zap’s console: date and time, level, caller, message, an object of fields, parted by tabs',
  stamp: isoStamp,
  head: (_before, after) => {
    const groups = COLUMNS.exec(after)?.groups
    if (groups === undefined) return null
    const head = headFrom(groups)
    const fields = groups['fields'] === undefined ? null : objectOf(groups['fields'])
    return fields === null ? head : { ...headOfFields({ ...fields, msg: head.message }), level: head.level }
  },
  isDigitBlind: true,
  holdsObjects: true,
  samples: [
    {
      line: '2025-06-04T14:07:31.250+0200\tINFO\tgate/gate.go:81\taccepted connection\t{"fd": 7, "peer": "10.1.2.3:50022"}',
      time: '2025-06-04T12:07:31.250000000',
      level: 'INFO',
      message: 'accepted connection fd=7 peer=10.1.2.3:50022',
    },
    {
      line: '2025-06-04T14:07:31.250Z\tWARN\tslow',
      time: '2025-06-04T14:07:31.250000000',
      level: 'WARN',
      message: 'slow',
    },
    {
      line: '2025-06-04T14:07:31.250Z\tinfo\tgate/gate.go:40\tlistening\t{"addr": ":9000"}',
      time: '2025-06-04T14:07:31.250000000',
      level: 'info',
      message: 'listening addr=:9000',
    },
  ],
}
