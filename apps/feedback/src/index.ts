export { FeedbackModule } from './feedback.module.js';
export { FEEDBACK_COLLECTIONS } from './stores/collections.js';
