import { PermanentError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { ModelUnavailable } from '../model-unavailable.js';
import { Refused } from '../openai/openai-client.js';

/** How servers say that they know of no batches. */
const UNKNOWN_PLACE = [404, 405, 501];

/** Of the whole undertaking, for the person who began it. */
export function batchError(code: string, reason: { readonly ko: string; readonly en: string }, field?: string, cause?: unknown): InputError {
  return new InputError(`LLM.${code}`, { file: 'environment' }, field, reason, cause === undefined ? undefined : { cause });
}

/** Whether the server has nothing at the address that it was asked at. */
export function isUnknownPlace(error: unknown): boolean {
  return error instanceof Refused && UNKNOWN_PLACE.includes(error.refusal.status);
}

export function noBatches(cause: unknown): InputError {
  return batchError(
    'NO_BATCHES',
    { ko: '이 서버는 묶음 처리(batch)를 하지 않습니다. --batch 없이 실행하면 바로 묻습니다', en: 'this server has no batch endpoint; leave out --batch, and it is asked at once' },
    'OPENAI_BASE_URL',
    cause,
  );
}

/** The error itself, where it passes or is none of the provider's; an InputError with its code where the provider refuses for good. */
export function refusalOf(error: unknown): unknown {
  const told = error instanceof Refused ? error.cause : error;
  if (!(told instanceof PermanentError)) return told;
  return new InputError(told.code, { file: 'environment' }, undefined, { ko: `제공자가 묶음 처리를 거절했습니다 (${told.message})`, en: `the provider refuses the batch (${told.message})` }, { cause: told });
}

/** The same for whoever cannot wait: a provider that is away for now is one, too. */
export function giveUp(error: unknown): unknown {
  const told = refusalOf(error);
  if (!(told instanceof ModelUnavailable)) return told;
  return new InputError(told.code, { file: 'environment' }, undefined, {
    ko: `제공자와 연결할 수 없습니다. 같은 명령을 다시 실행하면 이어서 합니다 (${told.message})`,
    en: `the provider cannot be reached; the same command goes on from here (${told.message})`,
  }, { cause: told });
}
