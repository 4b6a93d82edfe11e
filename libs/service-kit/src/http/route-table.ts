import type { FastifyInstance } from 'fastify';

/** Which methods a path has, so that a wrong method is not mistaken for an unknown path. */
export class RouteTable {
  private readonly routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  /** Learns every route that is registered from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => {
      if (route.url === '*' || route.url === '/*') return;
      this.routes.push({ pattern: patternOf(route.url), methods: [route.method].flat() });
    });
  }

  /** The methods of a path, sorted; empty for an unknown one. */
  methodsOf(path: string): readonly string[] {
    const methods = this.routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}

function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    if (segment.startsWith('*')) return '.*';
    return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${segments.join('/')}/?$`);
}
