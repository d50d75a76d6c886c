import type { Command } from 'commander'
import { type LogConfig, readLogConfig } from '../log/config/log-config.ts'
import type { Io } from './io.ts'

/** Reads the file that `--log-config` names, telling what of it is not used; nothing where it is not given. */
export async function readLogConfiguration(command: Command, io: Io): Promise<Partial<LogConfig>> {
  const { logConfig } = command.opts<{ logConfig?: string }>()
  if (logConfig === undefined) return {}
  const config = await readLogConfig(logConfig)
  for (const note of config.notes) io.note(`noaccept: ${note}\n`)
  return config
}
