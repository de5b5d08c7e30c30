import { type IncomingHttpHeaders } from 'node:http';
import { InputError } from '@math-labeler/curriculum';
import { ApiKeys } from './api-keys.js';
import { type Settings } from './settings.js';

/** Whether an address is this machine's own to itself; IPv4 in IPv6's clothes too. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
}

/** The same of a host's name. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || isLoopbackAddress(name);
}

/**
 * Whether a request comes from this machine, by a name of this machine, and from no other site's page: a browser here would else lend its place to any
 * page (DNS rebinding, cross-site requests). @param address of the peer
 */
export function isFromThisMachine({ host, origin }: IncomingHttpHeaders, address: string): boolean {
  const isForeign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  return isLoopbackAddress(address) && host !== undefined && isLoopback(hostnameOf(host)) && !isForeign;
}

function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** Without API keys nothing is opened to others; throws InputError SETTINGS.KEYS_NEEDED. */
export function requireKeys({ host, dataDir }: Pick<Settings, 'host' | 'dataDir'>): void {
  if (isLoopback(host) || new ApiKeys(dataDir).list().length > 0) return;
  throw new InputError('SETTINGS.KEYS_NEEDED', { file: 'environment' }, 'HOST', {
    ko: `API 키 없이는 이 컴퓨터 밖에서 접속할 수 있는 주소(${host})를 열지 않습니다. 먼저 mathlabel keys add로 키를 만드세요`,
    en: `an address that others can reach (${host}) is not opened without API keys; make one first: mathlabel keys add`,
  });
}
