import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter';

/** Ends the run with one plain line. */
export default class Summary implements Reporter {
  private readonly tests = new Set<TestCase>();
  private errors = 0;

  onTestEnd(test: TestCase): void {
    this.tests.add(test);
  }

  /** An error outside of any test, such as a server that does not start or stop. */
  onError(): void {
    this.errors += 1;
  }

  onEnd(result: FullResult): void {
    const count = (...outcomes: string[]) => [...this.tests].filter((test) => outcomes.includes(test.outcome())).length;
    const outside = this.errors > 0 ? `, ${this.errors} outside of tests` : '';
    const words = `${count('expected')} passed, ${count('unexpected', 'flaky')} failed, ${count('skipped')} skipped${outside}`;
    process.stdout.write(`\nEnd-to-end: ${result.status} in ${Math.round(result.duration / 1000)} s\n${words}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
