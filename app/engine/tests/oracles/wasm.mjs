// Plays a log in the compiled engine and prints the hash of the state at the start and after every action.
// node wasm.mjs GLUE.mjs MODULE.wasm LOG: the log is the start and a request for each action, each after its length in four bytes.
import { readFileSync } from 'node:fs';

const [glue, wasm, log] = process.argv.slice(2);
const { initSync, Worker } = await import(glue);
initSync({ module: readFileSync(wasm) });
const bytes = readFileSync(log);
const parts = [];
for (let at = 0; at < bytes.length; ) {
  const length = bytes.readUInt32LE(at);
  parts.push(bytes.subarray(at + 4, at + 4 + length));
  at += 4 + length;
}
const worker = Worker.start(parts[0]);
const hashes = [worker.hash()];
for (const action of parts.slice(1)) {
  worker.ask(action);
  hashes.push(worker.hash());
}
// Node gives a u64 as a BigInt that may be negative.
console.log(hashes.map((hash) => BigInt.asUintN(64, hash)).join('\n'));
