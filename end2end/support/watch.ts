import { type BrowserContext, type ConsoleMessage, expect } from '@playwright/test';

/**
 * Fails a test for what nobody should ever see in a browser's console or network panel: errors and warnings, scripts that
 * throw, policy violations, requests to other hosts, requests that fail.
 */
export class Watch {
  private readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** `scripts`: without them Chromium refuses preloaded modules, and says so. */
  constructor(
    private readonly origin: string,
    scripts: boolean,
  ) {
    if (!scripts) this.allow(/^request failed: csp .*\.js$/, /was preloaded using link preload but not used/);
  }

  /** Starts to watch a browser. */
  on(context: BrowserContext): void {
    context.on('console', (message) => this.hear(message));
    context.on('weberror', (error) => this.complain(`page error: ${error.error().message}`));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (origin !== this.origin && protocol !== 'data:' && protocol !== 'blob:') {
        this.complain(`request to another host: ${request.url()}`);
      }
    });
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'unknown';
      // A page that is left takes its unfinished requests along.
      if (reason !== 'net::ERR_ABORTED') this.complain(`request failed: ${reason} ${request.url()}`);
    });
  }

  /** For a test that provokes an error on purpose: what may be said about it. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Throws if anything was seen. */
  assertQuiet(): void {
    const loud = this.complaints.filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
    expect(loud, 'console, script and network errors').toEqual([]);
  }

  private hear(message: ConsoleMessage): void {
    if (['error', 'warning', 'assert'].includes(message.type())) {
      this.complain(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  }

  private complain(what: string): void {
    this.complaints.push(what);
  }
}

/** What Chromium says of a page or form that came back with this status. */
export function status(code: number): RegExp {
  return new RegExp(`responded with a status of ${code} .*\\(http://[^/]+/(?!assets/)[^)]*\\)$`);
}
