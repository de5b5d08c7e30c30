import pc from 'picocolors';

/** Bold and dim for a terminal alone: what goes into a pipe or a file is plain text, on a build server too. */
export const colours = pc.createColors(process.stdout.isTTY === true && process.stdout.hasColors());
