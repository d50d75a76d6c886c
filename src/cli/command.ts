import type { Command } from 'commander'
import type { Io } from './io.ts'

/** One command: adds itself to the program, with its options, help text and action. Loaded only when it is named. */
export interface CommandModule {
  declare(program: Command, io: Io): void
}
