/**
 * The part of the engine that is compiled to WebAssembly: what every packet goes through. It works on the same memory as
 * the program, which takes over where a packet is out of the ordinary. `assembly/` is its source, in AssemblyScript: V8
 * makes of it a third of the instructions that the same lines take as TypeScript, and needs no packets to find out how.
 * Offsets of dossiers are in words, as the program's tables have them; times in nanoseconds.
 */
export interface Assembly {
  /** Puts a flow into the first free slot of its hash. */
  insert(hash: number, row: number): void
  /** Puts what is in some slots, before which there is nothing, where it belongs now that twice as many are in use. */
  spreadSlots(from: number, to: number): void
  hashOf(a: number, portA: number, b: number, portB: number): number

  beginClassic(
    bigEndian: number,
    recordBytes: number,
    capturedAt: number,
    originalAt: number,
    nanosecondsPerFraction: number,
    linkType: number,
    epochSeconds: number,
  ): void
  /** Reads records into the batch's columns, as many as are whole. Returns how many. */
  classicRecords(position: number, end: number, base: number): number

  /** Forgets the interfaces of the section before. */
  beginSection(bigEndian: number): void
  /** Takes an interface of the section; 0 stamps `perSecond` where it is not for the assembly. */
  describeInterface(
    id: number,
    index: number,
    linkType: number,
    perSecond: number,
    nanoseconds: number,
    offset: number,
  ): void
  /** Reads enhanced packet blocks without options into the batch's columns. Returns how many. */
  enhancedPackets(position: number, end: number, base: number, epochSeconds: number): number

  /** Tells the number of an IPv6 address, given in four words: segments with addresses that were told may be plain. */
  rememberAddress(a: number, b: number, c: number, d: number, number: number): void
  /** Finds the plain segments among the batch's first `count` frames. Returns how many. */
  findPlainSegments(count: number): number
  /** Hashes plain segments, guesses rows, and touches what following them will read. */
  warm(from: number, to: number): void
  /** Touches what analysing frames whose rows are in their columns will read. */
  warmAnalysis(from: number, to: number): void
  /**
   * Follows frames from `from` on, and writes their flows into their columns; returns the first that it leaves to the
   * program, `to` where there is none. It is no plain segment, or the regions have to grow first.
   */
  followFrames(from: number, to: number, firstFrameId: number): number
  /**
   * Analyses plain segments from `from` on whose rows and sides are in their columns, and keeps their statistics; returns
   * the first that it leaves to the program, `to` where there is none.
   */
  analyseFollowed(from: number, to: number, firstFrame: number): number
  /** Analyses a plain segment alone. 1 where no flag is for it: see `Found`. 0 where it is left to the program. */
  analyse(index: number, frame: number): number
  /** Follows the packet that was written at PACKET, and answers there. */
  followDecoded(): void
  /** The same for the ICMP error that quotes it; `message` is its type * 256 + its code. */
  followQuoted(message: number): void
  /** Gives the ends of the packet at PACKET a flow without following it. */
  reserveFlow(): void
  /** 1 where no further flow may begin. */
  isFull(): number
  /** 1 where the next packet might need more than there is room for. */
  needsRoom(): number

  noteBeat(dossier: number, size: number, time: number): void
  noteBeatAnswered(dossier: number): void
  /** 1 where this acknowledgment discriminates. */
  noteDrain(dossier: number, base: number, ack: number, fresh: number, window: number, unit: number): number
  /** -1 where the shift is unknown. */
  windowShift(dossier: number, side: number): number

  /**
   * Finds the facts of a batch of flows, and writes them into their column; `captureEnd` is the last moment that the captures
   * show. Returns how many packets the flows have.
   */
  findFacts(from: number, to: number, captureEnd: number): number

  /**
   * Writes at LINE what is in numbers of a connection's line; frames are numbers in their capture, `places` the digits after
   * the second. 0 where its heartbeat is left out, because its numbers are out of the ordinary.
   */
  writeConnection(
    flow: number,
    capture: number,
    firstFrame: number,
    lastFrame: number,
    epochSeconds: number,
    places: number,
  ): number
  /** Touches what reading a batch of flows will read. */
  touchFlows(from: number, to: number): void
  /** Touches what reading the first flows of their column will read; likewise what walking along their chains of signals will. */
  touchListed(count: number): void
  touchChains(count: number): void
  /**
   * Writes lines of a batch's flows, from `offset` bytes behind LINES on, as their columns and the TEXTS have it. Returns the
   * first flow that it leaves to the program, `to` where there is none; LineField.LAST tells where the last line ends.
   */
  writeConnections(from: number, to: number, offset: number, epochSeconds: number): number
}

/** Memory that both halves share. What was seen of it stays valid when it grows. */
export interface EngineMemory {
  readonly buffer: SharedArrayBuffer
  /** Adds pages. */
  grow(pages: number): number
}

/** One run's engine. */
export interface Engine extends Assembly {
  readonly memory: EngineMemory
}
