import { type Curriculum } from '@math-labeler/curriculum';
import { LlmVoter } from '@math-labeler/labeler';
import { type Consultant, type ConsultantOptions, type Prices } from '@math-labeler/llm';
import { type Store } from '@math-labeler/storage';
import { openStore } from '../open-store.js';
import { names } from '../paths.js';
import { type Session, tell } from '../session.js';
import { Tally } from './tally.js';

/** Where answers come from, if not from the model that the environment names, and where they go. */
export interface Recording {
  /** No model is asked, whatever the environment names. */
  readonly unasked?: true;
  /** Folder in which to write down what the model answers. */
  readonly record?: string;
  /** Folder of a recording that answers instead of a model. */
  readonly replay?: string;
  /** Opens what answers in the place of the model that the environment names. */
  readonly instead?: (settings: ConsultantOptions, store: Store) => Promise<Consultant>;
}

/** A language model that votes. */
export interface OpenedVoter {
  readonly voter: LlmVoter;
  readonly tally: Tally;
  /** Questions that may be on their way at a time. */
  readonly inFlight: number;
  /** What a person is told of an error: that what was answered cannot be kept just now, where it is that. */
  told(error: unknown): unknown;
  close(): Promise<void>;
}

/** Throws InputError SETTINGS.… where the environment names a model, but not rightly. */
export async function requireSettings({ env }: Pick<Session, 'env'>): Promise<void> {
  if (namesModel(env)) (await import('@math-labeler/service-kit')).readSettings(env);
}

/** Whether the environment names a language model: what can be known without loading the settings. */
export function namesModel(env: NodeJS.ProcessEnv): boolean {
  return names(env, 'OPENAI_API_KEY') || names(env, 'OPENAI_BASE_URL');
}

/** Undefined where neither the environment nor a recording names a model. Throws InputError: SETTINGS.…, LLM.…, CLI.… */
export async function openVoter(session: Session, curriculum: Curriculum, { unasked, record, replay, instead }: Recording): Promise<OpenedVoter | undefined> {
  if (replay !== undefined) return openRecording(curriculum, replay);
  if (unasked || !namesModel(session.env)) return undefined;
  const { LLM_COLLECTIONS, openConsultant, openPrices, ReplyRecorder } = await import('@math-labeler/llm');
  const { readSettings } = await import('@math-labeler/service-kit');
  const settings = readSettings(session.env).llm!;
  const opened = await openStore(session, 'change', LLM_COLLECTIONS);
  const inner = instead === undefined ? await openConsultant(settings, opened.store, { model: { called: tellTroubles(session) } }) : await instead(settings, opened.store);
  const consultant = record === undefined ? inner : await ReplyRecorder.open(inner, record);
  tell(session, { ko: `언어 모델 ${settings.model}도 묻습니다.`, en: `The language model ${settings.model} votes, too.` });
  return { ...(await counted(consultant, curriculum, await openPrices({ own: settings.prices, baseUrl: settings.baseUrl }), settings.samples)), inFlight: settings.maxInFlight, told: opened.told, close: () => opened.close() };
}

async function openRecording(curriculum: Curriculum, folder: string): Promise<OpenedVoter> {
  const { openPrices, RecordedReplies } = await import('@math-labeler/llm');
  const recorded = await RecordedReplies.read(folder);
  return { ...(await counted(recorded, curriculum, await openPrices(), recorded.samples)), inFlight: 1, told: (error) => error, close: async () => {} };
}

async function counted(consultant: Consultant, curriculum: Curriculum, prices: Prices, samples: number): Promise<Pick<OpenedVoter, 'voter' | 'tally'>> {
  const { dollarsOf } = await import('@math-labeler/llm');
  const tally = new Tally(consultant, (reply) => dollarsOf(consultant.name, reply, prices));
  return { tally, voter: new LlmVoter(tally, curriculum, samples) };
}

/** Why the model does not answer, each reason once. */
function tellTroubles(session: Session): (call: { readonly outcome: string; readonly error?: unknown }) => void {
  const told = new Set<string>();
  return ({ outcome, error }) => {
    if (error === undefined || told.has(outcome)) return;
    told.add(outcome);
    const { message } = error as Error;
    tell(session, { ko: `언어 모델이 답하지 않습니다: ${message}`, en: `The language model does not answer: ${message}` });
  };
}
