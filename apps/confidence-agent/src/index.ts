export { ConfidenceAgentModule } from './confidence-agent.module.js';
