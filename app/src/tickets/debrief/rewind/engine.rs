//! The engine in its worker: questions go out as bytes, answers come back in the same order.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use engine::worker::{Answer, Request};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::js_sys::{Array, Object, Reflect, Uint8Array};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::assets::Assets;
use crate::tickets::api::RecordingView;

/// Where the worker's script and the engine are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    pub worker: String,
    pub glue: String,
    pub wasm: String,
}

impl From<Assets> for Files {
    fn from(assets: Assets) -> Self {
        Self { worker: assets.engine_worker, glue: assets.engine.glue, wasm: assets.engine.wasm }
    }
}

/// `None` is the answer to the start; an error is in the engine's or the browser's own words.
type Told = Box<dyn FnOnce(Result<Option<Answer>, String>)>;

/// One engine with one recording in it.
pub struct Engine {
    worker: Worker,
    waiting: Rc<RefCell<VecDeque<Told>>>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Engine {
    /// Loads the engine and does the whole recording again.
    pub fn start(files: &Files, recording: &RecordingView, told: Told) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&files.worker, &options)?;
        let waiting = Rc::new(RefCell::new(VecDeque::from([told])));
        let heard = {
            let waiting = waiting.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let next = waiting.borrow_mut().pop_front();
                if let Some(told) = next {
                    told(read(&event.data()));
                }
            })
        };
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let message = Object::new();
        let actions: Array = recording.actions.iter().map(|action| JsValue::from_str(action)).collect();
        for (name, value) in [("glue", &files.glue), ("wasm", &files.wasm), ("run", &recording.start)] {
            Reflect::set(&message, &name.into(), &value.as_str().into())?;
        }
        Reflect::set(&message, &"actions".into(), &actions)?;
        worker.post_message(&message)?;
        Ok(Self { worker, waiting, _heard: heard })
    }

    pub fn ask(&self, request: &Request, told: Told) {
        let Ok(bytes) = postcard::to_allocvec(request) else { return };
        self.waiting.borrow_mut().push_back(told);
        // Fails only for what cannot be copied to a worker, which bytes can.
        let _ = self.worker.post_message(&Uint8Array::from(bytes.as_slice()));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(data: &JsValue) -> Result<Option<Answer>, String> {
    if let Some(error) = data.as_string() {
        return Err(error);
    }
    let bytes = Uint8Array::new(data).to_vec();
    if bytes.is_empty() {
        return Ok(None);
    }
    postcard::from_bytes(&bytes).map(Some).map_err(|error| error.to_string())
}
