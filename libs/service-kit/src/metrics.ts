import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What Prometheus is told; the names are part of the product. */
export class Metrics {
  readonly registry = new Registry();
  readonly events = this.counter('mathlabeler_events_total', 'Events that were finished, by what became of them', ['service', 'topic', 'outcome']);
  readonly retries = this.counter('mathlabeler_event_retries_total', 'Tries that failed and were followed by another', ['service', 'topic']);
  readonly deadLetters = this.counter('mathlabeler_dead_letters_total', 'Events that were put into a dead-letter topic', ['service', 'topic', 'code']);
  readonly brokerFailures = this.counter('mathlabeler_broker_failures_total', 'Calls of the broker that failed and were tried again', ['service', 'doing']);
  readonly handling = this.histogram('mathlabeler_event_handling_seconds', 'How long the last try of an event took', ['service', 'topic'], SECONDS);
  readonly latency = this.histogram('mathlabeler_stage_latency_seconds', 'From an event being in the log to its being finished', ['service', 'topic'], SECONDS);
  readonly lag = this.gauge('mathlabeler_lag_events', 'Events in the log that a group has not finished', ['group', 'topic']);
  readonly inFlight = this.gauge('mathlabeler_in_flight_events', 'Events that a service holds', ['service']);
  readonly partUp = this.gauge('mathlabeler_part_up', 'Whether a server that this process depends upon answers', ['part']);
  readonly confidence = this.histogram('mathlabeler_label_confidence', 'Confidence of the labels', ['decision'], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]);
  readonly decisions = this.counter('mathlabeler_decisions_total', 'Labels by what was decided, and by what', ['decision', 'decided_by']);
  readonly llmCalls = this.histogram('mathlabeler_llm_call_seconds', 'How long a call of the language model took', ['outcome'], SECONDS);
  readonly llmTokens = this.counter('mathlabeler_llm_tokens_total', 'Tokens as the provider counts them', ['purpose', 'kind']);
  readonly llmDollars = this.counter('mathlabeler_llm_dollars_total', 'What calls have cost by the price table, in US dollars', ['purpose']);
  readonly llmReused = this.counter('mathlabeler_llm_reused_total', 'Questions that a stored reply has answered', ['purpose']);
  readonly llmOverBudget = this.counter('mathlabeler_llm_over_budget_total', 'Questions that were not asked since the budget is spent', ['purpose']);
  readonly llmBudgetSpent = this.gauge('mathlabeler_llm_budget_spent', 'Whether the budget is spent', []);
  readonly llmUp = this.gauge('mathlabeler_llm_up', 'Whether the language model is asked; 0 while it fails', []);
  readonly llmLimit = this.gauge('mathlabeler_llm_limit', 'Calls that may be on their way at a time', []);
  readonly llmWaiting = this.gauge('mathlabeler_llm_waiting', 'Questions that wait for their turn', []);
  readonly requests = this.histogram('mathlabeler_http_request_seconds', 'Time to answer a request', ['method', 'route', 'status'], SECONDS);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
  private gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
  private histogram<Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}
