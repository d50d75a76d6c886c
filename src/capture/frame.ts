/** Bytes of a frame that has not been read yet. */
export const NO_BYTES = new DataView(new ArrayBuffer(0))

/** One captured record. A reader refills the same instance; copy what must outlive the next call. */
export class Frame {
  /** Counts from 1 in its capture, as Wireshark does; the printed number where the capture is a packet list. */
  number = 0
  /** Which of the given captures it is from, counting from 0. */
  capture = 0
  /** Nanoseconds since the {@link Epoch} of the run: exact for the first 104 days of it. */
  time = 0
  /** LINKTYPE_ value, as registered for pcap. */
  linkType = 0
  /** Index of its interface in the summary's list, over all sections of a pcapng; -1 where the format names none. */
  interfaceId = -1
  /** Length on the wire. `end - start` is what was captured of it. */
  originalLength = 0
  /** Where its record starts in the (uncompressed) file. */
  offset = 0
  /** The window that holds the bytes: valid until the reader's next call. */
  bytes: DataView = NO_BYTES
  start = 0
  end = 0
}
