import { describe, expect, it } from 'vitest'
import { Speech } from '../../src/flow/speech.ts'
import { followed, onlyFlow } from '../support/one-flow.ts'

const names = new Map<number, string>(Object.entries(Speech).map(([name, speech]) => [speech, name]))

/** What a first payload is taken for, of which `cut` bytes were captured. */
function heard(text: string, cut = text.length): string | undefined {
  const bytes = new Uint8Array(cut + 8)
  for (let at = 0; at < cut; at++) bytes[at + 4] = text.charCodeAt(at)
  const flows = followed([{ way: '>', flags: 'PA', length: text.length }], (packet) =>
    Object.assign(packet, { bytes: new DataView(bytes.buffer), payloadStart: 4, payloadEnd: 4 + cut }),
  )
  return names.get(onlyFlow(flows).speech(0))
}

describe('the first payload', () => {
  it.each([
    ['GET / HTTP/1.1\r\n', 'HTTP_REQUEST'],
    ['POST /x HTTP/1.1\r\n', 'HTTP_REQUEST'],
    ['GET /x HTTP/1.0\n', 'HTTP_REQUEST'],
    ['GET /one/that/goes/on', 'HTTP_REQUEST'],
    ['GET key\r\n', 'TEXT'],
    ['GET\x20\n', 'TEXT'],
    ['OPTIONS rtsp://a RTSP/1.0\r\nCSeq: 1\r\n', 'TEXT'],
    ['CONNECT {"verbose":false}\r\nPING\r\n', 'TEXT'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'HTTP2'],
    ['HTTP/1.1 200 OK\r\n', 'HTTP_RESPONSE'],
    ['SSH-2.0-OpenSSH_9.6\r\n', 'SSH'],
    ['220 mail.example ESMTP\r\n', 'REPLY_CODE'],
    ['220-several lines\r\n', 'REPLY_CODE'],
    ['\x16\x03\x01\x02\x00\x01', 'TLS'],
    ['\x17\x03\x03\x00\x45', 'TLS'],
    ['\x16\x05\x01\x02\x00', 'BINARY'],
    ['*2\r\n$3\r\nGET\r\n', 'REDIS_COMMAND'],
    ['*12\r\n$4\r\nMSET\r\n', 'REDIS_COMMAND'],
    ['* OK IMAP4rev1 ready\r\n', 'TEXT'],
    ['\x00\x00\x00\x08\x04\xd2\x16\x2f', 'POSTGRES_START'],
    ['\x00\x00\x00\x29\x00\x03\x00\x00user\x00app\x00', 'POSTGRES_START'],
    ['\x00\x00\x00\x29\x00\x04\x00\x00user', 'BINARY'],
    ['\x4a\x00\x00\x00\x0a8.0.32\x00', 'MYSQL_GREETING'],
    ['\x4a\x00\x00\x00\x0bnone', 'BINARY'],
    ['PING\r\n', 'TEXT'],
    ['999 is no reply code', 'TEXT'],
    ['OK', 'TEXT'],
    ['\x00\x01', 'BINARY'],
    ['\x00\x00\x00\x2c heartbeat', 'BINARY'],
  ])('%j is %s', (text, expected) => {
    expect(heard(text)).toBe(expected)
  })

  it('is unseen where the snap length cut it off', () => {
    expect(heard('GET /', 0)).toBe('UNSEEN')
  })

  it('is classified at every cut without a look beyond its end', () => {
    const greeting = 'HTTP/1.1 200 OK'
    const kinds = Array.from({ length: greeting.length }, (_, index) => heard(greeting, index + 1))
    expect(new Set(kinds.slice(0, 3))).toEqual(new Set(['TEXT']))
    expect(new Set(kinds.slice(3))).toEqual(new Set(['HTTP_RESPONSE']))
  })
})
