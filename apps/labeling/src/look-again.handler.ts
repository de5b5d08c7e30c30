import { LabelDisputed, LabelProposed, type NewEvent } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';

/** label.disputed → label.proposed, once more. The present voters say the same of a short list as of all: their votes go back as they were. */
@Controller()
export class LookAgainHandler {
  @Consumes(LabelDisputed)
  async handle(event: LabelDisputed): Promise<NewEvent[]> {
    const { problem, evidence, votes, versions } = event.data;
    return [LabelProposed.from(event, { problem, evidence, votes, look: 'second', versions })];
  }
}
