import { ConfidenceAgentModule } from '@math-labeler/confidence-agent';
import { FeedbackModule } from '@math-labeler/feedback';
import { type RunningGateway, startGateway } from '@math-labeler/gateway';
import { IngestionModule } from '@math-labeler/ingestion';
import { LabelingModule, Voters } from '@math-labeler/labeling';
import { RetrievalModule } from '@math-labeler/retrieval';
import { type Platform, type RunningService, startService } from '@math-labeler/service-kit';
import { openLabelling, readKnowledge } from './open-labelling.js';

export interface StandaloneOptions {
  readonly platform: Platform;
  /** Hears the share of the training that is done, when there is no saved model. */
  readonly onTraining: (share: number) => void;
  /** Hears when a part can go on no more: the process should end and be started again. */
  readonly onFailed: (error: Error) => void;
  /** Stands in for the voters: measurements put a slow one here. */
  readonly votersOf?: (voters: Voters) => Voters;
}

/** All services in one process. */
export class Standalone {
  private readonly services: RunningService[] = [];
  private readonly stopping = new AbortController();
  private training?: number;
  private ready = false;

  private constructor(private readonly options: StandaloneOptions) {}

  /** Resolves as soon as the gateway listens; the labelling is opened after that, and meanwhile the API answers that it is starting. */
  static async start(options: StandaloneOptions): Promise<{ readonly standalone: Standalone; readonly gateway: RunningGateway; readonly ready: Promise<void> }> {
    const standalone = new Standalone(options);
    const knowledge = await readKnowledge();
    const gateway = await startGateway(
      options.platform,
      {
        curriculum: knowledge.curriculum,
        services: () => standalone.services.map(({ service, health }) => ({ service, health: health() })),
        state: () => ({ ready: standalone.ready, ...(standalone.training === undefined ? {} : { training: standalone.training }) }),
      },
      options.onFailed,
    );
    return { standalone, gateway, ready: standalone.open(knowledge) };
  }

  /** Drains the services: what is being worked on is finished, the rest comes again at the next start. */
  async close(gateway: RunningGateway): Promise<void> {
    this.stopping.abort(new Error('the process is ending'));
    this.ready = false;
    await Promise.all([gateway.close(), ...this.services.map((service) => service.close())]);
    await this.options.platform.close();
  }

  private async open(knowledge: Awaited<ReturnType<typeof readKnowledge>>): Promise<void> {
    const { platform, onTraining, votersOf = (voters) => voters } = this.options;
    const { model, calibration, versions } = await openLabelling(knowledge, {
      dataDir: platform.settings.dataDir,
      onTraining: (share) => onTraining((this.training = share)),
      onNotice: (notice) => platform.logger.warn(notice),
      signal: this.stopping.signal,
    });
    const { curriculum } = knowledge;
    const voters = votersOf(new Voters(curriculum, model, versions));
    await this.startService('confidence-agent', ConfidenceAgentModule.on(platform, curriculum, calibration));
    await this.startService('labeling', LabelingModule.on(voters));
    await this.startService('retrieval', RetrievalModule.on(platform, knowledge));
    await this.startService('ingestion', IngestionModule.on(platform));
    await this.startService('feedback', FeedbackModule.on(platform, curriculum));
    this.training = undefined;
    this.ready = true;
  }

  private async startService(...[service, module]: [Parameters<typeof startService>[0], Parameters<typeof startService>[1]]): Promise<void> {
    this.stopping.signal.throwIfAborted();
    this.services.push(await startService(service, module, this.options.platform, this.options.onFailed));
  }
}
