import { type ApiKeys, isFromThisMachine, presentedKey, type Role, ROLES } from '@math-labeler/service-kit';
import { type FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem-document.js';

/** Who asks. */
export interface Caller {
  /** Of the API key; undefined where none are set up. */
  readonly name?: string;
}

/** Says who may do what: by API key, or, as long as there are none, whoever sits at this machine. */
export class Access {
  constructor(private readonly keys: ApiKeys) {}

  /** Throws ApiProblem 401 or 403. */
  admit(request: Pick<FastifyRequest, 'headers' | 'ip'>, needs: Role): Caller {
    if (this.keys.list().length === 0) {
      requireThisMachine(request);
      return {};
    }
    const presented = presentedKey(request.headers);
    const key = presented === undefined ? undefined : this.keys.find(presented);
    if (key === undefined) throw unauthorized(presented !== undefined);
    if (ROLES.indexOf(key.role) < ROLES.indexOf(needs)) {
      throw new ApiProblem(403, 'GATEWAY.ROLE_NEEDED', { ko: `이 요청에는 ${needs} 역할의 키가 필요합니다 (이 키는 ${key.role})`, en: `this needs a key of the role ${needs} (this one is ${key.role})` });
    }
    return { name: key.name };
  }
}

function unauthorized(wasPresented: boolean): ApiProblem {
  const challenge = `Bearer realm="math-labeler"${wasPresented ? ', error="invalid_token"' : ''}`;
  const detail = wasPresented
    ? { ko: '모르는 API 키입니다', en: 'the API key is not known' }
    : { ko: 'API 키를 Authorization: Bearer 머리글이나 X-API-Key 머리글에 넣어 보내세요', en: 'send an API key as Authorization: Bearer, or as X-API-Key' };
  return new ApiProblem(401, wasPresented ? 'GATEWAY.UNKNOWN_KEY' : 'GATEWAY.KEY_NEEDED', detail, { headers: { 'www-authenticate': challenge } });
}

function requireThisMachine({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): void {
  if (isFromThisMachine(headers, ip)) return;
  throw new ApiProblem(403, 'GATEWAY.LOOPBACK_ONLY', {
    ko: 'API 키를 만들기 전에는 이 컴퓨터에서 직접 보낸 요청만 받습니다 (mathlabel keys add)',
    en: 'until there are API keys, only requests from this machine itself are answered (mathlabel keys add)',
  });
}
