export { firstLookPrompt } from './first-look-prompt.js';
export { isInstructionLike } from './instruction-like.js';
export { type Prompt } from './prompt.js';
export { readAnswer } from './read-answer.js';
export { type SecondQuestion, secondLookPrompt } from './second-look-prompt.js';
