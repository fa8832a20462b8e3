import { FirstlineServer } from './server';

/** Runs once before all tests; what it returns runs after them. */
export default async function start(): Promise<() => Promise<void>> {
  const server = await FirstlineServer.start();
  // Workers are started later and see this variable.
  process.env.FIRSTLINE_END2END_URL = server.url;
  return () => server.stop();
}
