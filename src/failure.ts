/** What the process ends with. 1 and 2 are never the same: an execution failure must not look like a finding. */
export const ExitCode = {
  OK: 0,
  FINDINGS: 1,
  FAILURE: 2,
  INCOMPLETE: 3,
  NOTHING: 4,
  BUG: 70,
  INTERRUPTED: 130,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** Something the user can mend: what is wrong and where, and what to do. Anything else that is thrown is a bug. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly hint: string | null
  readonly exitCode: ExitCode

  constructor(message: string, hint: string | null = null, exitCode: ExitCode = ExitCode.FAILURE, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.hint = hint
    this.exitCode = exitCode
  }
}
