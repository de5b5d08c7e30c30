import { type Curriculum } from '@math-labeler/curriculum';
import { type ServiceHealth } from '@math-labeler/service-kit';

/** What the gateway tells of the process that it runs in. */
export interface GatewayParts {
  readonly curriculum: Curriculum;
  /** The services beside it, and how they do; undefined: not reading yet. */
  readonly services: () => readonly ServiceHealth[];
  /** `training`: the share done, 0 to 1, while a model is being trained. */
  readonly state: () => { readonly ready: boolean; readonly training?: number };
}
