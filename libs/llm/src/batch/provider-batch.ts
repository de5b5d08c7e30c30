import { z } from 'zod';

/** From which nothing more comes. */
const LAST_WORDS = ['completed', 'failed', 'expired', 'cancelled'];

const word = z.string().regex(/^[\x20-\x7e]{1,200}$/);
const seconds = z.number().nullish().catch(undefined);
const count = z.number().int().nonnegative().catch(0);

const batch = z.object({
  id: word,
  status: word,
  endpoint: z.string().nullish(),
  created_at: z.number(),
  completed_at: seconds,
  failed_at: seconds,
  expired_at: seconds,
  cancelled_at: seconds,
  output_file_id: word.nullish(),
  error_file_id: word.nullish(),
  errors: z.object({ data: z.array(z.object({ message: z.string().nullish(), code: z.string().nullish() })).nullish() }).nullish().catch(undefined),
  request_counts: z.object({ total: count, completed: count, failed: count }).nullish().catch(undefined),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

/** A batch as the provider tells of it. */
export interface ProviderBatch {
  readonly id: string;
  /** `validating`, `in_progress`, `completed`, … */
  readonly status: string;
  /** Nothing more comes of it. */
  readonly isOver: boolean;
  /** `/v1/…`, where it is told. */
  readonly endpoint?: string;
  readonly createdAt: Date;
  /** When it was over; when it was made, where that is not told. */
  readonly doneAt: Date;
  /** Files with the results of the questions that were answered, and of those that were not. */
  readonly outputFile?: string;
  readonly errorFile?: string;
  readonly counts: { readonly total: number; readonly completed: number; readonly failed: number };
  /** What is said against the whole of it. */
  readonly complaint?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Reads a batch object; throws ZodError. */
export function readProviderBatch(body: unknown): ProviderBatch {
  const { id, status, endpoint, created_at, completed_at, failed_at, expired_at, cancelled_at, output_file_id, error_file_id, errors, request_counts, metadata } = batch.parse(body);
  const said = errors?.data?.[0];
  const complaint = said?.message ?? said?.code;
  return {
    id,
    status,
    isOver: LAST_WORDS.includes(status),
    ...(endpoint ? { endpoint } : {}),
    createdAt: new Date(created_at * 1000),
    doneAt: new Date((completed_at ?? expired_at ?? cancelled_at ?? failed_at ?? created_at) * 1000),
    ...(output_file_id ? { outputFile: output_file_id } : {}),
    ...(error_file_id ? { errorFile: error_file_id } : {}),
    counts: request_counts ?? { total: 0, completed: 0, failed: 0 },
    ...(complaint ? { complaint: complaint.replace(/\s+/g, ' ').slice(0, 300) } : {}),
    metadata: metadata ?? {},
  };
}
