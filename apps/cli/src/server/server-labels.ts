import { createHash } from 'node:crypto';
import { type Label, label, type LabelResult } from '@math-labeler/contracts';
import { formatPlace, InputError } from '@math-labeler/curriculum';
import { formatToldGrade, type ToldGrade, toldGradeIn } from '@math-labeler/confidence';
import { type Problem } from '@math-labeler/problem-files';
import { openInput } from '../input.js';
import { type Session, tell } from '../session.js';
import { LABELLING, streamProblems, type StreamOptions } from '../stream-problems.js';
import { inOrder } from '../in-order.js';
import { LabelServer } from './label-server.js';
import { bilingualOf, type RefusedItem, refusedBy, textOf } from './server-answer.js';

export interface ServerLabelOptions extends StreamOptions {
  readonly url: URL;
  /** For problems that do not tell their own. */
  readonly grade?: ToldGrade;
}

/** A server's label: what the command line's own would be, and what only a server knows. */
export type ServerResult = LabelResult & Pick<Label, 'revision' | 'duplicateOf' | 'contested'>;

/** A problem with the line that is sent for it. */
export interface Sending {
  readonly problem: Problem;
  readonly line: string;
}

type Outcome = { readonly result: ServerResult } | { readonly error: InputError };

/** A server takes a thousand problems or 8 MiB at once; smaller batches come back sooner and may be worked on side by side. */
const BATCHING = { size: 200, weight: 2 ** 20, weightOf: ({ line }: Sending) => Buffer.byteLength(line), withinMs: 200, inFlight: 4 };
/** The least time between two questions for labels that are not there yet, in ms. */
const BETWEEN_MS = 1000;

const serverResult = label.omit({ votes: true, reviewer: true, metadata: true });

/** Has the problems of all files labelled by a running server; the results come in the order of the problems, what it cannot label goes to `onFault`. */
export async function* labelOnServer(session: Session, files: readonly string[], options: ServerLabelOptions): AsyncGenerator<ServerResult> {
  const server = serverAt(session, options.url);
  const input = await openInput(session, files, 'once');
  try {
    const sendings = sendingsOf(streamProblems(session, LABELLING, input, options), options.grade);
    for await (const outcome of inOrder(sendings, BATCHING, (batch) => labelBatch(server, options.url, batch))) {
      if ('error' in outcome) await options.onFault(outcome.error);
      else yield outcome.result;
    }
  } finally {
    server.close();
    await input.close();
  }
}

/** Throws InputError when there is no server: the results of yesterday are not given up for that. */
export async function requireServer(session: Session, url: URL): Promise<void> {
  await serverAt(session, url).reach();
}

function serverAt(session: Session, url: URL): LabelServer {
  return new LabelServer({ url, key: session.env['MATHLABEL_API_KEY'] || undefined, language: session.language, signal: session.signal, onNotice: (notice) => tell(session, notice) });
}

async function* sendingsOf(problems: AsyncIterable<Problem>, grade: ToldGrade | undefined): AsyncGenerator<Sending> {
  for await (const problem of problems) yield sendingOf(problem, grade);
}

/** A problem as it is sent: a grade told for all stands where the problem tells none, and a problem without an id of its own gets one that no other text has. */
export function sendingOf(problem: Problem, grade: ToldGrade | undefined): Sending {
  const { id, text: content, metadata, place } = problem;
  const told = grade === undefined || toldGradeIn(metadata) !== undefined ? metadata : { ...metadata, grade: formatToldGrade(grade), semester: undefined };
  const ownId = id === formatPlace(place) ? `${id}#${createHash('sha256').update(JSON.stringify([content, told])).digest('hex').slice(0, 12)}` : id;
  return { problem, line: JSON.stringify({ id: ownId, content, metadata: told }) };
}

/** Submits a batch until each of its problems has a label or a fault. What the server refuses is taken out, and the rest submitted again. */
async function labelBatch(server: LabelServer, url: URL, batch: readonly Sending[]): Promise<Outcome[]> {
  const outcomes = new Map<Sending, Outcome>();
  const put = (sending: Sending, outcome: Outcome | undefined): void => void (outcome !== undefined && outcomes.set(sending, outcome));
  for (let open = batch; open.length > 0; open = open.filter((sending) => !outcomes.has(sending))) {
    const asked = performance.now();
    const answer = await server.submit(open.map(({ line }) => line));
    if (answer.kind === 'refused') {
      const { code, reason, items } = answer.refusal;
      for (const item of items) if (open[item.index] !== undefined) put(open[item.index], { error: faultOf(open[item.index], item) });
      if (open.some((sending) => outcomes.has(sending))) continue;
      if (open.length === 1) put(open[0], { error: faultOf(open[0], { code, reason }) });
      else for (const half of halves(open)) (await labelBatch(server, url, half)).forEach((outcome, i) => put(half[i], outcome));
      continue;
    }
    if (answer.views.length !== open.length) throw unreadable(url);
    answer.views.forEach((view, i) => put(open[i], outcomeOf(view, open[i], url)));
    if (open.some((sending) => !outcomes.has(sending))) await server.pause(asked + BETWEEN_MS - performance.now());
  }
  return batch.map((sending) => outcomes.get(sending)!);
}

function halves<Item>(items: readonly Item[]): (readonly Item[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** What a view of a problem says; undefined while it is pending. */
function outcomeOf(view: unknown, sending: Sending, url: URL): Outcome | undefined {
  if (typeof view !== 'object' || view === null) throw unreadable(url);
  const { status, label: given, rejection, failure } = view as Readonly<Record<string, unknown>>;
  if (status === 'pending') return undefined;
  if (status === 'rejected' || status === 'failed') return { error: faultOf(sending, refusalOf(rejection ?? failure)) };
  const parsed = serverResult.safeParse(given);
  if (!parsed.success) throw unreadable(url);
  const { id, text: content, metadata } = sending.problem;
  const { versions, revision, duplicateOf, contested, ...result } = parsed.data;
  return {
    result: {
      ...result,
      id,
      content,
      ...(metadata === undefined ? {} : { metadata }),
      versions,
      revision,
      ...(duplicateOf === undefined ? {} : { duplicateOf }),
      ...(contested === undefined ? {} : { contested }),
    },
  };
}

function refusalOf(value: unknown): Omit<RefusedItem, 'index'> {
  const { code, field, reason } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const said = textOf(reason) ?? '';
  const named = textOf(field);
  return {
    code: textOf(code) ?? 'CLI.FAILED',
    ...(named === undefined ? {} : { field: named }),
    reason: bilingualOf(reason) ?? { ko: `서버가 라벨을 붙이지 못했습니다 (${said})`, en: `the server could not label it (${said})` },
  };
}

function faultOf({ problem }: Sending, { code, field, reason }: Omit<RefusedItem, 'index'>): InputError {
  return new InputError(code, problem.place, field, reason);
}

function unreadable(url: URL): InputError {
  return refusedBy(url, 'UNREADABLE_ANSWER', { ko: '서버의 응답을 읽을 수 없습니다. 서버와 mathlabel의 버전이 다를 수 있습니다', en: 'the answer of the server cannot be read; server and mathlabel may be of different versions' });
}
