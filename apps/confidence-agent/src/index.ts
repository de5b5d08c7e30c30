export { ConfidenceAgentModule } from './confidence-agent.module.js';
export { CONFIDENCE_AGENT_COLLECTIONS } from './stores/collections.js';
