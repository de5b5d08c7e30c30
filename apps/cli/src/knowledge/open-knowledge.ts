import { type Datasets, KNOWLEDGE_COLLECTIONS, openDatasets } from '@math-labeler/knowledge-base';
import { type Purpose, withStore } from '../open-store.js';
import { type Session } from '../session.js';

/** Does some work with the versions that a server with this environment uses: those of MONGODB_URI, else of DATA_DIR. */
export function withDatasets<Result>(session: Session, purpose: Purpose, work: (datasets: Datasets) => Promise<Result>): Promise<Result> {
  return withStore(session, purpose, KNOWLEDGE_COLLECTIONS, (store) => work(openDatasets(store)));
}
