export { CERTAINTIES, type Certainty } from './answer-schema.js';
export { FIRST_LOOK, type FirstQuestion, firstLookPrompt, type ShownExample } from './first-look-prompt.js';
export { isInstructionLike } from './instruction-like.js';
export { type Prompt } from './prompt.js';
export { type AnswerToken, readAnswer } from './read-answer.js';
export { type SecondQuestion, secondLookPrompt } from './second-look-prompt.js';
