import { EvidenceRetrieved, LabelProposed, type NewEvent } from '@math-labeler/contracts';
import { Consumes, type DeliveryContext } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { Voters } from './voters.js';

/** evidence.retrieved → label.proposed. */
@Controller()
export class ProposeLabelHandler {
  constructor(private readonly voters: Voters) {}

  @Consumes(EvidenceRetrieved)
  async handle(event: EvidenceRetrieved, { signal }: DeliveryContext): Promise<NewEvent[]> {
    const { problem, evidence } = event.data;
    const votes = await this.voters.vote(problem, evidence, signal);
    return [LabelProposed.from(event, { problem, evidence, votes, look: 'first', versions: this.voters.versions })];
  }
}
