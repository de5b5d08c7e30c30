import { type PersonalDataPolicy } from '@math-labeler/problem-text';
import { names } from './paths.js';
import { type Session } from './session.js';

/** What PERSONAL_DATA says of personal data in what is read. Throws InputError SETTINGS.BAD_VALUE. */
export async function personalDataOf({ env }: Pick<Session, 'env'>): Promise<PersonalDataPolicy> {
  if (!names(env, 'PERSONAL_DATA')) return 'mask';
  const { readSettings } = await import('@math-labeler/service-kit');
  return readSettings(env).personalData;
}
