import { FirstlineServer } from './server';

/** Runs once before all tests; what it returns runs after them. */
export default async function start(): Promise<() => Promise<void>> {
  const server = await FirstlineServer.start();
  // Workers are started later and see these.
  process.env.FIRSTLINE_END2END_URL = server.url;
  process.env.FIRSTLINE_END2END_FOLDER = server.folder;
  return () => server.stop();
}
