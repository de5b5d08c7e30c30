import { ConfidenceAgentModule } from '@math-labeler/confidence-agent';
import { type Service } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { FeedbackModule } from '@math-labeler/feedback';
import { type GatewayParts, type RunningGateway, startGateway } from '@math-labeler/gateway';
import { IngestionModule } from '@math-labeler/ingestion';
import { currentKnowledge, openDatasets } from '@math-labeler/knowledge-base';
import { openLabelling, readKnowledge } from '@math-labeler/labeler';
import { LabelingModule, Voters } from '@math-labeler/labeling';
import { type DeliveryHealth } from '@math-labeler/messaging';
import { RetrievalModule } from '@math-labeler/retrieval';
import { type Platform, type ProcessWatch, type Running, type RunningService, startService } from '@math-labeler/service-kit';
import { type DynamicModule } from '@nestjs/common';

export interface StandaloneOptions extends Pick<ProcessWatch, 'onFailed'> {
  readonly freePort?: ProcessWatch['freePort'];
  readonly platform: Platform;
  /** Hears the share of the training that is done, when there is no saved model. */
  readonly onTraining: (share: number) => void;
  /** Stands in for the voters: measurements put a slow one here. */
  readonly votersOf?: (voters: Voters) => Voters;
}

/** All services in one process. */
export class Standalone implements Running {
  private readonly services: RunningService[] = [];
  private readonly stopping = new AbortController();
  private gateway?: RunningGateway;
  private opening?: Promise<void>;
  private training?: number;
  private isOpen = false;

  private constructor(private readonly options: StandaloneOptions) {}

  /** Resolves as soon as the gateway listens; the API answers that it is starting until `ready`. */
  static async start(options: StandaloneOptions): Promise<Standalone> {
    const standalone = new Standalone(options);
    const knowledge = await currentKnowledge(await readKnowledge(), openDatasets(options.platform.store));
    standalone.gateway = await startGateway(options.platform, standalone.gatewayParts(knowledge), { onFailed: options.onFailed, freePort: options.freePort ?? (async () => {}) });
    standalone.opening = standalone.open(knowledge);
    standalone.opening.catch(() => {}); // Whoever waits until it is ready hears.
    return standalone;
  }

  /** Of the API: `http://127.0.0.1:3000` */
  get address(): string {
    return this.gateway!.address;
  }

  /** How the gateway's own reading does; of the others its API tells. */
  readonly health = (): DeliveryHealth | undefined => this.gateway?.health();

  /** Resolves once problems are labelled. */
  get ready(): Promise<void> {
    return this.opening!;
  }

  /** Drains the services: what is being worked on is finished, the rest comes again at the next start. The platform stays open. */
  async close(): Promise<void> {
    this.stopping.abort(new Error('the process is ending'));
    this.isOpen = false;
    await Promise.all([this.gateway?.close(), ...this.services.map((service) => service.close())]);
  }

  private gatewayParts({ curriculum }: KnowledgeBase): GatewayParts {
    return {
      curriculum,
      services: () => this.services.map(({ service, health }) => ({ service, health: health() })),
      state: () => ({ ready: this.isOpen, ...(this.training === undefined ? {} : { training: this.training }) }),
    };
  }

  private async open(knowledge: KnowledgeBase): Promise<void> {
    const { platform, onTraining, votersOf = (voters) => voters } = this.options;
    const labelling = await openLabelling(knowledge, {
      dataDir: platform.settings.dataDir,
      onTraining: (share) => onTraining((this.training = share)),
      onNotice: (notice) => platform.logger.warn(notice),
      signal: this.stopping.signal,
    });
    const { curriculum } = labelling;
    const voters = votersOf(Voters.of(labelling, platform));
    await this.startService('confidence-agent', ConfidenceAgentModule.on(platform, labelling));
    await this.startService('labeling', LabelingModule.on(voters));
    await this.startService('retrieval', RetrievalModule.on(platform, knowledge));
    await this.startService('ingestion', IngestionModule.on(platform));
    await this.startService('feedback', FeedbackModule.on(platform, curriculum));
    this.training = undefined;
    this.isOpen = true;
  }

  private async startService(service: Service, module: DynamicModule): Promise<void> {
    this.stopping.signal.throwIfAborted();
    this.services.push(await startService(service, module, this.options.platform, this.options.onFailed));
  }
}
