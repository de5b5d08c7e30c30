import { LabelDisputed, LabelProposed, type NewEvent } from '@math-labeler/contracts';
import { Consumes, type DeliveryContext } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { Voters } from './voters.js';

/** label.disputed → label.proposed, once more, over the short list. */
@Controller()
export class LookAgainHandler {
  constructor(private readonly voters: Voters) {}

  @Consumes(LabelDisputed)
  async handle(event: LabelDisputed, { signal }: DeliveryContext): Promise<NewEvent[]> {
    const { problem, evidence } = event.data;
    const votes = await this.voters.voteAgain(event.data, signal);
    return [LabelProposed.from(event, { problem, evidence, votes, look: 'second', versions: this.voters.versions })];
  }
}
