// Runs the engine for the debrief of a ticket, off the page's own thread. Bytes in, bytes out: the page and the engine know the
// same types. The first message starts it with a recording; each later one is a request. Answers come in the order of questions.
let engine;

async function start({ glue, wasm, run, actions }) {
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
  engine = module.Worker.start(bytes(run));
  if (!engine) throw new Error("The engine cannot read this recording.");
  engine.ask(log(actions.map(bytes)));
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

// `Request::Log`: the number of the variant, how many actions, and the actions as they are.
function log(actions) {
  const head = [0];
  let count = actions.length;
  for (; count > 127; count = Math.floor(count / 128)) head.push((count % 128) + 128);
  head.push(count);
  const whole = new Uint8Array(head.length + actions.reduce((sum, action) => sum + action.length, 0));
  whole.set(head);
  let at = head.length;
  for (const action of actions) {
    whole.set(action, at);
    at += action.length;
  }
  return whole;
}

addEventListener("message", async ({ data }) => {
  try {
    if (data instanceof Uint8Array) {
      postMessage(engine.ask(data));
    } else {
      await start(data);
      postMessage(new Uint8Array());
    }
  } catch (error) {
    postMessage(String(error));
  }
});
