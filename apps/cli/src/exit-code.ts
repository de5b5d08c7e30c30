/** What the exit code of `mathlabel` says. */
export const EXIT = {
  done: 0,
  /** Done, but some of what was given could not be used. */
  someFailed: 1,
  /** Wrong usage, or nothing that could be used. */
  refused: 2,
  /** A bug. */
  failed: 70,
  /** Ctrl-C; what was written is complete and can be resumed. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
