import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Open } from './access/needs.js';
import { ApiProblem } from './problem-document.js';

const ASSETS: Readonly<Record<string, string>> = { 'swagger-ui.css': 'text/css; charset=utf-8', 'swagger-ui-bundle.js': 'text/javascript; charset=utf-8', 'favicon-32x32.png': 'image/png' };

const START = 'window.onload = () => SwaggerUIBundle({ url: "/api/docs-json", dom_id: "#swagger-ui", deepLinking: true, persistAuthorization: false });';

const PAGE = `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Math Labeler API</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

/**
 * The API's document and a page to read it on. Nest's Swagger module would take a fifth of a second of every start, so the same Swagger UI is
 * served from here, and the document is made when somebody asks for it.
 */
@Controller('api')
export class DocsController {
  private document?: string;
  private folder?: string;

  @Get('docs')
  @Open()
  page(@Res() reply: FastifyReply): void {
    void reply.header('content-security-policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:").type('text/html; charset=utf-8').send(PAGE);
  }

  @Get('docs/:asset')
  @Open()
  asset(@Param('asset') name: string, @Res() reply: FastifyReply): void {
    if (name === 'start.js') return void reply.type('text/javascript; charset=utf-8').send(START);
    const type = ASSETS[name];
    if (type === undefined) throw new ApiProblem(404, 'GATEWAY.NO_SUCH_ROUTE', { ko: `없는 파일입니다: ${name}`, en: `there is no such file: ${name}` });
    this.folder ??= dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const path = join(this.folder, name);
    void reply.type(type).header('content-length', statSync(path).size).header('cache-control', 'public, max-age=86400').send(createReadStream(path));
  }

  @Get('docs-json')
  @Open()
  async show(@Res() reply: FastifyReply): Promise<void> {
    const { openApiDocument } = await import('./openapi.js');
    this.document ??= JSON.stringify(openApiDocument());
    void reply.type('application/json; charset=utf-8').send(this.document);
  }
}
