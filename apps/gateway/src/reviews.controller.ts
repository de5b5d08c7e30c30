import { type Label } from '@math-labeler/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { Needs } from './access/needs.js';
import { cursorOf, readCursor, readQuery, reviewQuery } from './read-query.js';
import { ProblemViewStore } from './stores/problem-view.store.js';
import { urlOf } from './view-json.js';

@Controller('api/reviews')
export class ReviewsController {
  constructor(private readonly views: ProblemViewStore) {}

  @Get()
  @Needs('review')
  async list(@Query() query: unknown): Promise<object> {
    const { cursor, limit } = readQuery(query, reviewQuery);
    const { rows, next } = await this.views.reviews({ limit, cursor: readCursor(cursor, 2) });
    return { problems: rows.map(reviewOf), ...(next === undefined ? {} : { next: cursorOf(next) }) };
  }
}

/** What a reviewer needs of a label. */
function reviewOf({ id, content, code, level, category, confidence, levelConfidence, alternatives, reasons, evidence, contested, revision, duplicateOf }: Label): object {
  return { id, url: urlOf(id), content, code, level, category, confidence, levelConfidence, alternatives, reasons, evidence, contested, revision, duplicateOf };
}
