import { type Role } from '@math-labeler/service-kit';
import { RouteConfig } from '@nestjs/platform-fastify';

/** What the edge must know of a route before it reads the body. */
export interface RouteNeeds {
  /** The role that a key must have at least; undefined: anybody. */
  readonly needs?: Role;
  /** Answers while the model is loading, too. */
  readonly worksWhileStarting?: true;
  /** Brings problems into the log, and waits its turn when too many are on their way. */
  readonly admits?: true;
}

/** Marks a controller's method with what it needs. */
export const Needs = (needs: Role, more: Omit<RouteNeeds, 'needs'> = {}) => RouteConfig({ needs, ...more } satisfies RouteNeeds);

/** A route for anybody, never counted against a limit. */
export const Open = () => RouteConfig({ worksWhileStarting: true, rateLimit: false });
