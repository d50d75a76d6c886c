import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Analysis, analyze } from '../../src/analyze.ts'

/** Analyses packet lists that stand in the test. Lines as Wireshark prints them, without number and with single blanks. */
export async function analyzed(text: string): Promise<Analysis> {
  const path = join(mkdtempSync(join(tmpdir(), 'noaccept-scene-')), 'scene.txt')
  writeFileSync(path, packetList(text))
  return analyze([path])
}

/** Its lines with their numbers. */
export function packetList(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => `${index + 1} ${line}`)
  return `${lines.join('\n')}\n`
}

/** How an end of a {@link Line} is called. */
interface Ends {
  readonly client: string
  readonly server: string
}

/** Writes lines of one connection: `c.syn(0)`, in seconds after 10:00. */
export class Conversation {
  readonly #client: string
  readonly #server: string
  readonly #port: number
  readonly #serverPort: number
  /** What each end has sent, SYN counted. */
  #sent = { client: 0, server: 0 }

  constructor(port: number, { client = '10.0.0.1', server = '10.0.0.2' }: Partial<Ends> = {}, serverPort = 9000) {
    this.#client = client
    this.#server = server
    this.#port = port
    this.#serverPort = serverPort
  }

  /** Handshake: three lines. */
  opened(at: number, { window = 64240, scale = 7 }: { window?: number; scale?: number } = {}): string {
    this.#sent = { client: 1, server: 1 }
    return [
      this.#line(at, true, 'SYN', `Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM WS=${1 << scale}`),
      this.#line(at + 0.0001, false, 'SYN, ACK', `Seq=0 Ack=1 Win=${window} Len=0 MSS=1460 SACK_PERM WS=${1 << scale}`),
      this.#line(at + 0.0002, true, 'ACK', 'Seq=1 Ack=1 Win=65536 Len=0'),
    ].join('\n')
  }

  syn(at: number): string {
    return this.#line(at, true, 'SYN', 'Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM WS=128')
  }

  refused(at: number): string {
    return `${this.syn(at)}\n${this.#line(at + 0.0001, false, 'RST, ACK', 'Seq=1 Ack=1 Win=0 Len=0')}`
  }

  push(at: number, bytes = 44): string {
    return this.#data(at, true, bytes)
  }

  reply(at: number, bytes = 60): string {
    return this.#data(at, false, bytes)
  }

  /** The server's kernel acknowledges all; `window` in bytes. */
  acked(at: number, window = 64128): string {
    return this.#bare(at, false, 'ACK', window)
  }

  /** The client acknowledges all and tells its window, in bytes. */
  told(at: number, window: number): string {
    return this.#bare(at, true, 'ACK', window)
  }

  fin(at: number, fromClient: boolean): string {
    const line = this.#bare(at, fromClient, 'FIN, ACK', 65536)
    this.#sent[fromClient ? 'client' : 'server']++
    return line
  }

  reset(at: number, window = 64128): string {
    return this.#bare(at, false, 'RST, ACK', window)
  }

  #data(at: number, fromClient: boolean, bytes: number): string {
    const [own, other] = this.#numbers(fromClient)
    this.#sent[fromClient ? 'client' : 'server'] += bytes
    return this.#line(at, fromClient, 'PSH, ACK', `Seq=${own} Ack=${other} Win=65536 Len=${bytes}`)
  }

  #bare(at: number, fromClient: boolean, flags: string, window: number): string {
    const [own, other] = this.#numbers(fromClient)
    return this.#line(at, fromClient, flags, `Seq=${own} Ack=${other} Win=${window} Len=0`)
  }

  #numbers(fromClient: boolean): [number, number] {
    const { client, server } = this.#sent
    return fromClient ? [client, server] : [server, client]
  }

  #line(at: number, fromClient: boolean, flags: string, rest: string): string {
    const [source, destination] = fromClient ? [this.#client, this.#server] : [this.#server, this.#client]
    const [from, to] = fromClient ? [this.#port, this.#serverPort] : [this.#serverPort, this.#port]
    const minutes = Math.floor(at / 60)
    const seconds = (at - minutes * 60).toFixed(6).padStart(9, '0')
    return `10:${String(minutes).padStart(2, '0')}:${seconds} ${source} → ${destination} TCP 66 ${from} → ${to} [${flags}] ${rest}`
  }
}
