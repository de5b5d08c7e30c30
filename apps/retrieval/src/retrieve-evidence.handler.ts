import { EvidenceRetrieved, type NewEvent, ProblemIngested } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { Knowledge } from './knowledge.js';

/** problem.ingested → evidence.retrieved. */
@Controller()
export class RetrieveEvidenceHandler {
  constructor(private readonly knowledge: Knowledge) {}

  @Consumes(ProblemIngested)
  async handle(event: ProblemIngested): Promise<NewEvent[]> {
    const { problem } = event.data;
    return [EvidenceRetrieved.from(event, { problem, evidence: await this.knowledge.evidenceFor(problem.text) })];
  }
}
