import { type Judgement, SHORT_LIST, sourceIn, toldGradeIn, type Votes } from '@math-labeler/confidence';
import { type Label, LabelDisputed, LabelProposed, type NewEvent, type Problem, ProblemLabeled, ReviewRequested } from '@math-labeler/contracts';
import { composeLabel, favourites, fromMessage, reviewedLabel } from '@math-labeler/labeler';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { type Context, Judge } from './judgement.js';
import { SourceProfiles } from './source-profiles.js';
import { type Decision, DecisionStore } from './stores/decision.store.js';

/** label.proposed → problem.labeled (and review.requested), or label.disputed where a second look may settle it. */
@Controller()
export class DecideLabelHandler {
  constructor(
    private readonly judge: Judge,
    private readonly decisions: DecisionStore,
    private readonly sources: SourceProfiles,
  ) {}

  @Consumes(LabelProposed)
  async handle(event: LabelProposed): Promise<NewEvent[]> {
    const { problem, look } = event.data;
    const votes = fromMessage(event.data.votes, this.judge.curriculum);
    const kept = await this.decisions.decided(problem.id);
    if (kept !== undefined) return this.told(event, kept, votes);
    const known = await this.known(problem);
    if (known !== undefined) return this.told(event, await this.decisions.decide({ eventId: event.id, label: known }), votes);

    const context = await this.contextOf(problem);
    const judgement = this.judge.judge(votes, event.data.versions, context);
    if (look === 'first' && !this.isSettled(event, judgement)) return [LabelDisputed.from(event, this.dispute(event, judgement))];
    return this.told(event, await this.decisions.decide({ eventId: event.id, label: this.labelOf(event, votes, judgement, context) }), votes);
  }

  /** What is known of an earlier problem of the same words, as this problem's label. */
  private async known({ id, content, metadata, duplicateOf }: Problem): Promise<Label | undefined> {
    if (duplicateOf === undefined) return undefined;
    const decided = await this.decisions.decided(duplicateOf);
    if (decided === undefined) return undefined;
    const settled = await this.decisions.settled(duplicateOf);
    const label = settled === undefined ? decided.label : reviewedLabel(decided.label, settled, this.judge.curriculum);
    return { ...label, id, content, metadata, revision: 1, duplicateOf };
  }

  private async contextOf(problem: Problem): Promise<Context> {
    const told = toldGradeIn(problem.metadata);
    const source = told === undefined ? sourceIn(problem.metadata) : undefined;
    return this.judge.contextOf(told, source === undefined ? undefined : await this.sources.of(source));
  }

  private labelOf({ data: { problem, evidence, votes: { llm }, versions } }: LabelProposed, votes: Votes, judgement: Judgement, { note }: Context): Label {
    const { id, content, metadata, duplicateOf } = problem;
    return {
      ...composeLabel({ id, content, votes, evidence, judgement, llm, note, metadata, versions }, this.judge.curriculum),
      revision: 1,
      ...(duplicateOf === undefined ? {} : { duplicateOf }),
      votes: favourites(votes, llm, this.judge.curriculum),
    };
  }

  /** Whether the votes alone were enough, and hold the levels of the standard that was chosen. */
  private isSettled({ data: { votes } }: LabelProposed, { decidedBy, standard }: Judgement): boolean {
    const { code } = this.judge.curriculum.standards[standard];
    return decidedBy === 'votes' && votes.local.levels.some((level) => level.code === code);
  }

  private dispute({ data: { problem, evidence, votes: { llm } } }: LabelProposed, { ranking, confidence, threshold }: Judgement): LabelDisputed['data'] {
    const shortList = ranking.slice(0, SHORT_LIST).map((position) => this.judge.curriculum.standards[position].code);
    const rules = this.judge.curriculum.confusableRules(shortList.slice(0, 2)).map(({ rule }) => rule);
    return { problem, evidence, shortList, confidence, threshold, rules, ...(llm === undefined ? {} : { llm }) };
  }

  /**
   * The events of a decision that is kept: the same however often they are asked for. They follow from the look that decided alone: a first look
   * that comes again after the second has told of the label would tell of it under another id.
   */
  private async told(event: LabelProposed, { eventId, label }: Decision, votes: Votes): Promise<NewEvent[]> {
    if (eventId !== event.id) return [];
    const { problem } = event.data;
    const source = sourceIn(problem.metadata);
    if (source !== undefined && toldGradeIn(problem.metadata) === undefined) await this.sources.count(source, problem.id, this.judge.bandMass(votes));
    const labeled = ProblemLabeled.from(event, label);
    if (label.decision !== 'review') return [labeled];
    const { id, content, code, level, confidence, alternatives, reasons } = label;
    return [labeled, ReviewRequested.from(event, { id, content, code, level, confidence, alternatives, reasons })];
  }
}
