// Wakes the islands of a page: loads the WebAssembly when the browser is idle or the person does something, whichever is first.
// Until then the page works as plain links and forms, and what the person has done is handed to the islands afterwards.
const { glue, wasm } = document.querySelector("script[data-glue][data-wasm]").dataset;
const hasIslands = document.querySelector("leptos-island") !== null;

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const ACTING = "a, button, input, summary";

// Forms that offer more where scripts run.
for (const field of document.querySelectorAll("input[data-scripts]")) field.value = field.dataset.scripts;

let loading = false;
let awake = false;
const missed = [];

function load() {
  if (loading) return;
  loading = true;
  (hasIslands ? wake() : warm()).catch((error) => console.warn("The page goes on without scripts.", error));
}

async function wake() {
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
  const edited = [...document.querySelectorAll("leptos-island :is(input, textarea, select)")].filter(isEdited);
  const states = edited.map((field) => [field, field.checked, field.value]);
  module.hydrate();
  await wakeIslands(document.body, module, []);
  awake = true;
  states.forEach(restore);
  missed.splice(0).forEach((replay) => replay());
  // For tests: from here on nothing loads a whole page.
  document.documentElement.dataset.ready = "islands";
}

// A page without islands only puts the files into the browser's cache, for the next page.
async function warm() {
  await Promise.all([import(glue), fetch(wasm).then((response) => response.arrayBuffer())]);
}

// Parents before children. `leptos-children` holds content from outside an island; the island has left a function on it.
async function wakeIslands(node, module, outer) {
  const tag = node.localName;
  if (tag === "leptos-island") {
    const island = module[node.dataset.component];
    if (island) {
      outer.at(-1)?.();
      await island(node);
    } else {
      console.warn(`There is no island ${node.dataset.component} in the WebAssembly.`);
    }
  }
  const inner = tag === "leptos-children" ? [...outer, node.$$on_hydrate] : outer;
  for (const child of node.children) await wakeIslands(child, module, inner);
}

function isEdited(field) {
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.checked !== field.defaultChecked || (!isTick(field) && field.value !== field.defaultValue);
}

function isTick(field) {
  return field.type === "radio" || field.type === "checkbox";
}

// The islands start from the page as it was sent; they learn what was chosen and typed since.
function restore([field, checked, value]) {
  if (!field.isConnected) return;
  if (isTick(field)) field.checked = checked;
  else field.value = value;
  // Browsers tell of the button that was chosen, not of the one that gave way.
  if (field.type === "radio" && !checked) return;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// Clicks on links and forms work without scripts; only what a script alone answers has to wait for it.
function keepClick(event) {
  const button = event.target.closest?.("leptos-island button[type=button]");
  if (button) missed.push(() => button.isConnected && button.click());
}

function keepKey(event) {
  const { key, code, target, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
  if (ctrlKey || metaKey || altKey || repeat || target.matches?.(TYPING)) return;
  const single = key.length === 1 && key !== " ";
  if (!single && (key !== "Enter" || target.closest?.(ACTING))) return;
  const again = new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true });
  missed.push(() => (target.isConnected ? target : document.body).dispatchEvent(again));
}

for (const [name, keep] of [["pointerdown"], ["focusin"], ["click", keepClick], ["keydown", keepKey]]) {
  addEventListener(name, (event) => {
    if (awake) return;
    if (hasIslands && event.isTrusted) keep?.(event);
    load();
  }, { capture: true, passive: true });
}
if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: 2000 });
else setTimeout(load, 200);

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}
