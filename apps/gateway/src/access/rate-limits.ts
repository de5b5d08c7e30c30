import { type Role } from '@math-labeler/service-kit';

/** Requests per minute and key, by what a route needs; a request may carry a whole batch. */
export const REQUESTS_PER_MINUTE: Readonly<Record<Role, number>> = { submit: 600, review: 600, operate: 120 };
