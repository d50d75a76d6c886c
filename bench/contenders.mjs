import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const quoted = (file) => `'${file}'`
const NOACCEPT = `${quoted(process.execPath)} ${quoted(path('../bin/noaccept.js'))}`

/**
 * Who is measured: what it runs on a capture, how its version is asked for, and the most packets it is given (its time
 * is then multiplied, which flatters those that slow down as flows pile up). `line` is the yardstick of the ratios.
 */
export const CAPTURE_CONTENDERS = [
  {
    name: 'noaccept analyze',
    version: `${NOACCEPT} --version`,
    run: (file) => `${NOACCEPT} analyze --quiet --format json ${quoted(file)} > ${quoted(`${file}.json`)}`,
  },
  {
    name: 'tcpdump -w /dev/null',
    yardstick: true,
    version: 'tcpdump --version',
    run: (file) => `tcpdump -r ${quoted(file)} -w /dev/null`,
  },
  {
    name: 'tcptrace',
    version: 'tcptrace -v',
    most: 500_000,
    run: (file) => `tcptrace -l ${quoted(file)} > /dev/null`,
  },
  {
    name: 'tshark -q -z conv,tcp',
    version: 'tshark --version',
    most: 200_000,
    run: (file) => `tshark -n -q -z conv,tcp -r ${quoted(file)} > /dev/null`,
  },
  {
    name: 'pcap-parser (reads, no more)',
    version: `${quoted(process.execPath)} ${quoted(path('pcap-parser.mjs'))} --version`,
    most: 1_000_000,
    run: (file) => `${quoted(process.execPath)} ${quoted(path('pcap-parser.mjs'))} ${quoted(file)}`,
  },
]

const [NOACCEPT_FILE, TCPDUMP_FILE, TCPTRACE] = CAPTURE_CONTENDERS

/** The yardstick of a packed capture: what unpacks it, beside the read loop. */
export const packedContenders = (unpacker) => [
  NOACCEPT_FILE,
  {
    ...TCPDUMP_FILE,
    name: `${unpacker} | tcpdump`,
    version: `${unpacker.split(' ')[0]} --version`,
    run: (file) => `${unpacker} ${quoted(file)} | tcpdump -r - -w /dev/null`,
  },
]

/** Wireshark's analysis of every segment, and statistics of every connection. */
export const FLAG_CONTENDERS = [
  {
    name: 'noaccept flows',
    version: NOACCEPT_FILE.version,
    run: (file) => `${NOACCEPT} flows --quiet --format json ${quoted(file)} > ${quoted(`${file}.json`)}`,
  },
  TCPDUMP_FILE,
  TCPTRACE,
  {
    name: 'tshark -Y tcp.analysis.flags',
    version: 'tshark --version',
    most: 200_000,
    run: (file) => `tshark -n -Y tcp.analysis.flags -r ${quoted(file)} > /dev/null`,
  },
]

/** A display filter that lets the connections of one client port through. */
export const FILTER_CONTENDERS = [
  {
    name: 'noaccept --filter',
    version: NOACCEPT_FILE.version,
    run: (file) =>
      `${NOACCEPT} analyze --quiet --filter 'tcp.port == 12345' --format json ${quoted(file)} > ${quoted(`${file}.json`)}`,
  },
  {
    ...TCPDUMP_FILE,
    name: 'tcpdump with a filter',
    run: (file) => `tcpdump -r ${quoted(file)} -w /dev/null port 12345`,
  },
  {
    name: 'tshark -Y',
    version: 'tshark --version',
    most: 200_000,
    run: (file) => `tshark -n -Y 'tcp.port == 12345' -r ${quoted(file)} > /dev/null`,
  },
]

export const STDIN_CONTENDERS = [
  {
    ...NOACCEPT_FILE,
    run: (file) => `cat ${quoted(file)} | ${NOACCEPT} analyze --quiet --format json - > ${quoted(`${file}.json`)}`,
  },
  { ...TCPDUMP_FILE, run: (file) => `cat ${quoted(file)} | tcpdump -r - -w /dev/null` },
]

export const LONG_CONTENDERS = [NOACCEPT_FILE, TCPDUMP_FILE]

export const LOG_CONTENDERS = [
  {
    name: 'noaccept logs',
    version: NOACCEPT_FILE.version,
    run: (file) => `${NOACCEPT} logs ${quoted(file)} > /dev/null`,
  },
  // Into a pipe: where it writes to /dev/null it stops at the first match.
  {
    name: 'grep -c',
    yardstick: true,
    version: 'grep --version',
    run: (file) => `grep -c accept ${quoted(file)} | cat`,
  },
  {
    name: 'lnav',
    version: 'lnav -V',
    run: (file) =>
      `lnav -n -c ';select log_level, count(*) from all_logs group by log_level' ${quoted(file)} > /dev/null`,
  },
]

/** A log beside the capture that `captureBeside` makes. Peers know logs alone. */
export const correlateContenders = (captureBeside) => [
  {
    name: 'noaccept correlate',
    version: NOACCEPT_FILE.version,
    run: (file) =>
      `${NOACCEPT} correlate --quiet --format json ${quoted(captureBeside())} --log ${quoted(file)} > ${quoted(`${file}.json`)}`,
  },
  LOG_CONTENDERS[1],
  { ...LOG_CONTENDERS[2], name: 'lnav -n' },
]

export const START_CONTENDERS = [
  NOACCEPT_FILE,
  {
    name: 'node -e 0',
    yardstick: true,
    version: `${quoted(process.execPath)} --version`,
    run: () => `${quoted(process.execPath)} -e 0`,
  },
]
