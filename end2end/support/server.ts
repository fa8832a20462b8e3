import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOM = resolve(__dirname, '..');
export const ARTEFACTS = join(ROOM, 'artefacts');
const BINARY = resolve(ROOM, process.env.FIRSTLINE_BINARY ?? '../target/release/firstline');
const START_SECONDS = 60;
const STOP_SECONDS = 30;

/** Firstline on a free port, with a private Postgres in a folder that is thrown away. */
export class FirstlineServer {
  private constructor(
    private child: ChildProcess,
    readonly folder: string,
    readonly url: string,
    private readonly log: string,
  ) {}

  /** `log`: the name of its log among the artefacts. */
  static async start(log = 'server.log'): Promise<FirstlineServer> {
    const url = `http://127.0.0.1:${await freePort()}`;
    const folder = mkdtempSync(join(tmpdir(), 'firstline-end2end-'));
    // As root, Postgres runs as another user and has to pass through.
    chmodSync(folder, 0o755);
    mkdirSync(ARTEFACTS, { recursive: true });
    const path = join(ARTEFACTS, log);
    rmSync(path, { force: true });
    const server = new FirstlineServer(launch(url, folder, path), folder, url, path);
    try {
      await server.ready();
      return server;
    } catch (error) {
      await server.stop().catch(() => {});
      throw error;
    }
  }

  /** Stops it and starts it again over the same data, at the same address. */
  async restart(): Promise<void> {
    await this.end();
    this.child = launch(this.url, this.folder, this.log);
    await this.ready();
  }

  /** Asks it to stop as Ctrl-C does, and complains unless it does so in time, without an error. */
  async stop(): Promise<void> {
    const late = !(await this.end());
    if (late) this.child.kill('SIGKILL');
    else rmSync(this.folder, { recursive: true, force: true });
    if (late) throw new Error(`The server did not stop within ${STOP_SECONDS} s. See ${this.log}.`);
    const { exitCode, signalCode } = this.child;
    if (exitCode !== 0) throw new Error(`The server ended with ${exitCode ?? signalCode} instead of 0.\n${this.lastLines()}`);
    const errors = readFileSync(this.log, 'utf8').split('\n').filter((line) => /\bERROR\b|panicked at/.test(line));
    if (errors.length > 0) throw new Error(`The server has logged errors:\n${errors.join('\n')}`);
  }

  private async ready(): Promise<void> {
    let failure: Error | undefined;
    this.child.once('error', (error) => (failure = error));
    for (let waited = 0; waited < START_SECONDS; waited += 0.1) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      if (failure) throw new Error(`${BINARY} cannot be started: ${failure.message}. Build it first, or set FIRSTLINE_BINARY.`);
      if (!this.running()) throw new Error(`The server has ended.\n${this.lastLines()}`);
      await sleep(100);
    }
    throw new Error(`The server was not ready within ${START_SECONDS} s.\n${this.lastLines()}`);
  }

  /** Whether it ended in time. */
  private async end(): Promise<boolean> {
    if (this.running()) this.child.kill('SIGINT');
    for (let waited = 0; this.running() && waited < STOP_SECONDS; waited += 0.1) await sleep(100);
    return !this.running();
  }

  private lastLines(): string {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  }

  private running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}

/** Where the server of this run answers. */
export function serverUrl(): string {
  return fromSetup('FIRSTLINE_END2END_URL');
}

/** Runs a command of the program beside the running server, as the person who runs the site would; returns what it prints. */
export function operate(...command: string[]): string {
  const env = settings(serverUrl(), fromSetup('FIRSTLINE_END2END_FOLDER'));
  return execFileSync(BINARY, command, { env, encoding: 'utf8' }).trim();
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error('The global setup has not started a server.');
  return value;
}

/** The environment with no other setting of Firstline or its database: tests must not touch what is really used. */
function settings(url: string, folder: string): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith('FIRSTLINE_') && name !== 'DATABASE_URL');
  return { ...Object.fromEntries(foreign), FIRSTLINE_LISTEN: new URL(url).host, FIRSTLINE_DATA: join(folder, 'data') };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? found(address.port) : failed(new Error('no free port'))));
    });
  });
}

function launch(url: string, folder: string, path: string): ChildProcess {
  const log = openSync(path, 'a');
  const child = spawn(BINARY, [], { env: settings(url, folder), stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}
