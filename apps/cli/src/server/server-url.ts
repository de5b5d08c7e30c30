import { InvalidArgumentError } from 'commander';
import { type Language, wordsIn } from '../language.js';

/** The address of a server as it is given on the command line. */
export function serverUrl(language: Language): (value: string) => URL {
  const words = wordsIn(language);
  return (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError(words('http:// 또는 https://로 시작하는 주소여야 합니다', 'must be an address that begins with http:// or https://'));
    // Secrets on a command line are seen by every user of the machine.
    if (url.username !== '' || url.password !== '') throw new InvalidArgumentError(words('주소에 비밀번호를 넣지 마세요. API 키는 MATHLABEL_API_KEY에 넣습니다', 'must hold no password; the API key goes into MATHLABEL_API_KEY'));
    url.search = url.hash = '';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url;
  };
}
