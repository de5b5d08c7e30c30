import { DeadLetterBox, EventPublisher } from '@math-labeler/messaging';
import { ApiKeys, type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { Access } from './access/access.js';
import { Admission } from './admission.js';
import { CurriculumController } from './curriculum.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DocsController } from './docs.controller.js';
import { FeedbackController } from './feedback.controller.js';
import { type GatewayParts } from './gateway-parts.js';
import { HealthController } from './health.controller.js';
import { LogWatch } from './log-watch.js';
import { MetricsController } from './metrics.controller.js';
import { OthersProgress } from './others-progress.js';
import { OwnDelivery } from './own-delivery.js';
import { PARTS, PLATFORM } from './parts-token.js';
import { ProblemProgress } from './problem-progress.js';
import { ProblemsController } from './problems.controller.js';
import { ProjectProblemsHandlers } from './project-problems.handlers.js';
import { ReviewsController } from './reviews.controller.js';
import { MongoProblemViewStore } from './stores/problem-view.mongo.js';
import { SqliteProblemViewStore } from './stores/problem-view.sqlite.js';
import { ProblemViewStore } from './stores/problem-view.store.js';
import { SubmitProblems } from './submit-problems.js';
import { WaitingRequests } from './waiting-requests.js';

/** The HTTP API and what it reads from. */
@Module({})
export class GatewayModule {
  static on(platform: Platform, parts: GatewayParts): DynamicModule {
    const { store, broker, clock, settings, metrics, logger, isShared } = platform;
    const views = onStore<ProblemViewStore>(store, { sqlite: (s) => new SqliteProblemViewStore(s), mongo: (s) => new MongoProblemViewStore(s) });
    const admission = new Admission(settings.maxPending, clock);
    const waiting = new WaitingRequests();
    const publisher = new EventPublisher(broker, 'gateway', clock);
    const box = new DeadLetterBox(broker);
    const progress = new ProblemProgress(views, admission, waiting, metrics);
    const values: [unknown, unknown][] = [
      [PLATFORM, platform],
      [PARTS, parts],
      [ProblemViewStore, views],
      [Admission, admission],
      [WaitingRequests, waiting],
      [EventPublisher, publisher],
      [DeadLetterBox, box],
      [ProblemProgress, progress],
      [SubmitProblems, new SubmitProblems(views, publisher, admission, waiting)],
      [LogWatch, new LogWatch(platform, box, views, progress, admission)],
      ...(isShared ? [[OthersProgress, new OthersProgress(views, waiting, admission, logger)] as [unknown, unknown]] : []),
      [OwnDelivery, new OwnDelivery()],
      [Access, new Access(new ApiKeys(settings.dataDir, clock))],
    ];
    return {
      module: GatewayModule,
      controllers: [
        ProjectProblemsHandlers, ProblemsController, ReviewsController, FeedbackController, CurriculumController, DeadLettersController, HealthController, MetricsController, DocsController,
      ],
      providers: values.map(([provide, useValue]) => ({ provide: provide as symbol, useValue })),
    };
  }
}
