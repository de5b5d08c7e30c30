export { sizeOf } from './documents.js';
export { type FinishedIds, readFinished } from './finished-ids.js';
export { type GoldReading } from './intake.js';
export { DEFAULT_LIMITS, type Gold, type Notice, type Problem, type ReadLimits, type ReadOutcome } from './problem.js';
export { readProblems, type ReadOptions, type Source } from './read-problems.js';
export { type Cell, openWriter, type ResultWriter, type WriteOptions } from './result-writer.js';
