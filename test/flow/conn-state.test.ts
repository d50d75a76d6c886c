import { describe, expect, it } from 'vitest'
import { startEngine } from '../../src/engine/start-engine.ts'
import { FlowTracker } from '../../src/flow/flow-tracker.ts'
import { Segments, scene } from '../support/segments.ts'

const OPENED = `
  > S seq 100
  < SA seq 500 ack 101
  > A seq 101 ack 501`

/** State and history of the one flow of the scene. */
function judge(text: string): [state: string, history: string] {
  const tracker = new FlowTracker(startEngine())
  const segments = new Segments()
  let silent = true
  for (const told of scene(text)) {
    const current = segments.next(told)
    if (current.packet.payloadLength > 0) silent = false
    current.hash = tracker.flows.table.hash(current.packet)
    tracker.observe(current)
  }
  const { flows } = tracker
  const originator = flows.clientSide(0)
  return [flows.connStates.state(0, originator, silent), flows.connStates.history(0, originator)]
}

describe('ConnStates', () => {
  it.each([
    ['a SYN without reply', '> S seq 100', 'S0', 'S'],
    ['a SYN sent three times', '> S seq 100\n> S seq 100\n> S seq 100', 'S0', 'S'],
    ['a refused SYN', '> S seq 100\n< RA ack 101', 'REJ', 'Sr'],
    ['a SYN refused again and again', '> S seq 100\n< RA ack 101\n> S seq 100\n< RA ack 101', 'REJ', 'Sr'],
    ['a SYN taken back', '> S seq 100\n> R seq 101', 'RSTOS0', 'SR'],
    ['a half-open scan', '> S seq 100\n< SA seq 500 ack 101\n> R seq 101', 'RSTO', 'ShR'],
    ['a SYN and a FIN without answer', '> S seq 100\n> FA seq 101', 'SH', 'SF'],
    ['an open connection', OPENED, 'S1', 'ShA'],
    ['the reference incident', `${OPENED}\n> PA seq 101 ack 501 length 44\n< A seq 501 ack 145`, 'S1', 'ShADa'],
    ['a client that closed', `${OPENED}\n> FA seq 101 ack 501\n< A seq 501 ack 102`, 'S2', 'ShAFa'],
    ['a server that closed', `${OPENED}\n< FA seq 501 ack 101`, 'S3', 'ShAf'],
    ['both ends closed', `${OPENED}\n> FA seq 101 ack 501\n< FA seq 501 ack 102\n> A seq 102 ack 502`, 'SF', 'ShAFf'],
    ['a client that aborts', `${OPENED}\n> R seq 101`, 'RSTO', 'ShAR'],
    ['a server that aborts', `${OPENED}\n< RA seq 501 ack 101`, 'RSTR', 'ShAr'],
    ['traffic begun before the capture', '> PA seq 7 ack 9 length 5\n< A seq 9 ack 12', 'OTH', 'Da'],
    ['a FIN and a RST in one', `${OPENED}\n> FRA seq 101 ack 501`, 'RSTO', 'ShAI'],
    ['a closed window', `${OPENED}\n< A seq 501 ack 101 window 0`, 'S1', 'ShAaw'],
    ['payload sent twice', `${OPENED}\n> PA seq 101 ack 501 length 44\n> PA seq 101 ack 501 length 44`, 'S1', 'ShADT'],
    [
      'bytes that the capture misses',
      `${OPENED}\n> A seq 101 ack 501 length 10\n< A seq 501 ack 111\n> A seq 121 ack 501 length 10\n< A seq 501 ack 131`,
      'S1',
      'ShADaG',
    ],
    [
      'payload sent twice behind a RST',
      `${OPENED}\n< R seq 501\n< PA seq 501 ack 101 length 44\n< PA seq 501 ack 101 length 44`,
      'RSTR',
      'ShArd',
    ],
    ['a SYN answered by SYN and FIN in one', '> S seq 100\n< SF seq 500\n< R seq 502', 'RSTR', 'Sqr'],
    ['a SYN recorded after its answer', '> SA seq 500 ack 101\n< S seq 100\n< A seq 101 ack 501', 'S1', '^hSA'],
    ['an answer without its SYN', '> SA seq 500 ack 101\n< A seq 101 ack 501', 'S1', '^hA'],
  ])('calls %s', (_name, text, state, history) => {
    expect(judge(text)).toEqual([state, history])
  })

  it('writes retransmissions in powers of ten', () => {
    const again = Array.from({ length: 101 }, () => '> PA seq 101 ack 501 length 44').join('\n')
    expect(judge(`${OPENED}\n${again}`)[1]).toBe('ShADTTT')
  })

  it('keeps a bounded history of a connection that never stops to begin', () => {
    const again = Array.from({ length: 100 }, (_, i) => `< R seq ${i}`).join('\n')
    const history = judge(`> S seq 100\n> A seq 101\n${again}`)[1]
    expect(history).toHaveLength(41)
    expect(history.endsWith('…')).toBe(true)
  })
})
