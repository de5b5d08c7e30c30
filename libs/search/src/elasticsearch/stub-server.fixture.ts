import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface StubServer {
  readonly url: string;
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export interface StubAnswer {
  readonly status: number;
  readonly body: object;
  /** Whether it says of itself that it is Elasticsearch. */
  readonly product?: 'Elasticsearch';
}

/** Answers everything in the same way, as a server would that cannot be had here: one with passwords, or of another version. */
export async function stubServer({ status, body, product }: StubAnswer): Promise<StubServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/vnd.elasticsearch+json;compatible-with=9', ...(product === undefined ? {} : { 'x-elastic-product': product }) }).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
