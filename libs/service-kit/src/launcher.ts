import { readFileSync } from 'node:fs';

const EVERY_MS = 200;

/**
 * Calls `onGone` once the `npm` that started this process has ended without it: one that is killed outright leaves its children running, which
 * would keep folder and port. Watches only below npm, where /proc tells who started whom; the watch keeps nothing alive.
 */
export function watchLauncher(env: NodeJS.ProcessEnv, onGone: () => void): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  if (npm === undefined || npm === 1) return;
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    onGone();
  }, EVERY_MS).unref();
}

function parentOf(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may hold anything; state and parent follow it.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return Number(parent);
  } catch {
    return undefined;
  }
}
